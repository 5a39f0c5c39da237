"""What a task counts as where two services disagree, and where a later answer says less."""

from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from seedance_tui.api.links import Kind
from seedance_tui.api.models import WORDS, Phase, Task, phase_of
from seedance_tui.core.model.entry import Entry
from seedance_tui.core.model.judgement import (
    FAILURE_LAG,
    LINK_LAG,
    SUCCESS_LAG,
    contradiction,
)
from seedance_tui.core.model.outcomes import Fetched
from seedance_tui.core.model.watched import Watched

NOW = 2_000_000_000.0
LINK = "https://store.example/v.mp4"


def answer(status: str, **data: Any) -> Task:
    task = Task.from_json({"data": {"task_id": "a", "status": status, **data}})
    assert task is not None
    return task


def upstream(status: str, word: str, updated_at: float | None = None, link: str = LINK) -> Task:
    inner = {"status": word, "content": {"video_url": link}, "updated_at": updated_at}
    return answer(status, data=inner)


def told(*answers: tuple[Task, float], entry: Entry | None = None) -> Entry:
    """An entry that has heard answers, so many seconds from now."""
    entry = entry or Entry(Watched("a", datetime(2026, 11, 22, tzinfo=UTC)))
    for task, seconds in answers:
        entry = entry.after(Fetched("a", task, NOW + seconds))
    return entry


@pytest.mark.parametrize("word", [word for word, phase in WORDS.items() if phase.is_over])
def test_upstream_over_counts_once_the_gateway_has_had_time_to_notice(word: str) -> None:
    lag = SUCCESS_LAG if phase_of(word) is Phase.DONE else FAILURE_LAG
    for spelt in (word, word.upper()):
        task = upstream("IN_PROGRESS", spelt)
        assert told((task, 0), (task, lag - 1)).status.phase is Phase.RUNNING
        over = told((task, 0), (task, lag - 1), (task, lag))
        assert over.status.phase is phase_of(word)
        assert (over.status.word, over.status.spelt) == ("IN_PROGRESS", spelt)


def test_an_end_upstream_is_believed_after_five_minutes_and_a_failure_after_thirty() -> None:
    """The spans are facts of the gateway: it asks upstream every 15 s, and may lag behind."""
    assert (SUCCESS_LAG, FAILURE_LAG, LINK_LAG) == (300.0, 1800.0, 300.0)


def test_the_moment_that_upstream_names_counts_from_the_first_answer_on() -> None:
    assert not told((upstream("QUEUED", "succeeded", NOW - SUCCESS_LAG), 0)).is_open
    assert told((upstream("QUEUED", "succeeded", NOW - SUCCESS_LAG + 1), 0)).is_open
    ahead = upstream("QUEUED", "succeeded", NOW + 9_999)
    assert told((ahead, 0)).is_open, "a clock that is ahead tells nothing"
    assert not told((ahead, 0), (ahead, SUCCESS_LAG)).is_open


def test_under_an_unknown_word_upstream_done_counts_at_once_and_failed_does_not() -> None:
    for word in ("UNKNOWN", "", "PARTIALLY_DONE", "reticulating"):
        assert told((upstream(word, "succeeded"), 0)).status.phase is Phase.DONE
        assert told((upstream(word, "failed"), 0)).status.phase is Phase.UNKNOWN


def test_upstream_done_without_a_link_is_not_done() -> None:
    task = upstream("IN_PROGRESS", "succeeded", NOW - 9_999, link="")
    assert told((task, 0)).status.phase is Phase.RUNNING


def test_the_link_is_offered_at_once() -> None:
    entry = told((upstream("IN_PROGRESS", "succeeded"), 0))
    assert entry.is_open
    assert entry.link()


def test_the_gateways_own_end_is_believed_whatever_upstream_says() -> None:
    for word in ("running", "succeeded", "queued"):
        assert told((upstream("FAILURE", word), 0)).status.phase is Phase.FAILED
        assert told((upstream("SUCCESS", word), 0)).status.phase is Phase.DONE


def test_two_services_that_agree_again_start_anew() -> None:
    over, runs = upstream("IN_PROGRESS", "failed"), upstream("IN_PROGRESS", "running")
    entry = told((over, 0), (runs, 60), (over, FAILURE_LAG))
    assert entry.is_open


def test_what_counts_as_over_is_asked_about_for_a_day() -> None:
    task = upstream("IN_PROGRESS", "succeeded")
    entry = told((task, 0), (task, SUCCESS_LAG))
    assert (entry.is_open, entry.is_asked) == (False, True)
    assert not told((task, 86_400), entry=entry).is_asked


def test_a_task_without_its_link_is_asked_about_for_some_minutes() -> None:
    done = answer("SUCCESS")
    entry = told((done, 0))
    assert (entry.awaits_link, entry.lacks_link, entry.is_asked) == (True, False, True)
    entry = told((done, LINK_LAG), entry=entry)
    assert (entry.awaits_link, entry.lacks_link, entry.is_asked) == (False, True, False)
    entry = told((answer("SUCCESS", result_url=LINK), LINK_LAG + 1), entry=entry)
    assert (entry.awaits_link, entry.lacks_link, entry.is_asked) == (False, False, False)


def test_a_link_that_a_failure_text_stands_for_is_awaited_too() -> None:
    assert told((answer("SUCCESS", result_url="data:video/mp4,x"), 0)).awaits_link


RICH = answer("SUCCESS", result_url=LINK, original_result_url=LINK + "?o")
POORER = {
    "open again": answer("IN_PROGRESS"),
    "unknown word": answer("reticulating"),
    "linkless": answer("SUCCESS"),
    "failed": answer("FAILURE", fail_reason="no"),
    "upstream lags": upstream("QUEUED", "running"),
}


@pytest.mark.parametrize("poorer", POORER.values(), ids=POORER)
def test_a_later_poorer_answer_takes_nothing_away_and_is_noted(poorer: Task) -> None:
    entry = told((RICH, 0), (poorer, 60))
    assert entry.task is RICH
    assert entry.status.phase is Phase.DONE
    assert {link.kind for link in entry.links} == {Kind.RESULT, Kind.ORIGINAL}
    assert entry.said_less is poorer
    assert (entry.seen_at, entry.problem, entry.is_asked) == (NOW + 60, None, False)
    assert told((RICH, 90), entry=entry).said_less is None


def test_an_answer_with_another_link_replaces_it_and_one_that_lacks_a_kind_keeps_that() -> None:
    renewed = answer("SUCCESS", result_url=LINK + "?new")
    entry = told((RICH, 0), (renewed, 60))
    assert [link.url for link in entry.links] == [LINK + "?new", LINK + "?o"]
    assert entry.said_less is None


def test_done_without_a_link_never_becomes_open_and_may_still_fail() -> None:
    done = answer("SUCCESS")
    assert told((done, 0), (answer("QUEUED"), 60)).status.phase is Phase.DONE
    assert told((done, 0), (answer("FAILURE"), 60)).status.phase is Phase.FAILED


def test_a_task_that_failed_may_run_again() -> None:
    assert told((answer("FAILURE"), 0), (answer("QUEUED"), 60)).is_open


WORDS_SAID = st.sampled_from([*WORDS, "UNKNOWN", "", "new"])
ANSWERS = st.lists(
    st.tuples(WORDS_SAID, WORDS_SAID, st.sampled_from([LINK, ""]), st.floats(0, 4_000)),
    min_size=1,
    max_size=8,
)


@given(ANSWERS)
def test_whatever_comes_a_task_once_done_stays_done_and_no_link_is_lost(
    said: list[tuple[str, str, str, float]],
) -> None:
    entry, at, was_done, had_link = told(), 0.0, False, False
    for outer, inner, link, seconds in said:
        at += seconds
        entry = told((upstream(outer, inner, link=link), at), entry=entry)
        is_done = entry.status.phase is Phase.DONE
        had_link = had_link or bool(entry.links)
        was_done = was_done or (is_done and bool(entry.links))
        assert is_done or not was_done
        assert bool(entry.links) or not had_link
        assert not (entry.awaits_link and entry.is_open)


@pytest.mark.parametrize(
    ("outer", "inner", "told_of"),
    [
        ("IN_PROGRESS", "succeeded", "succeeded"),
        ("IN_PROGRESS", "queued", "queued"),
        ("IN_PROGRESS", "running", None),
        ("NOT_START", "queued", None),
        ("FAILURE", "cancelled", None),
        ("IN_PROGRESS", "reticulating", None),
        ("reticulating", "succeeded", "succeeded"),
        ("reticulating", "failed", "failed"),
        ("reticulating", "running", None),
    ],
)
def test_the_upstream_status_is_told_where_it_says_something_else(
    outer: str, inner: str, told_of: str | None
) -> None:
    assert contradiction(upstream(outer, inner)) == told_of
