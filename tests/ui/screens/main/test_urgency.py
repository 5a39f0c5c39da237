"""A link that dies soon: to the second the same in the list, the detail, the status, the notice."""

import pytest

from seedance_tui.api.client import Client
from seedance_tui.api.links import Kind, link_of
from seedance_tui.core.config import Config
from seedance_tui.demo import ManualClock
from seedance_tui.ui.drawing.spans import Span
from seedance_tui.ui.widgets.lines import Lines
from tests.ui.conftest import DONE, Monitor, Start

HOUR = 3600


@pytest.fixture
async def deadline(config: Config, clock: ManualClock) -> float:
    """When the link of the finished task dies, in Unix seconds."""
    async with Client(config.base_url, config.key, clock=clock) as client:
        link = link_of(await client.task(DONE), Kind.RESULT)
    assert link
    assert link.deadline
    return link.deadline


def spans(monitor: Monitor, region: str) -> list[Span]:
    """What a region shows, piece by piece with its role."""
    widget = monitor.screen.query_one(region, Lines)
    return [span for y in range(widget.virtual_size.height) for span in widget.line(y)]


def role(monitor: Monitor, region: str, words: str) -> str | None:
    """The role of the piece that ends in the words; None while there is none."""
    roles = [role for text, role in spans(monitor, region) if text.rstrip().endswith(words)]
    return roles[0] if roles else None


BORDERS = [
    # seconds left, what the list and the detail say of them, the role of both
    (6 * HOUR + 1, "6h", "6h 00m", "dim"),
    (6 * HOUR, "6h", "6h 00m", "dim"),
    (6 * HOUR - 1, "! 5h59m", "5h 59m", "warn"),
    (HOUR + 1, "! 1h00m", "1h 00m", "warn"),
    (HOUR, "! 1h00m", "1h 00m", "warn"),
    (HOUR - 1, "!! 59m", "59m 59s", "bad"),
]


async def test_the_list_the_detail_and_the_status_line_warn_at_six_hours_and_at_one(
    start: Start, clock: ManualClock, deadline: float
) -> None:
    async with start(size=(172, 40)) as monitor:
        for left, listed, detailed, looks in BORDERS:
            clock.now = deadline - left
            monitor.screen.now = clock()
            await monitor.settled()
            assert role(monitor, "#list", listed) == looks, left
            assert monitor.row(DONE).endswith(f" {listed}"), left
            assert role(monitor, "#detail", detailed) == looks, left
            (seen,) = [role for text, role in spans(monitor, "#status") if "expires in" in text]
            assert seen == ("normal" if looks == "dim" else looks), left


@pytest.mark.usefixtures("hurry")
@pytest.mark.parametrize(
    ("left", "looks"),
    [(6 * HOUR, "warn"), (HOUR + 1, "warn"), (HOUR, "bad"), (600, "bad")],
)
async def test_the_notice_alarms_at_one_hour(
    start: Start, clock: ManualClock, deadline: float, left: int, looks: str
) -> None:
    clock.now = deadline - left
    async with start(size=(172, 40)) as monitor:
        await monitor.says("expires in")
        assert spans(monitor, "#notice")[0][1] == looks
