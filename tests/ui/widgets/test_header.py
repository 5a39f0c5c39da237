"""The first line: what is wrong, how much of it, and always what expires first."""

from dataclasses import replace

from rich.cells import cell_len

from seedance_tui.api import errors
from seedance_tui.core.listing.views import Summary
from seedance_tui.core.model.outcomes import Problem
from seedance_tui.ui.widgets.status_line import StatusLine
from tests.ui.conftest import Monitor, Start

NOW = 1_000_000.0
DEADLINE = NOW + 2 * 3600 + 610
SICK = Summary(
    total=200,
    running=150,
    to_save=44,
    next_deadline=DEADLINE,
    unanswered=2,
    lost=3,
    views=(200, 150, 44, 6, 2),
)
WIDTHS = [(40, 12), (60, 20), (80, 24), (120, 40)]


async def header(monitor: Monitor, summary: Summary, trouble: Problem | None = None) -> str:
    """What the line says of a summary."""
    line = monitor.screen.query_one(StatusLine)
    line.now, line.summary, line.trouble, line.trouble_since = NOW, summary, trouble, NOW - 60
    line.lost = (summary.lost, NOW - 3600) if summary.lost else None
    await monitor.settled()
    return monitor.text("#status")


async def test_what_expires_first_is_never_pushed_out(start: Start) -> None:
    async with start(watched=False) as monitor:
        for width, height in WIDTHS:
            await monitor.resize(width, height)
            for kind in (None, errors.ServerFault, errors.TimedOut, errors.Unreachable):
                said = await header(monitor, SICK, Problem(kind) if kind else None)
                assert "2h10m" in said, (width, kind)
                assert cell_len(said) <= width, f"none of it is cut off: {width}, {kind}"
                assert "200 tasks" in said, (width, kind)


async def test_a_few_sick_tasks_are_no_fault_of_the_gateway(start: Start) -> None:
    all_sick = replace(SICK, unanswered=150)
    async with start(size=(120, 40), watched=False) as monitor:
        for kind in (errors.ServerFault, errors.TimedOut, errors.BadAnswer):
            for summary in (SICK, replace(SICK, views=(200, 2, 44, 154, 2))):
                said = await header(monitor, summary, Problem(kind))
                assert "2 unanswered" in said, kind
                assert "ateway" not in said, kind
                assert "no response" not in said, kind
            said = await header(monitor, all_sick, Problem(kind))
            assert "unanswered" not in said, kind
            assert "ateway" in said or "nvalid response" in said, kind


async def test_what_is_not_found_is_said_though_it_counts_as_active(start: Start) -> None:
    wrong = ("asyntask_wrongWRONGwrongWRONGwrong0009",)
    async with start(size=(80, 24), ids=wrong, answered=False) as monitor:
        await monitor.until(lambda: "1 not found" in monitor.text("#status"))
        await monitor.press("2")
        assert "2 Active 2" in monitor.text("#tabs")
        assert len(monitor.list.entries) == 2


async def test_what_needs_the_user_is_worth_more_than_words_and_than_what_runs(
    start: Start,
) -> None:
    async with start(size=(80, 24), watched=False) as monitor:
        few = replace(SICK, lost=0, unanswered=0)
        assert "next link expires in 2h10m" in await header(monitor, few)
        some = await header(monitor, replace(few, not_found=3))
        assert "150 running · 44 not saved · 3 not found" in some
        many = await header(monitor, replace(SICK, not_found=3))
        assert "44 not saved · 3 lost · 3 not found" in many
        assert "running" not in many
        assert all("2h10m" in said for said in (some, many))


async def test_no_network_and_a_refused_key_are_said_where_there_is_little_room_too(
    start: Start,
) -> None:
    async with start(size=(80, 24), watched=False) as monitor:
        unreachable = Problem(errors.Unreachable)
        assert "cannot reach the gateway" in await header(monitor, SICK, unreachable)
        await monitor.resize(40, 12)
        assert "no network" in await header(monitor, SICK, unreachable)
        for width, height in WIDTHS[1:]:
            await monitor.resize(width, height)
            said = await header(monitor, SICK, Problem(errors.KeyRefused, "no such token"))
            assert "since " in said, width
            assert "no such token" in " ".join(said.split()), "what the server said"
            assert "not polling" not in said, width
