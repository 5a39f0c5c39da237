"""The order of the list: what needs a person first, and columns either way."""

import random
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from seedance_tui.api.links import Kind
from seedance_tui.api.models import Task
from seedance_tui.core.listing.sorting import sort
from seedance_tui.core.model.entry import Entry
from seedance_tui.core.model.file_states import Saved
from seedance_tui.core.model.outcomes import Fetched
from seedance_tui.core.model.watched import Watched
from seedance_tui.core.settings.choices import Order

NOW = 1_800_000_000.0
HOUR = 3600.0


def entry(name: str, status: str = "", age: float = 0.0, *, label: str = "", **said: Any) -> Entry:
    """A watched task, submitted `age` seconds ago if there is an answer."""
    made = Entry(Watched(name, datetime.fromtimestamp(NOW - age, UTC), label=label))
    if not status:
        return made
    data = {"task_id": name, "status": status, "submit_time": NOW - age, **said}
    task = Task.from_json({"code": "success", "data": data})
    assert task is not None
    return made.after(Fetched(name, task, NOW))


def done(name: str, left: float, ago: float = HOUR, **said: Any) -> Entry:
    """A task that ended `ago` seconds ago, whose link has `left` seconds."""
    url = f"https://store.example/a.mp4?Expires={NOW + left:.0f}"
    return entry(name, "SUCCESS", ago + 60, finish_time=NOW - ago, result_url=url, **said)


def failed(name: str, ago: float) -> Entry:
    return entry(name, "FAILURE", ago + 60, finish_time=NOW - ago)


def saved(made: Entry) -> Entry:
    return made.with_file(Kind.RESULT, Saved(Path("a.mp4")))


def ids(entries: Iterable[Entry]) -> str:
    return " ".join(entry.id for entry in entries)


NEEDS = [
    done("dies-soon", HOUR, ago=23 * HOUR),
    done("dies-later", 5 * HOUR, ago=19 * HOUR),
    done("new-done", 20 * HOUR, ago=4 * HOUR),
    done("new-done-before", 19 * HOUR, ago=5 * HOUR),
    failed("new-failed", 2 * HOUR),
    failed("new-failed-before", 3 * HOUR),
    entry("running-old", "IN_PROGRESS", 600),
    entry("running-new", "IN_PROGRESS", 60),
    entry("queued", "QUEUED", 500),
    entry("odd", "PONDERING", 400),
    entry("submitted", "SUBMITTED", 300),
    entry("not-started", "NOT_START", 200),
    entry("not-asked", "", 100),
    saved(done("saved", 21 * HOUR, ago=1 * HOUR)),
    done("seen", 20 * HOUR, ago=6 * HOUR),
    failed("failed-seen", 7 * HOUR),
    done("dead", -HOUR, ago=25 * HOUR),
    saved(done("saved-in-time", HOUR, ago=26 * HOUR)),
]
FRESH = {"new-done", "new-done-before", "new-failed", "new-failed-before", "saved", "dies-later"}


def test_what_needs_a_person_comes_first() -> None:
    mixed = random.Random(4).sample(NEEDS, len(NEEDS))
    assert ids(sort(mixed, now=NOW, fresh=FRESH)) == ids(NEEDS)
    assert ids(sort(mixed, reverse=True, now=NOW, fresh=FRESH)) == ids(reversed(NEEDS))


def test_what_was_looked_at_goes_to_the_rest() -> None:
    order = ids(sort(NEEDS, now=NOW))
    assert order.startswith("dies-soon dies-later running-old")
    assert order.endswith(
        "saved new-failed new-failed-before new-done new-done-before seen "
        "failed-seen dead saved-in-time"
    )


def test_progress_moves_no_row() -> None:
    tasks = [entry(name, "IN_PROGRESS", 60, progress="0%") for name in "abcd"]
    moved = [entry(e.id, "IN_PROGRESS", 60, progress=f"{90 - 9 * n}%") for n, e in enumerate(tasks)]
    assert ids(sort(tasks, now=NOW)) == ids(sort(moved, now=NOW)) == "a b c d"


def test_a_task_whose_turn_comes_stays_where_it_is() -> None:
    tasks = [entry("a", "IN_PROGRESS", 90), entry("b", "QUEUED", 60), entry("c", "QUEUED", 30)]
    before = ids(sort(tasks, now=NOW))
    tasks[1] = entry("b", "IN_PROGRESS", 60)
    assert ids(sort(tasks, now=NOW)) == before == "a b c"


@pytest.mark.parametrize(
    ("column", "values"),
    [
        (Order.NAME, ["asyntask_9", "Eclair", "tea, take 9", "TEA, take 10", "日出"]),
        (Order.STATUS, ["NOT_START", "QUEUED", "IN_PROGRESS", "SUCCESS", "FAILURE", "X"]),
        (Order.PROGRESS, ["5%", "50%", "100%"]),
        (Order.AGE, [5, 60, 3600]),
        (Order.LINK, [60, 3600, 7200]),
        (Order.MODEL, ["Doubao-1", "doubao-2"]),
        (Order.TOKENS, [0, 108_900, 245_025]),
    ],
    ids=lambda value: str(value) if isinstance(value, Order) else "",
)
def test_a_column_is_sorted_either_way_and_what_has_no_value_is_last(
    column: Order, values: list[int | str]
) -> None:
    made: Callable[[Any], Entry] = {
        Order.NAME: lambda v: entry("id", label=v),
        Order.STATUS: lambda v: entry("id", v),
        Order.PROGRESS: lambda v: entry("id", "QUEUED", progress=v),
        Order.AGE: lambda v: entry("id", "QUEUED", v),
        Order.LINK: lambda v: done("id", v),
        Order.MODEL: lambda v: entry("id", "QUEUED", data={"model": v}),
        Order.TOKENS: lambda v: entry("id", "SUCCESS", data={"usage": {"total_tokens": v}}),
    }[column]
    known = [made(value) for value in values]
    named = [replace(e, watched=replace(e.watched, id=str(n))) for n, e in enumerate(known)]
    without = [entry("none"), done("dead", -1)] if column is Order.LINK else [entry("none")]
    if column in (Order.NAME, Order.AGE):
        without = []
    mixed = [*without, *random.Random(7).sample(named, len(named))]
    assert sort(mixed, column, now=NOW) == [*named, *without]
    assert sort(mixed, column, reverse=True, now=NOW) == [*reversed(named), *without]


def test_a_task_without_a_label_is_sorted_by_its_id() -> None:
    tasks = [entry("Zeta"), entry("x", label="mu"), entry("alpha")]
    assert ids(sort(tasks, Order.NAME, now=NOW)) == "alpha x Zeta"


def test_added_is_the_order_of_the_watch_list() -> None:
    tasks = [entry("b"), entry("a"), entry("c")]
    assert ids(sort(tasks, Order.ADDED, now=NOW)) == "b a c"
    assert ids(sort(tasks, Order.ADDED, reverse=True, now=NOW)) == "c a b"


@pytest.mark.parametrize("reverse", [False, True])
@pytest.mark.parametrize("column", [c for c in Order if c is not Order.ADDED])
def test_ties_keep_the_order_of_the_list(column: Order, reverse: bool) -> None:
    same = [replace(done("x", HOUR), watched=entry("x").watched) for _ in range(5)]
    result = sort(same, column, reverse=reverse, now=NOW)
    assert all(one is other for one, other in zip(result, same, strict=True))


@given(
    st.lists(st.sampled_from(NEEDS)),
    st.sampled_from(Order),
    st.booleans(),
    st.sets(st.sampled_from([e.id for e in NEEDS])),
)
def test_no_task_is_lost_and_sorting_again_changes_nothing(
    tasks: list[Entry], column: Order, reverse: bool, fresh: set[str]
) -> None:
    once = sort(tasks, column, reverse=reverse, now=NOW, fresh=fresh)
    assert sorted(map(id, once)) == sorted(map(id, tasks))
    if column is not Order.ADDED:
        assert sort(once, column, reverse=reverse, now=NOW, fresh=fresh) == once


def test_a_task_that_was_just_saved_keeps_its_place_until_the_order_is_made_anew() -> None:
    tasks = [saved(done("dies-soon", HOUR)), done("dies-later", 5 * HOUR), entry("waits", "QUEUED")]
    assert ids(sort(tasks, now=NOW, held=["dies-soon"])) == "dies-soon dies-later waits"
    assert ids(sort(tasks, now=NOW)) == "dies-later waits dies-soon"
