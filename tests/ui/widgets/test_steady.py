"""What reads the same for a while is not looked at again until it reads otherwise."""

from bisect import bisect_right
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from seedance_tui.core.model.entry import Entry
from seedance_tui.ui.drawing.columns import Layout, Needs, row
from seedance_tui.ui.drawing.spans import Line
from seedance_tui.ui.widgets.steady import Steady
from tests.ui.conftest import DONE, Start


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.integers(1, 300), max_size=12), st.integers(0, 3))
def test_a_text_said_to_stay_is_the_one_that_was_looked_at_last(
    changes: list[int], skipped: int
) -> None:
    steady, made_of = Steady(), (object(),)
    moments = sorted(changes)
    shown = -1
    for second in range(0, 320, skipped + 1):
        text = bisect_right(moments, second)
        if steady.holds("row", made_of, second, lambda at: bisect_right(moments, at)):
            assert text == shown
        shown = text


def test_a_text_that_stays_for_minutes_is_looked_at_a_few_times() -> None:
    steady, made_of, looks = Steady(), (object(),), []

    def minutes(at: float) -> int:
        looks.append(at)
        return int(at) // 60

    looked = [n for n in range(600) if not steady.holds("row", made_of, n, minutes)]
    assert len(looked) <= 25
    assert len(looks) <= 130


def test_a_text_that_changes_with_every_second_is_not_looked_at_ahead_each_time() -> None:
    steady, made_of, looks = Steady(), (object(),), []

    def seconds(at: float) -> int:
        looks.append(at)
        return int(at)

    assert not any(steady.holds("row", made_of, n, seconds) for n in range(600))
    assert len(looks) <= 260


def test_another_object_or_a_clock_set_back_is_looked_at() -> None:
    steady, one, other = Steady(), object(), object()
    assert not steady.holds("row", (one,), 100.0, lambda _: "same")
    assert steady.holds("row", (one,), 101.0, lambda _: "same")
    assert not steady.holds("row", (one,), 99.0, lambda _: "same")
    assert not steady.holds("row", (other,), 99.0, lambda _: "same")


def test_a_screen_of_rows_is_looked_ahead_at_over_some_seconds() -> None:
    steady, made_of, looks = Steady(), (object(),), []
    for place in range(40):
        steady.holds(place, made_of, 0.0, lambda at: looks.append(at))
    assert len(looks) <= 16, "four rows at one moment"


async def test_a_second_that_changes_no_text_draws_no_row(
    start: Start, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with start() as monitor:
        await monitor.until(lambda: "Done" in monitor.row(DONE))
        drawn: list[str] = []

        def counted(entry: Entry, now: float, shared: Layout) -> Iterator[Line]:
            drawn.append(entry.id)
            return row(entry, now, shared)

        monkeypatch.setattr("seedance_tui.ui.widgets.task_list.row", counted)
        begin, shown = monitor.list.now, len(monitor.list.entries)
        for second in range(1, 121):
            monitor.list.now = begin + second
        assert len(drawn) < shown * 120 * 0.6


async def test_rows_that_all_hold_are_not_asked_one_by_one(
    start: Start, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with start(ids=(DONE,), watched=False) as monitor:
        await monitor.until(lambda: "Done" in monitor.row(DONE))
        asked, holds = [], Steady.holds

        def counted(steady: Steady, *about: Any) -> bool:
            asked.append(about)
            return holds(steady, *about)

        monkeypatch.setattr(Steady, "holds", counted)
        begin = monitor.list.now
        for second in range(1, 121):
            monitor.list.now = begin + second
        assert 0 < len(asked) < 20
        asked.clear()
        monitor.list.needs = Needs()
        monitor.list.now += 1
        assert asked, "what the rows are made of is another"


@pytest.mark.parametrize("step", [1, 7])
async def test_what_the_terminal_shows_is_what_a_row_reads_as_time_goes_on(
    start: Start, step: int
) -> None:
    async with start(painted=True) as monitor:
        await monitor.until(lambda: "Done" in monitor.row(DONE))
        begin, tasks = monitor.list.now, monitor.list
        for second in range(1, 200, step):
            tasks.now = begin + second
            await monitor.settled()
            rows = [tasks.line(y) for y in range(len(tasks.entries))]
            assert [tasks._painted[y].line for y in range(len(rows))] == rows
