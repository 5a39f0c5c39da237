"""A list that an editor may be in the middle of writing is left alone until it is quiet."""

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from seedance_tui.core.storage.atomic import write_whole
from seedance_tui.core.watchlist.changes import Change, Step
from seedance_tui.core.watchlist.file import WatchListFile
from tests.core.conftest import Clock, MakeWatched

NOW = 1_784_600_000.0
ENTRY = '[[tasks]]\nid = "by_hand"\nadded_at = 2026-01-01T00:00:00Z\n'


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """The machine's time, which passes only while somebody waits for it."""
    clock = Clock(NOW)
    monkeypatch.setattr("time.time", clock)
    monkeypatch.setattr("time.sleep", clock.turn)
    return clock


@pytest.fixture
def written(tmp_path: Path) -> Callable[[str, float], Path]:
    """Write the list as an editor does, so many seconds before now."""

    def write(content: str, before: float) -> Path:
        path = tmp_path / "watchlist.toml"
        path.write_text(content)
        os.utime(path, (NOW - before,) * 2)
        return path

    return write


@pytest.mark.parametrize(
    ("content", "before", "waits"),
    [
        (ENTRY, 0.0, 0.1),
        (ENTRY, 0.05, 0.05),
        (ENTRY, 0.11, 0.0),
        (ENTRY, -0.05, 0.14),
        (ENTRY, -3600.0, 0.0),
        ("", 0.0, 2.0),
        ("", 1.5, 0.5),
        ("", 2.1, 0.0),
    ],
)
def test_it_is_waited_for_until_nothing_was_written_for_a_while_and_for_longer_if_it_is_empty(
    clock: Clock,
    written: Callable[[str, float], Path],
    content: str,
    before: float,
    waits: float,
) -> None:
    WatchListFile(written(content, before)).apply()
    assert clock() - NOW == pytest.approx(waits, abs=0.021)


def test_who_never_stops_writing_is_waited_for_for_two_seconds(
    clock: Clock, written: Callable[[str, float], Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    path = written(ENTRY, 0.0)

    def write_on(seconds: float) -> None:
        clock.turn(seconds)
        os.utime(path, (clock(),) * 2)

    monkeypatch.setattr("time.sleep", write_on)
    assert [one.id for one in WatchListFile(path).apply().watched] == ["by_hand"]
    assert clock() - NOW == pytest.approx(2.0)


def test_what_the_program_itself_has_just_written_is_not_waited_for(
    clock: Clock, tmp_path: Path, watched: MakeWatched
) -> None:
    watch_list = WatchListFile(tmp_path / "watchlist.toml")
    watch_list.apply(Change((Step(0, None, watched("a")),)))
    clock.now = just_now = watch_list.path.stat().st_mtime
    watch_list.apply(Change((Step(0, watched("a"), watched("a", label="tea")),)))
    assert clock() == just_now


def test_a_list_that_is_not_there_is_not_waited_for(clock: Clock, tmp_path: Path) -> None:
    assert WatchListFile(tmp_path / "watchlist.toml").apply().watched == ()
    assert clock() == NOW


@pytest.mark.skipif(os.name != "posix", reason="on Windows no file is replaced that is open")
def test_an_editor_who_writes_into_the_file_while_its_name_is_taken_wins(
    clock: Clock,
    written: Callable[[str, float], Path],
    watched: MakeWatched,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    path = written(ENTRY, 10.0)
    late = '[[tasks]]\nid = "late"\nadded_at = 2026-01-01T00:00:00Z\n'
    with path.open("a") as editor:

        def write_into_the_old(target: Path, content: bytes, **options: Any) -> object:
            status = write_whole(target, content, **options)
            if not editor.closed:
                editor.write("\n" + late)
                editor.close()
            return status

        monkeypatch.setattr(f"{WatchListFile.__module__}.write_whole", write_into_the_old)
        loaded = WatchListFile(path).apply(Change((Step(1, None, watched("mine")),)))
    assert [one.id for one in loaded.watched] == ["by_hand", "mine", "late"]
    assert path.read_text().startswith("version = 1\n"), "written whole in the end"
    assert loaded.damage == ""
    assert not list(path.parent.glob("*.damaged-*"))
