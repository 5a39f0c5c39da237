"""Marks: their count is always said, and a range grows and shrinks."""

import pytest
from rich.cells import cell_len

from tests.ui.conftest import DONE, FAIL, OPEN, Start

SIZES = [(40, 12), (52, 14), (80, 24), (120, 40), (200, 50)]


@pytest.mark.parametrize("size", SIZES)
async def test_the_count_of_marks_is_said_at_every_size(
    start: Start, size: tuple[int, int]
) -> None:
    async with start(size=size) as monitor:
        assert "marked" not in monitor.text("#keys")
        await monitor.press("ctrl+a")
        assert monitor.text("#keys").endswith("✓ 3 marked")
        assert cell_len(monitor.text("#keys")) <= size[0], "none of it is cut off"
        assert "? Help" in monitor.text("#keys")
        await monitor.press("enter")
        assert "✓ 3 marked" in monitor.text("#keys"), "in the detail pane as well"


@pytest.mark.parametrize("size", SIZES)
async def test_marks_that_the_filter_hides_are_counted_too(
    start: Start, size: tuple[int, int]
) -> None:
    async with start(size=size) as monitor:
        await monitor.press("ctrl+a", "slash", *"fruit", "enter")
        assert "3 marked" in monitor.text("#keys")


async def test_shift_and_arrows_make_a_range_that_grows_and_shrinks(start: Start) -> None:
    async with start() as monitor:
        await monitor.press("shift+down", "shift+down")
        assert monitor.list.marks == {DONE, OPEN, FAIL}
        await monitor.press("shift+up")
        assert monitor.list.marks == {DONE, OPEN}
        assert monitor.list.cursor == OPEN
        await monitor.press("shift+up")
        assert monitor.list.marks == {DONE}


async def test_a_range_goes_over_its_beginning_and_keeps_the_marks_from_before(
    start: Start,
) -> None:
    async with start() as monitor:
        await monitor.press("space", "shift+down", "shift+up", "shift+up")
        assert monitor.list.cursor == DONE
        assert monitor.list.marks == {DONE, OPEN}
        await monitor.press("shift+down", "shift+down")
        assert monitor.list.marks == {DONE, OPEN, FAIL}


async def test_a_move_between_begins_another_range(start: Start) -> None:
    async with start() as monitor:
        await monitor.press("shift+down", "j", "shift+up")
        assert monitor.list.marks == {DONE, OPEN, FAIL}
        await monitor.press("shift+up")
        assert monitor.list.cursor == DONE


async def test_a_verb_on_several_says_on_how_many(start: Start) -> None:
    async with start() as monitor:
        await monitor.press("ctrl+a", "r")
        said = [notice.full for notice in monitor.screen.said.newest_first]
        assert "Refreshing 3 tasks…" in said
        await monitor.press("x")
        await monitor.says("3 tasks removed")
        assert "u: undo" in monitor.notice
