"""What is known of the tasks: entries, their marks, the store, and the counts."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from seedance_tui.api.errors import (
    ApiError,
    Forbidden,
    KeyRefused,
    RateLimited,
    ServerFault,
    TaskNotFound,
    TimedOut,
    WrongAddress,
)
from seedance_tui.api.links import Kind
from seedance_tui.core.listing.views import OF_LIST, Summary, shows
from seedance_tui.core.model.entry import Entry, Mark
from seedance_tui.core.model.file_states import FileState, NotSaved, Saved, Saving, fraction
from seedance_tui.core.model.outcomes import Problem
from seedance_tui.core.model.store import Store
from seedance_tui.core.model.urgency import SOON_WITHIN
from seedance_tui.core.watchlist.changes import Change, Step
from tests.core.conftest import MakeEntry, MakeFetched, MakeMissed, MakeWatched

NOW = 2_000_000_000.0
DAY = 86_400
FILE = Path("t.mp4")
LINK = "https://store.example/v.mp4"
STALE, LOST = Problem(TimedOut), Problem(TaskNotFound)


@pytest.fixture(scope="session")
def entry(watched: MakeWatched, fetched: MakeFetched) -> MakeEntry:
    """Build an entry that was asked about once: `entry("SUCCESS", left=60)`."""

    def build(status: str = "IN_PROGRESS", *, left: float | None = None, **data: Any) -> Entry:
        if left is not None:
            data |= {"result_url": f"{LINK}?Expires={int(NOW + left)}"}
        return Entry(watched("a")).after(fetched("a", status, **data))

    return build


@pytest.fixture
def store(watched: MakeWatched) -> Store:
    store = Store()
    store.watch([watched("a"), watched("b"), watched("c")])
    return store


@pytest.mark.parametrize(
    ("files", "problem", "left", "mark"),
    [
        ({Kind.RESULT: Saving(5, 10)}, LOST, -1, Mark.SAVING),
        ({Kind.RESULT: Saved(FILE), Kind.ORIGINAL: Saving()}, STALE, -1, Mark.SAVING),
        ({Kind.RESULT: Saved(FILE)}, LOST, -1, Mark.SAVED),
        ({Kind.RESULT: Saved(FILE)}, STALE, -1, Mark.SAVED),
        ({Kind.ORIGINAL: Saved(FILE)}, None, 60, None),
        ({Kind.RESULT: NotSaved(STALE)}, LOST, -1, Mark.NOT_FOUND),
        ({}, LOST, -1, Mark.NOT_FOUND),
        ({}, STALE, -1, Mark.STALE),
        ({}, None, -1, Mark.EXPIRED),
        ({}, None, 0, Mark.EXPIRED),
        ({}, None, 1, None),
    ],
)
def test_the_mark_is_the_one_thing_that_matters_most(
    entry: MakeEntry,
    files: dict[Kind, FileState],
    problem: Problem | None,
    left: int,
    mark: Mark | None,
) -> None:
    assert replace(entry("SUCCESS", left=left), files=files, problem=problem).mark(NOW) is mark


def test_a_task_never_asked_about_is_open_and_bears_no_mark(watched: MakeWatched) -> None:
    entry = Entry(watched("a"))
    assert entry.is_open
    assert entry.status.word == ""
    assert entry.mark(NOW) is None
    assert entry.link() is None
    assert entry.began_at == watched("a").added_at.timestamp()


def test_the_name_is_the_label_or_the_id(watched: MakeWatched) -> None:
    assert Entry(watched("a")).name == "a"
    assert Entry(watched("a", label="fruit tea")).name == "fruit tea"


def test_a_task_begins_when_it_was_submitted(entry: MakeEntry) -> None:
    assert entry(submit_time=1784600000).began_at == 1784600000


@pytest.mark.parametrize("kind", [TimedOut, ServerFault, TaskNotFound])
def test_a_missed_question_never_takes_the_last_good_answer_away(
    entry: MakeEntry, missed: MakeMissed, kind: type[ApiError]
) -> None:
    good = entry("IN_PROGRESS")
    after = good.after(missed("a", kind, at=7))
    assert (after.task, after.links, after.seen_at) == (good.task, good.links, good.seen_at)
    assert after.problem is not None
    assert after.problem.kind is kind


def test_what_has_ended_does_not_go_stale(entry: MakeEntry, missed: MakeMissed) -> None:
    good = entry("SUCCESS", left=60)
    assert good.after(missed("a", TimedOut)) == good


def test_a_good_answer_ends_the_problem(
    entry: MakeEntry, missed: MakeMissed, fetched: MakeFetched
) -> None:
    assert entry().after(missed("a", TimedOut)).after(fetched("a")).problem is None


def test_a_link_that_is_gone_from_the_answer_stays(entry: MakeEntry, fetched: MakeFetched) -> None:
    assert entry("SUCCESS", left=60).after(fetched("a", "SUCCESS")).link() is not None


def test_a_failed_task_offers_no_link_and_needs_no_saving(entry: MakeEntry) -> None:
    failed = entry("FAILURE", left=60)
    assert failed.links == ()
    assert failed.save_by(NOW) is None
    assert not failed.is_open


@pytest.mark.parametrize(
    ("left", "file", "needed"),
    [
        (60, None, True),
        (0, None, False),
        (60, Saved(FILE), False),
        (60, Saving(), True),
        (60, NotSaved(STALE), True),
    ],
)
def test_a_living_link_needs_saving_until_the_file_is_there(
    entry: MakeEntry, left: int, file: FileState | None, needed: bool
) -> None:
    assert (
        entry("SUCCESS", left=left).with_file(Kind.RESULT, file).save_by(NOW) is not None
    ) is needed


def test_a_file_can_be_forgotten(entry: MakeEntry) -> None:
    saved = entry().with_file(Kind.RESULT, Saved(FILE)).with_file(Kind.ORIGINAL, Saved(FILE))
    assert saved.with_file(Kind.RESULT, None).files == {Kind.ORIGINAL: Saved(FILE)}


def test_progress_of_a_file_is_unknown_without_a_total() -> None:
    assert fraction(Saving(5, 10)) == 0.5
    assert fraction(Saving(5, None)) is None
    assert fraction(Saving(0, 0)) is None


def test_the_store_folds_an_outcome_into_its_entry_and_no_other(
    store: Store, fetched: MakeFetched
) -> None:
    old = store.entries
    before, after = store.record(fetched("b", "SUCCESS")) or (None, None)
    assert (before, after) == (old[1], store.entries[1])
    assert [e.status.word for e in store.entries] == ["", "SUCCESS", ""]
    assert [e.status.word for e in old] == ["", "", ""], "a tuple once given never changes"
    assert store.get("b") is after


def test_an_outcome_that_says_nothing_new_keeps_the_tuple(
    store: Store, fetched: MakeFetched
) -> None:
    store.record(fetched("b", at=1))
    old = store.entries
    store.record(fetched("b", at=1))
    assert store.entries is old


def test_an_outcome_of_a_task_no_longer_watched_is_passed_over(
    store: Store, fetched: MakeFetched
) -> None:
    old = store.entries
    assert store.record(fetched("gone")) is None
    store.set_file("gone", Kind.RESULT, Saved(FILE))
    assert store.entries is old


@pytest.mark.parametrize("kind", [KeyRefused, Forbidden, WrongAddress])
def test_trouble_with_the_key_or_address_is_the_stores_and_no_rows(
    store: Store, missed: MakeMissed, kind: type[ApiError]
) -> None:
    old = store.entries
    store.record(missed("a", kind))
    assert store.entries == old
    assert store.trouble is not None
    assert store.trouble.kind is kind


def test_weather_is_the_stores_and_the_rows(
    store: Store, missed: MakeMissed, fetched: MakeFetched
) -> None:
    store.record(missed("a", ServerFault))
    assert store.trouble is not None
    assert store.entries[0].mark(NOW) is Mark.STALE
    store.record(fetched("b"))
    assert store.trouble is None
    assert store.entries[0].mark(NOW) is Mark.STALE


def test_a_task_not_found_is_no_trouble_of_the_store(store: Store, missed: MakeMissed) -> None:
    store.record(missed("b", RateLimited))
    store.record(missed("a", TaskNotFound))
    assert store.trouble is None
    assert store.entries[0].mark(NOW) is Mark.NOT_FOUND


def test_weather_does_not_cover_a_refused_key(
    store: Store, missed: MakeMissed, fetched: MakeFetched
) -> None:
    store.record(missed("a", KeyRefused))
    store.record(missed("b", TimedOut))
    assert store.trouble is not None
    assert store.trouble.kind is KeyRefused
    store.record(fetched("c"))
    assert store.trouble is None


def test_what_is_known_of_a_task_survives_its_removal_and_return(
    store: Store, fetched: MakeFetched, watched: MakeWatched
) -> None:
    store.record(fetched("b", "SUCCESS", at=5))
    store.set_file("b", Kind.RESULT, Saved(FILE))
    change = Change((Step(1, watched("b"), None),))
    known = store.get("b")
    store.watch(change.apply(e.watched for e in store.entries))
    assert store.get("b") is None
    assert [e.id for e in store.entries] == ["a", "c"]
    store.watch(change.inverse().apply(e.watched for e in store.entries))
    assert store.get("b") == known
    assert [e.id for e in store.entries] == ["a", "b", "c"]


def test_a_new_label_keeps_the_answer(
    store: Store, fetched: MakeFetched, watched: MakeWatched
) -> None:
    store.record(fetched("b", "SUCCESS"))
    store.watch([watched("c"), watched("b", label="tea")])
    entry = store.get("b")
    assert entry is not None
    assert (entry.name, entry.status.word) == ("tea", "SUCCESS")
    assert store.entries[1] is entry


def test_an_equal_list_keeps_the_tuple(store: Store, watched: MakeWatched) -> None:
    old = store.entries
    store.watch([watched("a"), watched("b"), watched("c")])
    assert store.entries is old


STATES = st.tuples(
    st.sampled_from(
        ["", "NOT_START", "QUEUED", "IN_PROGRESS", "SUCCESS", "failure", "CANCELLED", "NEW_WORD"]
    ),
    st.sampled_from([None, -60, 0, 60, SOON_WITHIN - 1, SOON_WITHIN, SOON_WITHIN + 1]),
    st.sampled_from([None, Saved(FILE), Saving(), NotSaved(STALE)]),
)


@given(st.lists(STATES, max_size=12))
@example([("SUCCESS", SOON_WITHIN, None)])
def test_the_summary_counts_what_the_views_show(
    entry: MakeEntry, states: list[tuple[str, float | None, FileState | None]]
) -> None:
    entries = [entry(word, left=left).with_file(Kind.RESULT, f) for word, left, f in states]
    summary = Summary.of(entries, NOW)
    assert summary.views == tuple(sum(shows(view, e, NOW) for e in entries) for view in OF_LIST)
    assert summary.total == len(entries)
    assert summary.running == sum(e.status.word == "IN_PROGRESS" for e in entries)
    unsaved = [e for e in entries if e.save_by(NOW) is not None]
    assert summary.to_save == len(unsaved)
    deadlines = [link.deadline for e in unsaved if (link := e.link())]
    assert summary.next_deadline == min((d for d in deadlines if d), default=None)
    assert summary.lost == sum(e.lost_at(NOW) is not None for e in entries)


def test_the_summary_of_nothing_is_empty() -> None:
    assert Summary.of([], NOW) == Summary()


def test_a_flood_of_answers_makes_the_entries_once(
    store: Store, fetched: MakeFetched, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[int] = []

    def counting(entries: list[Entry]) -> tuple[Entry, ...]:
        made.append(len(entries))
        return tuple(entries)

    monkeypatch.setattr("seedance_tui.core.model.store.tuple", counting, raising=False)
    before = store.entries
    for step in range(50):
        store.record(fetched(before[0].id, "IN_PROGRESS", progress=f"{step}%"))
    assert made == [], "nobody has asked for all"
    assert store.entries is store.entries
    assert len(made) == 1
    assert store.entries[0] is store.get(before[0].id)
    assert store.entries[1:] == before[1:]
