"""A window and the list on the disk: what either of them changes, the other one takes over."""

import asyncio
import time
from collections.abc import Awaitable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from seedance_tui.core.model.store import Store
from seedance_tui.core.model.watched import Watched
from seedance_tui.core.watchlist.changes import Change, Step
from seedance_tui.core.watchlist.editor import WatchListEditor
from seedance_tui.core.watchlist.file import WatchListFile
from seedance_tui.core.watchlist.find_ids import Found
from tests.core.conftest import MakeWatched

LONG_AGO = datetime(2026, 1, 1, tzinfo=UTC)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "watchlist.toml"


def put(path: Path, *entries: Watched) -> None:
    """Have these on the list."""
    WatchListFile(path).apply(Change(tuple(Step(n, None, one) for n, one in enumerate(entries))))


def ids(path: Path) -> list[str]:
    return [one.id for one in WatchListFile(path).load().watched]


class Window:
    """One running instance: its list in memory."""

    def __init__(self, path: Path, *only: str) -> None:
        self.store = Store()
        self.editor = WatchListEditor(self.store, WatchListFile(path), time.time)
        self.do(self.editor.read(only))

    def do(self, work: Awaitable[Any]) -> Any:
        async def done() -> Any:
            return await work

        return asyncio.run(done())

    @property
    def listed(self) -> list[str]:
        return [entry.id for entry in self.store.entries]


def test_what_comes_back_stands_behind_the_others_in_the_order_in_which_it_was_given(
    path: Path, watched: MakeWatched
) -> None:
    put(path, *map(watched, "abcd"))
    window = Window(path)
    window.do(window.editor.remove("bd"))
    back = window.do(window.editor.archived()).entries
    window.do(window.editor.bring_back(sorted(back, key=lambda one: one.id)))
    assert window.listed == ids(path) == ["a", "c", "b", "d"]


def test_what_is_watched_already_is_not_brought_back(path: Path, watched: MakeWatched) -> None:
    put(path, watched("a", label="tea"))
    window = Window(path)
    window.do(window.editor.bring_back([watched("a", label="old", archived=LONG_AGO)]))
    assert not window.editor.can_undo
    assert WatchListFile(path).load().watched == (watched("a", label="tea"),)


def test_tasks_that_are_added_stand_behind_the_others_in_their_order(
    path: Path, watched: MakeWatched
) -> None:
    put(path, *map(watched, "ab"))
    window = Window(path)
    window.do(window.editor.add(Found(("x", "b", "y", "x", "z")), ["1", "2", "3"]))
    assert window.listed == ids(path) == ["a", "b", "x", "y", "z"]
    labels = [entry.watched.label for entry in window.store.entries]
    assert labels == ["", "", "1", "3", ""]


def test_a_window_takes_over_what_another_one_wrote_and_nothing_where_nobody_did(
    path: Path, watched: MakeWatched
) -> None:
    put(path, watched("a"))
    window, other = Window(path), Window(path)
    assert window.do(window.editor.reload()) is None
    other.do(other.editor.add(Found(("b",))))
    loaded = window.do(window.editor.reload())
    assert [one.id for one in loaded.watched] == window.listed == ["a", "b"]
    assert window.do(window.editor.reload()) is None


def test_from_a_damaged_list_nothing_is_taken_as_removed(path: Path, watched: MakeWatched) -> None:
    put(path, *map(watched, "ab"))
    window = Window(path)
    path.write_text('[[tasks]]\nid = "c"\n\n[[tasks]]\nid = \n')
    assert window.do(window.editor.reload()).damage
    assert set(window.listed) == {"a", "b", "c"}


def test_a_window_that_reads_a_few_tasks_alone_knows_no_others(
    path: Path, watched: MakeWatched
) -> None:
    put(path, *map(watched, "abcd"))
    window = Window(path, "c", "b")
    assert set(window.listed) == {"b", "c"}
    entry = window.store.entries[0].watched
    edited = replace(entry, label="tea")
    window.do(window.editor.change(Change((Step(0, entry, edited),))))
    window.do(window.editor.add(Found(("new",))))
    assert {"b", "c"} <= set(window.listed) <= {"b", "c", "new"}
    assert set(ids(path)) == {"a", "b", "c", "d", "new"}
    assert {one.id: one.label for one in WatchListFile(path).load().watched}[entry.id] == "tea"


def test_what_could_not_be_written_is_named_until_it_is(
    path: Path, watched: MakeWatched, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    put(path, watched("a"))
    window = Window(path)
    with monkeypatch.context() as patched:
        patched.setattr("os.fsync", full)
        for deed in (window.editor.add(Found(("b", "c"))), window.editor.remove("ab")):
            with pytest.raises(OSError, match="No space"):
                window.do(deed)
    assert list(window.editor.unwritten) == ["b", "c", "a"]
    assert (window.listed, ids(path)) == (["c"], ["a"])
    window.do(window.editor.written())
    assert list(window.editor.unwritten) == []
    assert (window.listed, ids(path)) == (["c"], ["c"])
