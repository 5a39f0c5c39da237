"""The folder of a run goes with the run; of others only what is certainly dead is removed."""

import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from seedance_tui.core.storage.run_folder import run_folder

PREFIX = "seedance-tui-demo-"
LIVES = """
import signal, sys, tempfile
from seedance_tui.core.storage.run_folder import run_folder
tempfile.tempdir = sys.argv[1]
with run_folder(sys.argv[2]) as folder:
    print(folder, flush=True)
    sys.stdin.read()
"""


@pytest.fixture(autouse=True)
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The temporary directory, with nothing in it."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    return tmp_path


@pytest.fixture
def other_run(temporary: Path) -> Iterator[Callable[[], tuple[subprocess.Popen[str], Path]]]:
    """Starts another run; returns it and its folder."""
    started: list[subprocess.Popen[str]] = []

    def start() -> tuple[subprocess.Popen[str], Path]:
        run = subprocess.Popen(
            [sys.executable, "-c", LIVES, str(temporary), PREFIX],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        started.append(run)
        assert run.stdout
        return run, Path(run.stdout.readline().strip())

    yield start
    for run in started:
        run.communicate()


def sweep() -> None:
    with run_folder(PREFIX):
        pass


def test_a_folder_goes_with_its_run(temporary: Path) -> None:
    with run_folder(PREFIX) as folder:
        assert folder.parent == temporary
        (folder / "videos").mkdir()
    assert list(temporary.iterdir()) == []


def test_what_a_killed_run_left_goes_with_the_next_one(
    temporary: Path, other_run: Callable[[], tuple[subprocess.Popen[str], Path]]
) -> None:
    run, folder = other_run()
    (folder / "videos").mkdir()
    (folder / "videos" / "a.mp4").write_bytes(b"video")
    run.send_signal(signal.SIGKILL if os.name == "posix" else signal.SIGTERM)
    run.wait()
    assert folder.exists()
    sweep()
    assert list(temporary.iterdir()) == []


def test_the_folder_of_a_living_run_stays(
    other_run: Callable[[], tuple[subprocess.Popen[str], Path]],
) -> None:
    _, folder = other_run()
    sweep()
    assert (folder / ".lock").exists()


@pytest.mark.parametrize("content", [None, b""], ids=["no lock", "a lock not taken yet"])
def test_a_folder_of_which_nothing_is_certain_stays(temporary: Path, content: bytes | None) -> None:
    folder = temporary / f"{PREFIX}x"
    folder.mkdir()
    if content is not None:
        (folder / ".lock").write_bytes(content)
    sweep()
    assert folder.exists()


@pytest.mark.skipif(os.name != "posix", reason="Windows has a temporary directory for each user")
def test_what_is_somebody_elses_or_elsewhere_stays(
    temporary: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    elsewhere, folder = temporary / "mine", temporary / f"{PREFIX}theirs"
    for one in (elsewhere, folder):
        one.mkdir()
        (one / ".lock").write_bytes(b"held")
    (temporary / f"{PREFIX}link").symlink_to(elsewhere)
    with monkeypatch.context() as patch:
        patch.setattr(os, "getuid", lambda: 12345)
        sweep()
        assert folder.exists()
    sweep()
    assert not folder.exists()
    assert (elsewhere / ".lock").exists()
