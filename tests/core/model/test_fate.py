"""Until when the videos of a task must be saved, and when one was lost."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from seedance_tui.api.errors import DiskFull, LinkExpired, TimedOut
from seedance_tui.api.links import RESULTS, Ground, Kind, Link
from seedance_tui.core.model.entry import Entry
from seedance_tui.core.model.file_states import FileState, NotSaved, Saved, Saving, Waiting
from seedance_tui.core.model.outcomes import Problem
from seedance_tui.core.model.urgency import ENDLESS
from tests.core.conftest import MakeWatched

NOW = 2_000_000_000.0
FIRST, SECOND = Kind.RESULT, RESULTS[1]


def link(left: float | None, kind: Kind = FIRST, ground: Ground = Ground.SIGNATURE) -> Link:
    return Link(kind, f"https://store.example/{left}", None if left is None else NOW + left, ground)


@pytest.fixture(scope="session")
def task(watched: MakeWatched) -> Entry:
    return Entry(watched("a"))


def of(task: Entry, *links: Link, **files: FileState) -> Entry:
    named = {"first": FIRST, "second": SECOND, "original": Kind.ORIGINAL}
    return replace(task, links=links, files={named[name]: state for name, state in files.items()})


def test_the_first_deadline_of_a_video_that_can_be_had_counts(task: Entry) -> None:
    for one, other in ((60, 30), (30, 60)):
        fate = of(task, link(one), link(other, SECOND)).fate(NOW)
        assert (fate.save_by, fate.lost_at) == (NOW + 30, None)


def test_of_two_lost_videos_the_first_loss_counts(task: Entry) -> None:
    for one, other in ((-60, -30), (-30, -60)):
        fate = of(task, link(one), link(other, SECOND)).fate(NOW)
        assert (fate.save_by, fate.lost_at) == (None, NOW - 60)


def test_a_saved_video_an_original_and_a_last_frame_have_no_fate(task: Entry) -> None:
    entry = of(task, link(-60), link(-60, Kind.ORIGINAL), link(-60, Kind.LAST_FRAME))
    assert of(entry, *entry.links, first=Saved(Path("a.mp4"))).fate(NOW) == (None, None)


def test_a_link_without_a_deadline_and_a_guess_that_has_passed_can_be_had(task: Entry) -> None:
    for one in (link(None), link(-60, ground=Ground.GUESS)):
        assert of(task, one).fate(NOW) == (ENDLESS, None)


def test_what_the_store_has_refused_is_lost_at_that_moment_also_while_the_link_lives(
    task: Entry,
) -> None:
    refused = NotSaved(Problem(LinkExpired, at=NOW - 5))
    assert of(task, link(60), first=refused).fate(NOW) == (None, NOW - 5)


@pytest.mark.parametrize("state", [Saving(), Waiting(), Waiting(problem=Problem(TimedOut))])
def test_while_the_store_is_asked_a_link_that_has_expired_is_not_lost(
    task: Entry, state: FileState
) -> None:
    assert of(task, link(-60), first=state).fate(NOW) == (None, None)


@pytest.mark.parametrize(
    "state", [Waiting(problem=Problem(DiskFull)), NotSaved(Problem(TimedOut)), None]
)
def test_where_nobody_asks_the_store_a_link_that_has_expired_is_lost(
    task: Entry, state: FileState | None
) -> None:
    entry = of(task, link(-60)) if state is None else of(task, link(-60), first=state)
    assert entry.fate(NOW) == (None, NOW - 60)


def test_a_video_is_lost_when_the_last_of_its_candidates_is(task: Entry) -> None:
    one = replace(link(-60), others=(link(-20), link(-90)))
    assert of(task, one).fate(NOW) == (None, NOW - 20)


def test_a_task_is_finished_once_it_has_ended_and_is_saved(task: Entry) -> None:
    saved = of(task, link(60), first=Saved(Path("a.mp4")))
    assert saved.is_open and not saved.is_finished
