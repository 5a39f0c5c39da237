"""Hooks run in commands that save, once the video is there, and get no key."""

from pathlib import Path

import pytest

from seedance_tui.demo import Demo
from tests.commands.conftest import KEY, Shell
from tests.commands.test_wait import running

DONE = "asyntask_done1"


@pytest.fixture
def told(home: Path) -> Path:
    """Where the hook of the settings writes its environment."""
    (home / "config/seedance-tui").mkdir(parents=True)
    path = home / "told"
    (home / "config/seedance-tui/config.toml").write_text(
        f'[hooks]\non_success = ["sh", "-c", "env > {path}"]\n', encoding="utf-8"
    )
    return path


@pytest.mark.parametrize(
    "argv", [("wait", DONE, "--save"), ("download", DONE, "--wait")], ids=" ".join
)
def test_a_hook_runs_once_the_video_is_saved(
    demo: Demo, shell: Shell, home: Path, told: Path, argv: tuple[str, ...]
) -> None:
    demo.gateway.faults.push(DONE, running(DONE))
    assert shell(*argv).code == 0
    text = told.read_text("utf-8")
    assert f"SEEDANCE_TASK_ID={DONE}\n" in text
    assert f"SEEDANCE_PATH={home}/videos/{DONE}.mp4\n" in text
    assert KEY not in text


def test_a_task_that_had_ended_before_is_no_news_for_a_hook(
    demo: Demo, shell: Shell, told: Path
) -> None:
    assert shell("download", DONE).code == 0
    assert not told.exists()
