"""What the user says of a task, and changes of it that can be taken back."""

from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from seedance_tui.core.model.watched import Watched
from seedance_tui.core.watchlist.changes import Change, Step, Undo

MOMENT = datetime(2026, 11, 22, 8, 9, 10, tzinfo=UTC)


def listed(names: str, **fields: Any) -> tuple[Watched, ...]:
    return tuple(Watched(name, MOMENT, **fields) for name in names)


def names(watched: tuple[Watched, ...]) -> str:
    return "".join(entry.id for entry in watched)


def removal(of: str, watched: tuple[Watched, ...]) -> Change:
    return Change(tuple(Step(n, w, None) for n, w in enumerate(watched) if w.id in of))


def addition(of: str, place: int) -> Change:
    return Change(tuple(Step(place + n, None, w) for n, w in enumerate(listed(of))))


@pytest.mark.parametrize("of", ["a", "d", "ac", "bd", "abd", "abcd"])
def test_undoing_a_removal_puts_every_entry_back_in_its_place(of: str) -> None:
    before = listed("abcd")
    change = removal(of, before)
    after = change.apply(before)
    assert not set(of) & set(names(after))
    assert change.inverse().apply(after) == before
    assert change.inverse().inverse().apply(before) == after


def test_an_addition_of_what_is_there_changes_nothing() -> None:
    before = listed("abc", label="mine")
    assert addition("b", 3).apply(before) == before


def test_an_addition_goes_to_the_end_of_a_list_that_has_shrunk_meanwhile() -> None:
    assert names(addition("xy", 9).apply(listed("ab"))) == "abxy"


def test_a_removal_of_what_is_gone_changes_nothing() -> None:
    assert names(removal("b", listed("abc")).apply(listed("ac"))) == "ac"


def test_an_edit_changes_only_its_own_field() -> None:
    before = Watched("a", MOMENT, label="old", note="kept")
    edit = Change((Step(0, before, Watched("a", MOMENT, label="new", note="kept")),))
    elsewhere = Watched("a", MOMENT, label="old", note="another window's", tags=("x",))
    (after,) = edit.apply((elsewhere,))
    assert after == Watched("a", MOMENT, label="new", note="another window's", tags=("x",))
    assert edit.inverse().apply((after,)) == (elsewhere,)


def test_an_edit_of_what_is_gone_changes_nothing() -> None:
    edit = Change((Step(0, *listed("a"), *listed("a", label="new")),))
    assert edit.apply(listed("b")) == listed("b")


DEEDS = st.lists(
    st.tuples(
        st.sampled_from(["add", "remove", "edit", "undo", "redo"]), st.sets(st.integers(0, 7))
    ),
    max_size=30,
)


@given(DEEDS)
def test_undo_and_redo_return_to_the_very_same_lists(deeds: list[tuple[str, set[int]]]) -> None:
    undo, now = Undo(), listed("abcdef")
    past: list[tuple[Watched, ...]] = []
    future: list[tuple[Watched, ...]] = []
    for count, (deed, places) in enumerate(deeds):
        if deed in ("undo", "redo"):
            change = undo.undo() if deed == "undo" else undo.redo()
            back, forth = (past, future) if deed == "undo" else (future, past)
            assert (change is None) == (not back)
            if change is not None:
                forth.append(now)
                now = change.apply(now)
                assert now == back.pop()
            continue
        chosen = [(n, w) for n, w in enumerate(now) if n in places]
        if deed == "add":
            new = (Watched(f"{count}.{n}", MOMENT) for n in places)
            steps = tuple(Step(len(now) + n, None, w) for n, w in enumerate(new))
        elif deed == "remove":
            steps = tuple(Step(n, w, None) for n, w in chosen)
        else:
            steps = tuple(Step(n, w, Watched(w.id, MOMENT, label=str(count))) for n, w in chosen)
        undo.did(Change(steps))
        past.append(now)
        future.clear()
        now = Change(steps).apply(now)


def test_undo_keeps_every_change_until_the_program_ends() -> None:
    undo = Undo()
    changes = [addition("a", n) for n in range(250)]
    for change in changes:
        undo.did(change)
    taken = []
    while undone := undo.undo():
        taken.append(undone)
    assert taken == [change.inverse() for change in reversed(changes)]
    assert not undo.can_undo


def test_a_new_change_ends_what_could_be_redone() -> None:
    undo = Undo()
    undo.did(addition("a", 0))
    undo.undo()
    undo.did(addition("b", 0))
    assert undo.redo() is None
    assert undo.undo() == addition("b", 0).inverse()


@pytest.mark.parametrize("pick", [True, False])
def test_a_table_survives_reading_and_writing(pick: bool) -> None:
    table = {
        "id": "a",
        "added_at": MOMENT,
        "label": "fruit tea, take 3",
        "tags": ["tea"],
        "note": "ask Li",
        "pick": pick,
        "archived": MOMENT,
        "price": 3,
        "shot": {"scene": 4},
    }
    entry = Watched.from_table(table)
    assert entry is not None
    assert entry.to_table() == table


def test_what_is_empty_is_not_written() -> None:
    assert Watched("a", MOMENT).to_table() == {"id": "a", "added_at": MOMENT}


@pytest.mark.parametrize("table", [{}, {"id": ""}, {"id": "  "}, {"id": 5}, {"id": ["a"]}])
def test_a_table_without_a_usable_id_is_no_entry(table: dict[str, object]) -> None:
    assert Watched.from_table(table) is None


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("label", 5),
        ("tags", "tea"),
        ("tags", ["tea", 5]),
        ("note", ["x"]),
        ("pick", "yes"),
        ("pick", 1),
        ("archived", "yes"),
        ("archived", True),
        ("added_at", "yesterday"),
    ],
)
def test_a_value_of_the_wrong_kind_is_kept_as_the_user_wrote_it(key: str, value: object) -> None:
    entry = Watched.from_table({"id": "a", key: value})
    assert entry is not None
    assert entry.to_table()[key] == value


@pytest.mark.parametrize(
    ("written", "read"),
    [
        (MOMENT, MOMENT),
        (datetime(2026, 11, 22, 16, 9, 10, tzinfo=timezone(timedelta(hours=8))), MOMENT),
        (None, None),
        (datetime(1, 1, 1), None),  # noqa: DTZ001  what a hand-edited file may hold
        (date(2026, 11, 22), None),
    ],
)
def test_added_at_is_always_a_moment_with_a_zone(written: object, read: datetime | None) -> None:
    entry = Watched.from_table({"id": "a"} | ({"added_at": written} if written else {}))
    assert entry is not None
    assert entry.added_at.tzinfo is not None
    assert read is None or entry.added_at == read


def test_of_two_entries_of_a_task_the_first_one_counts_and_the_other_adds_what_it_lacks() -> None:
    first = Watched("a", MOMENT, "rain", extra={"mine": 1})
    other = Watched("a", MOMENT, "snow", note="from the archive", extra={"theirs": 2})
    merged = first.over(other)
    assert (merged.id, merged.label, merged.note) == ("a", "rain", "from the archive")
    assert merged.extra == {"theirs": 2, "mine": 1}


def test_a_moment_is_written_with_the_sign_of_its_zone() -> None:
    utc = Watched("a", datetime(2026, 11, 22, 8, 9, 10, tzinfo=UTC)).to_table()["added_at"]
    east = timezone(timedelta(hours=8))
    there = Watched("a", datetime(2026, 11, 22, 8, 9, 10, tzinfo=east)).to_table()["added_at"]
    assert (str(utc), str(there)) == ("2026-11-22T08:09:10Z", "2026-11-22T08:09:10+08:00")
