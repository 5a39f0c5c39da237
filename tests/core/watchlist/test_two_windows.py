"""Where two windows, or an editor, put the same task away, all that each of them says is kept."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from seedance_tui.core.model.watched import Watched
from seedance_tui.core.watchlist._archive import Archive
from seedance_tui.core.watchlist.changes import Change, Step
from seedance_tui.core.watchlist.file import WatchListFile
from tests.core.conftest import MakeWatched

LONG_AGO = datetime(2026, 1, 1, tzinfo=UTC)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "watchlist.toml"


def put(path: Path, *entries: Watched) -> None:
    """Have these on the list."""
    WatchListFile(path).apply(Change(tuple(Step(n, None, one) for n, one in enumerate(entries))))


def archived(path: Path) -> dict[str, Watched]:
    return {one.id: one for one in Archive(path).load().entries}


def ids(path: Path) -> list[str]:
    return [one.id for one in WatchListFile(path).load().watched]


def test_what_is_on_the_list_and_in_the_archive_is_put_away_with_what_both_say(
    path: Path, watched: MakeWatched
) -> None:
    entry = watched("a", label="tea")
    put(path, entry)
    Archive(path).put({"a": watched("a", note="ask Li", archived=LONG_AGO)})
    WatchListFile(path).apply(Change((Step(0, entry, None),)))
    there = archived(path)["a"]
    assert (there.label, there.note) == ("tea", "ask Li")
    assert there.archived and there.archived > LONG_AGO


def test_what_an_editor_took_off_the_list_is_put_away_all_the_same(
    path: Path, watched: MakeWatched
) -> None:
    entry = watched("a", label="tea")
    put(path, watched("b"))
    WatchListFile(path).apply(Change((Step(0, entry, None),)))
    assert archived(path)["a"].label == "tea"
    assert ids(path) == ["b"]


def test_what_another_window_has_put_away_already_stays_as_that_one_did_it(
    path: Path, watched: MakeWatched
) -> None:
    put(path, watched("b"))
    Archive(path).put({"a": watched("a", label="theirs", archived=LONG_AGO)})
    WatchListFile(path).apply(Change((Step(0, watched("a", label="mine"), None),)))
    assert archived(path)["a"] == watched("a", label="theirs", archived=LONG_AGO)


def test_a_task_that_one_change_adds_and_puts_away_again_is_in_the_archive_alone(
    path: Path, watched: MakeWatched
) -> None:
    entry = watched("a", label="tea")
    added = Change((Step(0, None, entry),))
    WatchListFile(path).apply(added, added.inverse())
    assert (ids(path), list(archived(path))) == ([], ["a"])


def test_a_task_that_one_change_brings_back_and_puts_away_again_keeps_what_was_said_of_it(
    path: Path, watched: MakeWatched
) -> None:
    Archive(path).put({"a": watched("a", label="tea", archived=LONG_AGO)})
    back = Change((Step(0, None, watched("a")),))
    WatchListFile(path).apply(back, back.inverse())
    assert ids(path) == []
    there = archived(path)["a"]
    assert there.archived and there.archived > LONG_AGO
