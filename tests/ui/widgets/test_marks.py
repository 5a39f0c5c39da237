"""Marks: their count is always said, and a range grows and shrinks."""

from rich.cells import cell_len

from tests.ui.conftest import DONE, FAIL, OPEN, Start

SIZES = [(40, 12), (52, 14), (80, 24), (120, 40), (200, 50)]


async def test_the_count_of_marks_is_said_at_every_size_hidden_ones_too(start: Start) -> None:
    async with start() as monitor:
        assert "marked" not in monitor.text("#keys")
        await monitor.press("ctrl+a")
        for width, height in SIZES:
            await monitor.resize(width, height)
            assert monitor.text("#keys").endswith("✓ 3 marked"), width
            assert cell_len(monitor.text("#keys")) <= width, "none of it is cut off"
            assert "? Help" in monitor.text("#keys"), width
            await monitor.press("enter")
            assert "✓ 3 marked" in monitor.text("#keys"), f"in the detail pane as well: {width}"
            await monitor.press("tab")
        await monitor.press("slash", *"fruit", "enter")
        for size in SIZES:
            await monitor.resize(*size)
            assert "3 marked" in monitor.text("#keys"), f"the filter hides two of them: {size}"


async def test_shift_and_arrows_make_a_range_that_grows_and_shrinks(start: Start) -> None:
    async with start() as monitor:
        await monitor.press("shift+down", "shift+down")
        assert monitor.list.marks == {DONE, OPEN, FAIL}
        await monitor.press("shift+up")
        assert monitor.list.marks == {DONE, OPEN}
        assert monitor.list.cursor == OPEN
        await monitor.press("shift+up")
        assert monitor.list.marks == {DONE}
        await monitor.press("escape", "g", "shift+down", "j", "shift+up")
        assert monitor.list.marks == {DONE, OPEN, FAIL}, "a move between begins another range"
        await monitor.press("shift+up")
        assert monitor.list.cursor == DONE


async def test_a_range_goes_over_its_beginning_and_keeps_the_marks_from_before(
    start: Start,
) -> None:
    async with start() as monitor:
        await monitor.press("space", "shift+down", "shift+up", "shift+up")
        assert monitor.list.cursor == DONE
        assert monitor.list.marks == {DONE, OPEN}
        await monitor.press("shift+down", "shift+down")
        assert monitor.list.marks == {DONE, OPEN, FAIL}


async def test_a_verb_on_several_says_on_how_many(start: Start) -> None:
    async with start() as monitor:
        await monitor.press("ctrl+a", "r")
        said = [notice.full for notice in monitor.screen.said.newest_first]
        assert "Refreshing 3 tasks…" in said
        await monitor.press("x")
        await monitor.says("3 tasks removed")
        assert "u: undo" in monitor.notice
