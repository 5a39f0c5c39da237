"""What is no video is said by `frames` and `compare` as every command says what is wrong."""

from __future__ import annotations

from pathlib import Path

import pytest

from seedance_tui.command_line.json_error import KEYS
from seedance_tui.core.media.no_picture import NoPicture, Obstacle
from seedance_tui.demo import Blob, Demo
from tests.core.media.bad_clips import bad_clips

from .conftest import Shell

ID = "asyntask_ultra1"


def test_bad_files_behind_links_are_told_alike_and_nothing_is_written(
    demo: Demo, shell: Shell, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    task = next(task for task in demo.tasks if task.id == ID)
    for name, data, why in list(bad_clips(tmp_path, boxes=10_000)):
        demo.add(task, video=Blob.of(data), original=Blob.of(data))
        for verb in ("frames", "compare"):
            result = shell(verb, ID, "--json", "-o", "out.png")
            error = result.json["error"]
            assert result.code == NoPicture(why).exit == error["exit"], (name, verb)
            assert set(error) == set(KEYS), name
            assert error["code"] == NoPicture(why).code, name
            assert error["message"], name
            assert "Traceback" not in result.err
            assert not Path("out.png").exists()


@pytest.mark.parametrize("why", list(Obstacle))
def test_every_obstacle_has_a_sentence_and_an_exit_status(why: Obstacle) -> None:
    told = NoPicture(why)
    assert told.sentence
    assert told.exit in (1, 6, 7, 9)
