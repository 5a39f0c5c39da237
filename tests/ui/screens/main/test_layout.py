"""Where the panes are, on each side of the sizes that the README names."""

from tests.test_readme_numbers import N, number, numbers
from tests.ui.conftest import Monitor, Start

WIDE = int(number("below ", N, " columns"))
NARROW, LOW = map(int, numbers("below ", N, " columns or ", N, " lines"))

SIZES = [
    ((WIDE, LOW), "beside"),
    ((WIDE, LOW - 1), "beside"),
    ((WIDE - 1, LOW), "below"),
    ((NARROW, LOW), "below"),
    ((NARROW - 1, LOW), "not shown"),
    ((NARROW, LOW - 1), "not shown"),
    ((WIDE - 1, LOW - 1), "not shown"),
]


def place_of_detail(monitor: Monitor) -> str:
    """Where the detail pane is, as seen from the list."""
    detail = monitor.screen.query_one("#detail")
    if not detail.display:
        return "not shown"
    return "beside" if detail.region.x >= monitor.list.region.right else "below"


async def test_the_panes_are_beside_each_other_stacked_or_one_at_a_time(start: Start) -> None:
    async with start(size=(NARROW, LOW - 1)) as monitor:
        assert place_of_detail(monitor) == "not shown"
        for size, place in SIZES:
            await monitor.resize(*size)
            await monitor.until(lambda: place_of_detail(monitor) == place)  # noqa: B023
            assert monitor.list.display, size
