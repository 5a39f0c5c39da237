"""`#` groups the list: heads with sums, that fold, over which everything works as before."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from types import ModuleType
from typing import Any

import pytest
from rich.cells import cell_len

from seedance_tui.core.listing.grouping import grouped
from seedance_tui.core.model.entry import Entry
from seedance_tui.core.model.watched import Watched
from seedance_tui.core.settings.choices import Grouping
from seedance_tui.ui.drawing import group_head
from seedance_tui.ui.widgets import grouped_rows, task_list
from tests.ui.conftest import DONE, FAIL, IDS, OPEN, Monitor, Start, text_of


async def tag(monitor: Monitor, **tags: str) -> None:
    """Give the tasks tags as a hand would; `done="rain"`."""
    ids = {"done": DONE, "open": OPEN, "fail": FAIL}
    for name, text in tags.items():
        watched = monitor.entry(ids[name]).watched
        from seedance_tui.core.watchlist.changes import Change, Step

        after = replace(watched, tags=tuple(text.split()))
        await monitor.session.editor.change(Change((Step(0, watched, after),)))
    monitor.screen.publish()
    await monitor.settled()


async def by_tag(monitor: Monitor) -> None:
    await tag(monitor, done="rain ep1", fail="rain")
    await monitor.press("number_sign", "t")


async def test_groups_have_heads_with_their_sums_and_the_cursor_begins_on_a_task(
    start: Start,
) -> None:
    async with start(size=(120, 30)) as monitor:
        await by_tag(monitor)
        lines = monitor.lines("#list")
        assert "#rain  2" in lines[0]
        assert "1 done" in lines[0]
        assert "1 not saved" in lines[0]
        assert "1 failed" in lines[0]
        assert "245k tokens" in lines[0]
        assert "No tag  1" in lines[3]
        assert "1 running" in lines[3]
        assert "take 3" in lines[1]
        assert monitor.list.cursor == DONE
        assert monitor.list.number == 1
        await monitor.resize(200, 30)
        assert "1 of 3" in monitor.text("#keys")


async def test_on_a_head_the_detail_says_all_of_the_group(start: Start) -> None:
    async with start() as monitor:
        await by_tag(monitor)
        for size in ((80, 24), (120, 40)):
            await monitor.resize(*size)
            await monitor.press("home")
            assert monitor.list.cursor == (Grouping.TAG, "rain"), size
            said = monitor.text("#detail")
            assert "#rain" in said
            assert "2 tasks" in said
            assert "1 done" in said
            assert "1 failed: 1 copyright" in said
            assert "next link expires in 23h" in said
            assert "245k tokens" in said
            await monitor.press("j")
            assert "fruit tea, take 3" in monitor.text("#detail")
            await monitor.press("G", "k")
            assert "No tag" in monitor.text("#detail")
            assert "1 running" in monitor.text("#detail")


async def test_a_group_is_folded_and_unfolded_from_its_head_from_within_and_with_all_others(
    start: Start,
) -> None:
    async with start(painted=True) as monitor:
        await by_tag(monitor)
        await monitor.press("up", "enter")
        assert len(monitor.lines("#list")) == 3
        assert "▸" in monitor.lines("#list")[0]
        await monitor.press("enter")
        assert len(monitor.lines("#list")) == 5
        assert monitor.screen.focused is monitor.list
        await monitor.press("down", "down", "left")
        assert monitor.list.cursor == (Grouping.TAG, "rain")
        assert len(monitor.lines("#list")) == 3
        await monitor.press("right")
        assert len(monitor.lines("#list")) == 5
        for shown in (2, 5):
            await monitor.press("shift+left")
            assert len(monitor.lines("#list")) == shown, "all of them"
        for shown in (3, 5):
            await monitor.pilot.click("#list", offset=(8, 0))
            await monitor.settled()
            assert len(monitor.lines("#list")) == shown, "by a click"


async def test_space_on_a_head_marks_its_tasks_also_folded_ones_and_no_verb_acts_on_it(
    start: Start,
) -> None:
    async with start() as monitor:
        await by_tag(monitor)
        await monitor.press("left", " ")
        assert set(monitor.list.marked) == {DONE, FAIL}
        assert "2 marked" in monitor.lines("#list")[0]
        assert "2 marked" in monitor.text("#keys")
        await monitor.press(" ")
        assert not monitor.list.marks
        await monitor.press("x")
        assert len(monitor.list.entries) == 3
        assert "press space to mark" in monitor.notice


async def test_a_range_of_marks_goes_over_heads(start: Start) -> None:
    async with start() as monitor:
        await by_tag(monitor)
        await monitor.press("down", "shift+down", "shift+down")
        assert set(monitor.list.marked) == {FAIL, OPEN}
        await monitor.press("shift+up")
        assert set(monitor.list.marked) == {FAIL}


async def test_n_finds_an_unseen_task_in_a_folded_group(start: Start) -> None:
    async with start() as monitor:
        await by_tag(monitor)
        await monitor.press("G", "shift+left")
        monitor.screen.unseen = frozenset({FAIL})
        await monitor.press("n")
        assert monitor.list.cursor == FAIL
        assert "抚仙湖" in monitor.row(FAIL) or "抚仙湖" in monitor.text("#list")


async def test_the_filter_and_the_order_work_within_groups(start: Start) -> None:
    async with start() as monitor:
        await by_tag(monitor)
        await monitor.press("s", "s", "S")
        assert [entry.id for entry in monitor.list.entries] == [FAIL, DONE, OPEN]
        await monitor.press("slash", *"fruit", "enter")
        assert len(monitor.lines("#list")) == 2
        await monitor.press("escape")
        assert len(monitor.lines("#list")) == 5


async def test_the_grouping_is_kept_for_the_next_time_and_can_be_left(start: Start) -> None:
    async with start() as monitor:
        await by_tag(monitor)
        assert monitor.session.choices.group == "tag"
    async with start(watched=False) as again:
        await again.until(lambda: again.list.entries)
        await again.settled()
        assert "#rain" in again.lines("#list")[0]
        await again.press("number_sign", "n")
        assert [again.list.entries[row].id for row in range(3)] == list(IDS)
        assert len(again.lines("#list")) == 3


async def test_statuses_in_the_order_of_a_tasks_life_days_and_models_are_heads_too(
    start: Start,
) -> None:
    async with start() as monitor:
        await monitor.press("number_sign", "s")
        heads = [line.strip("▌│ ▾") for line in monitor.lines("#list")[::2]]
        assert [head.split("  ")[0] for head in heads] == ["Running", "Done", "Failed"]
        await monitor.press("number_sign", "d")
        assert "today  3" in monitor.lines("#list")[0]
        await monitor.press("number_sign", "m")
        assert "seedance" in monitor.lines("#list")[0]


async def test_no_head_is_wider_than_the_list(start: Start) -> None:
    async with start() as monitor:
        await by_tag(monitor)
        await monitor.press("g", "space")
        for width, height in ((40, 12), (60, 20), (80, 24), (120, 40)):
            await monitor.resize(width, height)
            for y in (0, 3):
                head = text_of(monitor.list.line(y))
                assert cell_len(head) <= monitor.list.line_width, width
                assert "rain" in head or "No tag" in head, width


async def test_a_task_added_under_a_folded_head_is_shown(start: Start) -> None:
    async with start() as monitor:
        await monitor.press("number_sign", "t", "shift+left")
        assert len(monitor.lines("#list")) == 1
        await monitor.press("a", *"asyntask_newNEWnewNEWnewNEWnewNEWnewN0009", "enter")
        await monitor.until(lambda: len(monitor.list.entries) == 4)
        assert monitor.list.cursor == "asyntask_newNEWnewNEWnewNEWnewNEWnewN0009"
        assert len(monitor.lines("#list")) == 5


async def test_a_key_in_ten_thousand_grouped_tasks_draws_lines_and_no_more(
    start: Start, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with start() as monitor:
        made = {
            f"asyntask_{n:032d}": Watched(
                f"asyntask_{n:032d}", datetime(2026, 7, 21, tzinfo=UTC), tags=(f"ep{n % 40}",)
            )
            for n in range(10_000)
        }
        rows, groups = grouped([Entry(one) for one in made.values()], Grouping.TAG, 0.0)
        # What the board has would take the place of these rows, also where it waits already.
        monkeypatch.setattr(type(monitor.screen.publisher), "_show", lambda *_: None)
        monitor.list.groups, monitor.list.entries = groups, rows
        monitor.list.marks = frozenset(made)
        await monitor.settled()
        work = dict.fromkeys(("drawn", "heads", "laid_out"), 0)

        def counted(name: str, target: str, module: ModuleType) -> None:
            before = getattr(module, target)

            def counting(*given: Any, **named: Any) -> Any:
                work[name] += 1
                return before(*given, **named)

            monkeypatch.setattr(module, target, counting)

        counted("drawn", "row", task_list)
        counted("heads", "group_head", group_head)
        counted("laid_out", "parted", grouped_rows)
        await monitor.press("down", "down", "pagedown")
        height = monitor.list.size.height
        assert work["laid_out"] == 0
        assert work["drawn"] <= 12 * height
        assert work["heads"] <= 12 * height
        await monitor.press("left")
        assert work["laid_out"] == 1
