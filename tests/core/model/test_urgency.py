"""Six hours, one hour, too late: the borders stand in one place, and what is saved is quiet."""

from pathlib import Path

import pytest

from seedance_tui.api.links import Kind, Link
from seedance_tui.core.model.entry import Entry
from seedance_tui.core.model.file_states import Saved
from seedance_tui.core.model.urgency import (
    SOON_WITHIN,
    URGENT_WITHIN,
    Urgency,
    is_dead,
    urgency,
)
from tests.core.conftest import MakeWatched

NOW = 1_784_600_000.0


@pytest.mark.parametrize(
    ("left", "found"),
    [
        (None, Urgency.NONE),
        (float("inf"), Urgency.QUIET),
        (SOON_WITHIN, Urgency.QUIET),
        (SOON_WITHIN - 0.5, Urgency.SOON),
        (URGENT_WITHIN, Urgency.SOON),
        (URGENT_WITHIN - 0.5, Urgency.URGENT),
        (0.5, Urgency.URGENT),
        (0, Urgency.GONE),
        (-5, Urgency.GONE),
    ],
)
def test_a_deadline_is_more_urgent_the_nearer_it_is(left: float | None, found: Urgency) -> None:
    assert urgency(left) is found


def test_the_borders_are_six_hours_and_one() -> None:
    assert (SOON_WITHIN, URGENT_WITHIN) == (6 * 3600, 3600)


def test_a_link_is_dead_from_its_deadline_on_and_never_where_nothing_tells_it() -> None:
    link = Link(Kind.RESULT, "https://store.example/v.mp4", NOW)
    assert not is_dead(link, NOW - 0.5)
    assert is_dead(link, NOW)
    assert not is_dead(Link(Kind.RESULT, link.url, None), NOW)
    assert not is_dead(None, NOW)


@pytest.mark.parametrize(
    ("left", "unsaved", "saved"),
    [
        (None, Urgency.NONE, Urgency.NONE),
        (60, Urgency.URGENT, Urgency.QUIET),
        (-60, Urgency.GONE, Urgency.GONE),
    ],
)
def test_what_is_saved_waits_quietly_for_its_end(
    watched: MakeWatched, left: int | None, unsaved: Urgency, saved: Urgency
) -> None:
    link = Link(Kind.RESULT, "https://store.example/v.mp4", None if left is None else NOW + left)
    entry = Entry(watched("a"), links=(link,))
    assert entry.urgency(link, NOW) is unsaved
    assert entry.with_file(Kind.RESULT, Saved(Path("v.mp4"))).urgency(link, NOW) is saved
