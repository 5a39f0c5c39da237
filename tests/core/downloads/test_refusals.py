"""Which files can be put into the queue, and why the others cannot."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from seedance_tui.api.errors import KeyMissing, SetupFailed, TaskNotFound, TimedOut
from seedance_tui.api.links import Kind, Link
from seedance_tui.core.downloads.refusals import FileRefusal, Why, phrase, refusal, sort_out
from seedance_tui.core.model.entry import Entry
from seedance_tui.core.model.file_states import NotSaved, Paused, Saved, Saving, Waiting
from seedance_tui.core.model.outcomes import Fetched, Missed, Problem
from seedance_tui.core.model.watched import Watched

KEYLESS = Problem(KeyMissing)
LINK = Link(Kind.RESULT, "https://store.example/v.mp4", None)
HERE = Path("/videos/a.mp4")


@pytest.fixture
def entry(watched: Callable[..., Watched], fetched: Callable[..., Fetched]) -> Callable[..., Entry]:
    """Build an entry: unanswered, or with a status; with a link where one is given."""

    def build(status: str = "", link: Link | None = None, **changes: Any) -> Entry:
        made = Entry(watched("a"))
        if status:
            made = made.after(fetched("a", status))
        return replace(made, links=(link,) if link else (), **changes)

    return build


def why(entry: Entry, trouble: Problem | None = None, *, can_ask: bool = True) -> Why | None:
    refused = refusal(entry, Kind.RESULT, trouble, can_ask=can_ask)
    return refused.why if refused else None


def test_a_living_link_is_wanted_also_after_a_failure(entry: Callable[..., Entry]) -> None:
    assert why(entry("SUCCESS", LINK)) is None
    failed = {Kind.RESULT: NotSaved(Problem(TimedOut))}
    assert why(entry("SUCCESS", LINK, files=failed)) is None


@pytest.mark.parametrize(
    ("status", "expected"),
    [
        ("IN_PROGRESS", Why.NOT_DONE),
        ("QUEUED", Why.NOT_DONE),
        ("a new word", Why.NOT_DONE),
        ("FAILURE", Why.FAILED),
        ("CANCELLED", Why.ENDED),
        ("SUCCESS", Why.NO_LINK),
    ],
)
def test_without_a_link_the_status_says_why(
    entry: Callable[..., Entry], status: str, expected: Why
) -> None:
    assert why(entry(status)) is expected


def test_an_unanswered_task_is_not_said_to_be_unfinished(entry: Callable[..., Entry]) -> None:
    assert why(entry()) is Why.NOT_ASKED
    silent = Problem(TimedOut)
    assert refusal(entry(problem=silent), Kind.RESULT, None, can_ask=True) == FileRefusal(
        Why.NO_ANSWER, silent
    )
    assert refusal(entry(), Kind.RESULT, silent, can_ask=True) == FileRefusal(Why.NO_ANSWER, silent)
    missing = Missed("a", Problem(TaskNotFound))
    assert why(entry().after(missing)) is Why.NOT_FOUND


@pytest.mark.parametrize(
    ("trouble", "expected"),
    [(KEYLESS, Why.NO_KEY), (Problem(SetupFailed), Why.NO_CLIENT), (None, Why.NO_CLIENT)],
)
def test_without_a_key_it_is_the_key(
    entry: Callable[..., Entry], trouble: Problem | None, expected: Why
) -> None:
    for one in (entry(), entry("IN_PROGRESS"), entry("SUCCESS", LINK)):
        assert refusal(one, Kind.RESULT, trouble, can_ask=False) == FileRefusal(expected, trouble)
    assert why(entry("FAILURE"), trouble, can_ask=False) is Why.FAILED, "a key would not help"


def test_what_is_there_or_under_way_is_not_begun_again(entry: Callable[..., Entry]) -> None:
    for state in (Saving(), Waiting(), Paused()):
        assert why(entry("SUCCESS", LINK, files={Kind.RESULT: state})) is Why.UNDER_WAY
    there = entry("SUCCESS", LINK, files={Kind.RESULT: Saved(HERE)})
    assert refusal(there, Kind.RESULT, KEYLESS, can_ask=False) == FileRefusal(Why.SAVED, path=HERE)


def test_several_are_sorted_out_and_counted(entry: Callable[..., Entry]) -> None:
    entries = [entry("SUCCESS", LINK), entry(), entry(), entry("IN_PROGRESS")]
    files = [(entry, kind) for entry in entries for kind in (Kind.RESULT, Kind.ORIGINAL)]
    told = sort_out(files, None, can_ask=True)
    assert told.wanted == (("a", Kind.RESULT),)
    assert told.counts == {Why.NOT_DONE: 2, Why.NOT_ASKED: 4, Why.NO_LINK: 1}


def test_each_reason_has_words_of_its_own() -> None:
    assert len({phrase(one) for one in Why}) == len(Why)
