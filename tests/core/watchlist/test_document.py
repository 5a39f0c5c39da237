"""Tables are found, taken out and put in without reading the others, as reading all would do."""

import tomllib
from datetime import UTC, datetime
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from seedance_tui.core.model.watched import Watched
from seedance_tui.core.watchlist._document import (
    appended,
    dumped,
    entries_of,
    find_tables,
    parse,
    without,
)

MOMENT = datetime(2026, 11, 22, 8, 9, 10, tzinfo=UTC)
NAMES = ("tasks", "task1", "task10", "1", "a.b", "id")
TEXT = st.text() | st.sampled_from(["\n[[tasks]]\n", '"""', "'''", "task1", 'id = "task1"'])
EXTRA = st.dictionaries(
    st.sampled_from(["price", "shot", "task1"]),
    st.integers() | TEXT | st.dictionaries(TEXT, TEXT, max_size=2),
    max_size=2,
)
ENTRY = st.builds(
    Watched, st.sampled_from(NAMES), st.just(MOMENT), label=TEXT, note=TEXT, extra=EXTRA
)


def tables(content: bytes) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = tomllib.loads(content.decode()).get("tasks", [])
    return found


@given(st.lists(ENTRY, max_size=6), st.sets(st.sampled_from(NAMES), max_size=3))
def test_what_is_found_and_taken_out_is_what_reading_all_finds(
    entries: list[Watched], ids: set[str]
) -> None:
    content = dumped({"by": "hand"}, [entry.to_table() for entry in entries])
    found = find_tables(content, ids)
    if found is None:
        return
    every = [table for table in tables(content) if table["id"] in ids]
    assert [entry.to_table() for entry in found.values()] == every
    rest = without(content, found)
    assert tables(rest) == [table for table in tables(content) if table["id"] not in ids]
    head = {key: value for key, value in tomllib.loads(rest.decode()).items() if key != "tasks"}
    assert head == {"version": 1, "by": "hand"}


@given(st.lists(ENTRY, max_size=4), st.lists(ENTRY, min_size=1, max_size=3))
def test_what_is_appended_stands_behind_the_rest(
    before: list[Watched], more: list[Watched]
) -> None:
    content = dumped({"by": "hand"}, [entry.to_table() for entry in before])
    after = appended(content, [entry.to_table() for entry in more])
    if after is None:
        assert not before, "where there is a table, one can be put behind it"
        return
    expected = dumped({"by": "hand"}, [entry.to_table() for entry in (*before, *more)])
    assert tomllib.loads(after.decode()) == tomllib.loads(expected.decode())


def test_what_is_appended_is_written_as_if_all_had_been_written_at_once() -> None:
    first, second, third = (Watched(f"a{n}", MOMENT, f"take {n}").to_table() for n in range(3))
    whole = dumped({}, [first, second, third])
    before = dumped({}, [first])
    assert appended(before, [second, third]) == whole
    assert appended(before.rstrip(b"\n"), [second, third]) == whole, "an editor ends no last line"
    assert appended(b"", [first, second, third]) == whole


def test_a_table_at_the_very_beginning_is_found_and_one_that_has_no_head_is_not() -> None:
    table = b'id = "a1"\nadded_at = 2026-11-22T08:09:10Z\n'
    found = find_tables(b"\n[[tasks]]\n" + table, {"a1"})
    assert found is not None
    assert [(place, entry.id) for place, entry in found.items()] == [((0, 11 + len(table)), "a1")]
    assert find_tables(table, {"a1"}) is None, "only reading it all can tell"
    assert find_tables(table, {"b2"}) == {}


def test_of_a_usual_archive_one_entry_is_found_without_the_others() -> None:
    entries = [Watched(f"asyntask_{n}", MOMENT, label=f"take {n}") for n in range(30)]
    content = dumped({}, [entry.to_table() for entry in entries])
    damaged = content.replace(b'label = "take 7"', b"label = ")
    found = find_tables(damaged, {"asyntask_12"})
    assert found
    assert list(found.values()) == [entries[12]]
    assert len(entries_of(parse(without(damaged, found))[0])) == 28
