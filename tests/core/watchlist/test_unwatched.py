"""What is at stake when tasks are put away."""

from dataclasses import replace
from pathlib import Path

import pytest

from seedance_tui.api.errors import ServerFault
from seedance_tui.api.links import Kind, Link
from seedance_tui.core.model.entry import Entry
from seedance_tui.core.model.file_states import FileState, NotSaved, Saved, Saving, Waiting
from seedance_tui.core.model.outcomes import Problem
from seedance_tui.core.watchlist.unwatched import Unwatched
from tests.core.conftest import MakeEntry, MakeFetched, MakeWatched

NOW = 2_000_000_000.0


@pytest.fixture
def done(watched: MakeWatched, fetched: MakeFetched) -> MakeEntry:
    """Build a task that is done: `done(60)`; None where nothing tells when its link expires."""

    def build(left: float | None, file: FileState | None = None) -> Entry:
        deadline = None if left is None else NOW + left
        entry = Entry(watched("a")).after(fetched("a", "SUCCESS"))
        files = {} if file is None else {Kind.RESULT: file}
        links = (Link(Kind.RESULT, "https://x", deadline),)
        return replace(entry, links=links, linkless_since=None, files=files)

    return build


def test_of_several_unsaved_videos_the_first_to_expire_counts(done: MakeEntry) -> None:
    entries = [done(900), done(60), done(None)]
    assert Unwatched.of(entries, NOW) == Unwatched(3, not_saved=3, seconds=60)


def test_where_nothing_tells_the_deadline_none_is_told(done: MakeEntry) -> None:
    assert Unwatched.of([done(None)], NOW) == Unwatched(1, not_saved=1)


def test_what_is_saved_is_not_at_stake(done: MakeEntry) -> None:
    assert Unwatched.of([done(60, Saved(Path("x")))], NOW) == Unwatched(1)


@pytest.mark.parametrize("file", [Saving(), Waiting()], ids=["saving", "waiting"])
def test_what_the_queue_saves_is_not_at_stake_and_counted(done: MakeEntry, file: FileState) -> None:
    assert Unwatched.of([done(60, file)], NOW) == Unwatched(1, being_saved=1)


def test_what_was_given_up_is_at_stake(done: MakeEntry) -> None:
    given_up = NotSaved(Problem(ServerFault))
    assert Unwatched.of([done(60, given_up)], NOW) == Unwatched(1, not_saved=1, seconds=60)


def test_what_has_expired_can_no_longer_be_lost(done: MakeEntry) -> None:
    assert Unwatched.of([done(-1)], NOW) == Unwatched(1)


def test_what_is_done_may_have_its_link_a_little_later(
    watched: MakeWatched, fetched: MakeFetched
) -> None:
    entry = Entry(watched("a")).after(fetched("a", "SUCCESS"))
    assert Unwatched.of([entry], NOW) == Unwatched(1, not_done=1)


def test_what_is_not_done_may_still_bring_a_video(
    watched: MakeWatched, fetched: MakeFetched
) -> None:
    running = Entry(watched("a")).after(fetched("a", "IN_PROGRESS"))
    failed = Entry(watched("b")).after(fetched("b", "FAILURE"))
    entries = [running, failed, Entry(watched("c"))]
    assert Unwatched.of(entries, NOW) == Unwatched(3, not_done=2)
