"""What the store makes of a look at the disk, and what of an answer that ends a task."""

from __future__ import annotations

from pathlib import Path

import pytest

from seedance_tui.api.errors import LinkExpired
from seedance_tui.api.links import Kind
from seedance_tui.core.model.file_states import FileState, NotSaved, Paused, Saved, Saving, Waiting
from seedance_tui.core.model.outcomes import Problem
from seedance_tui.core.model.store import Recorded, Store
from tests.core.conftest import MakeFetched, MakeWatched

FILE = Saved(Path("a.mp4"))
KEY = ("a", Kind.RESULT)


@pytest.fixture
def store(watched: MakeWatched) -> Store:
    store = Store()
    store.watch([watched("a"), watched("b")])
    return store


def state(store: Store, kind: Kind = Kind.RESULT) -> FileState | None:
    entry = store.get("a")
    assert entry is not None
    return entry.file(kind)


@pytest.mark.parametrize("kind", [Kind.RESULT, Kind.ORIGINAL, Kind.LAST_FRAME])
def test_a_file_on_the_disk_is_found_and_one_that_is_gone_forgotten(
    store: Store, kind: Kind
) -> None:
    store.set_saved({("a", kind): FILE}, store.entries)
    assert state(store, kind) == FILE
    store.set_saved({}, store.entries)
    assert state(store, kind) is None


@pytest.mark.parametrize("queued", [Waiting(), Saving(1, 2), Paused(1, 2)])
def test_what_the_queue_has_is_left_alone(store: Store, queued: FileState) -> None:
    store.set_file("a", Kind.RESULT, queued)
    store.set_saved({KEY: FILE}, store.entries)
    assert state(store) == queued
    store.set_saved({}, store.entries)
    assert state(store) == queued


def test_a_file_that_was_given_up_and_is_there_is_saved(store: Store) -> None:
    given_up = NotSaved(Problem(LinkExpired))
    store.set_file("a", Kind.RESULT, given_up)
    store.set_saved({}, store.entries)
    assert state(store) == given_up
    store.set_saved({KEY: FILE}, store.entries)
    assert state(store) == FILE


def test_a_file_at_another_place_takes_the_place_of_the_one_known(store: Store) -> None:
    for path in ("z.mp4", "a.mp4", "m.mp4"):
        store.set_saved({KEY: Saved(Path(path))}, store.entries)
        assert state(store) == Saved(Path(path))


def test_what_was_learnt_since_the_look_began_is_left_alone(store: Store) -> None:
    before = store.entries
    store.set_file("a", Kind.RESULT, Saving(1, 2))
    store.set_file("a", Kind.RESULT, None)
    store.set_file("a", Kind.RESULT, NotSaved(Problem(LinkExpired)))
    store.set_saved({KEY: FILE}, before)
    assert state(store) == NotSaved(Problem(LinkExpired))


def test_a_look_that_finds_nothing_new_keeps_the_tuple(store: Store) -> None:
    store.set_saved({KEY: FILE}, store.entries)
    before = store.entries
    store.set_saved({KEY: FILE}, before)
    assert store.entries is before


def test_a_task_ends_once_where_it_was_seen_open_before(store: Store, fetched: MakeFetched) -> None:
    def ends(status: str, **data: object) -> bool:
        outcome = fetched("a", status, **data)
        before, after = store.record(outcome) or (None, None)
        return Recorded(outcome, before, after).has_ended

    assert not ends("IN_PROGRESS"), "the first answer ends nothing: it may be long over"
    assert not ends("IN_PROGRESS")
    assert ends("SUCCESS", result_url="https://store.example/v.mp4")
    assert not ends("SUCCESS", result_url="https://store.example/v.mp4")


def test_a_task_first_seen_at_its_end_has_not_ended_now(store: Store, fetched: MakeFetched) -> None:
    outcome = fetched("b", "FAILURE")
    assert not Recorded(outcome, *(store.record(outcome) or (None, None))).has_ended
    assert not Recorded(outcome, None, None).has_ended
