"""Six hours, one hour, too late: the borders stand in one place, and what is saved is quiet."""

from collections.abc import Callable
from pathlib import Path

import pytest

from seedance_tui.api.errors import ApiError, LinkExpired, NotThere, StoreFault
from seedance_tui.api.links import Ground, Kind, Link
from seedance_tui.core.model.entry import Entry, Mark
from seedance_tui.core.model.file_states import NotSaved, Saved
from seedance_tui.core.model.outcomes import Problem
from seedance_tui.core.model.urgency import (
    SOON_WITHIN,
    URGENT_WITHIN,
    Urgency,
    deadline_words,
    has_expired,
    is_overdue,
    urgency,
)
from seedance_tui.core.model.watched import Watched
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
    assert not has_expired(link, NOW - 0.5)
    assert has_expired(link, NOW)
    assert not has_expired(Link(Kind.RESULT, link.url, None), NOW)
    assert not has_expired(None, NOW)


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


URL = "https://store.example/v.mp4"


def guessed(left: float, others: tuple[Link, ...] = ()) -> Link:
    return Link(Kind.RESULT, URL, NOW + left, Ground.GUESS, others=others)


def test_a_guess_warns_like_a_signature_and_says_nothing_once_it_has_passed(
    watched: Callable[..., Watched],
) -> None:
    near, over = guessed(60), guessed(-60)
    assert Entry(watched("a"), links=(near,)).urgency(near, NOW) is Urgency.URGENT
    assert Entry(watched("a"), links=(near,)).save_by(NOW) == NOW + 60
    assert not has_expired(over, NOW)
    assert is_overdue(over, NOW)
    entry = Entry(watched("a"), links=(over,))
    assert entry.urgency(over, NOW) is Urgency.NONE
    assert (entry.deadline(NOW), entry.is_expired(NOW), entry.mark(NOW)) == (None, False, None)


@pytest.mark.parametrize(
    ("link", "words"),
    [
        (Link(Kind.RESULT, URL, NOW + 23.5 * 3600), "23h"),
        (Link(Kind.RESULT, URL, NOW - 1), "expired"),
        (Link(Kind.RESULT, URL, None), None),
        (guessed(23.5 * 3600), "~23h"),
        (guessed(-1), "~over"),
        (Link(Kind.RESULT, URL, NOW - 1, others=(guessed(600),)), "~10m"),
        (Link(Kind.RESULT, URL, NOW - 1, others=(Link(Kind.RESULT, URL, NOW - 2),)), "expired"),
        (guessed(-1, others=(Link(Kind.RESULT, URL, NOW - 2),)), "~over"),
    ],
)
def test_a_guess_is_shown_as_one(link: Link, words: str | None) -> None:
    assert deadline_words(link, NOW) == words


@pytest.mark.parametrize(
    ("kind", "words", "mark"),
    [
        (LinkExpired, "expired", Mark.LOST),
        (NotThere, "lost", Mark.LOST),
        (StoreFault, "~over", Mark.NOT_SAVED),
    ],
)
def test_what_the_store_said_counts_more_than_any_deadline(
    watched: Callable[..., Watched], kind: type[ApiError], words: str, mark: Mark
) -> None:
    over = guessed(-60)
    state = NotSaved(Problem(kind, "no", NOW, 403))
    entry = Entry(watched("a"), links=(over,)).with_file(Kind.RESULT, state)
    assert entry.deadline_words(over, NOW) == words
    assert entry.mark(NOW) is mark
    assert (entry.refusal() is not None) == (mark is Mark.LOST)
