"""The answer beside a video: without secrets, and with nothing that an editor would obey."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from seedance_tui.api.links import Kind
from seedance_tui.api.unsigned import unsigned
from seedance_tui.core.config import Config
from seedance_tui.core.downloads._saver import _write_new
from seedance_tui.core.model.file_states import Saved
from seedance_tui.demo import Demo, ManualClock
from tests.core.downloads.test_files import add, path, saving, state, until

ID = "asyntask_sideSIDEsideSIDEsideSIDE0001"


def test_an_answer_is_written_without_secrets_and_without_controls(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    link = "https://store.example/a.mp4?X-Tos-Signature=5ec7e7"
    _write_new(path, unsigned({"said": f"\x9b31m \u202e {link}", "raw": json.dumps([link])}))
    text = path.read_text(encoding="utf-8")
    assert "5ec7e7" not in text
    assert not {"\x9b", "\u202e"} & set(text)
    assert json.loads(text)["said"].startswith("\x9b31m \u202e https://store.example/a.mp4")


def test_an_answer_of_that_name_that_is_there_is_kept(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.write_text("mine")
    _write_new(path, {"said": "new"})
    assert path.read_text() == "mine"


@pytest.mark.parametrize("wanted", [True, False])
async def test_the_answer_stands_beside_the_video_where_it_is_wanted(
    config: Config, demo: Demo, clock: ManualClock, wanted: bool
) -> None:
    add(demo, ID)
    async with saving(replace(config, sidecar=wanted), demo, clock) as session:
        session.files.queue.add([(ID, Kind.RESULT)])
        await until(lambda: isinstance(state(session, ID), Saved))
        beside = path(session, ID).with_suffix(".json")
    assert beside.exists() is wanted
    if wanted:
        assert json.loads(beside.read_text(encoding="utf-8"))["data"]["task_id"] == ID


async def test_a_disk_that_refuses_the_answer_costs_no_video(
    config: Config, demo: Demo, clock: ManualClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(path: Path, content: bytes) -> None:
        raise OSError(28, "No space left on device")

    (video,) = add(demo, ID).values()
    monkeypatch.setattr("seedance_tui.core.downloads._saver.write_whole", full)
    async with saving(replace(config, sidecar=True), demo, clock) as session:
        session.files.queue.add([(ID, Kind.RESULT)])
        await until(lambda: isinstance(state(session, ID), Saved))
    assert (config.download_dir / f"{ID}.mp4").read_bytes() == video
