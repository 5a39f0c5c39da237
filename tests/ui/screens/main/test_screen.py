"""What stands on the screen."""

from dataclasses import replace
from functools import partial
from itertools import product

from textual.binding import Binding
from textual.command import CommandList

from seedance_tui.core.config import Config
from seedance_tui.demo import EVERY, Demo
from seedance_tui.demo.faults import EmptyBody
from seedance_tui.ui.screens.dialogs.help import HelpLines
from seedance_tui.ui.widgets.lines import Lines
from tests.ui.conftest import Start

DONE = "asyntask_doneDONEdoneDONEdoneDONEdone0001"
OPEN = "asyntask_openOPENopenOPENopenOPENopen0002"
FAIL = "asyntask_failFAILfailFAILfailFAILfail0003"

LABELS = (
    *("Task ID", "Action", "Status", "Progress", "Result URL", "Original URL", "Fail reason"),
    *("Submitted", "Started", "Finished", "Request ID", "Code", "Message", "Video URL"),
    *("Last frame URL", "Error code", "Error message", "Upstream ID", "Model"),
    *("Upstream status", "Ratio", "FPS", "Seed", "Duration", "Frames", "Resolution"),
    *("Super resolution", "Audio", "Draft", "Service tier", "Created", "Updated"),
    *("Completion tokens", "Total tokens", "Super-resolution tokens"),
)


async def test_the_first_line_sums_up_and_a_row_tells_label_status_progress_age_and_time_left(
    start: Start,
) -> None:
    async with start() as monitor:
        line = monitor.lines("#status")[0]
        assert "3 tasks" in line
        assert "1 running" in line
        assert "1 not saved" in line
        assert "next link expires in 23h" in line
        row = monitor.row(DONE)
        assert "fruit tea, take 3" in row
        assert "● Done" in row
        assert "2k 16:9 5s" in row
        assert "6m" in row
        assert "23h" in row
        assert "◐ Running" in monitor.row(OPEN)
        assert "30%" in monitor.row(OPEN)
        assert "✕ Failed" in monitor.row(FAIL)


async def test_the_detail_shows_every_field_with_its_label_as_people_read_it(
    start: Start,
) -> None:
    async with start() as monitor:
        text = monitor.text("#detail")
        for label in LABELS:
            assert f" {label} " in text, f"{label}, also where nothing was sent"
        for value in ("245,025", "5 s", "SUCCESS", "4304"):
            assert value in text
        assert "UTC" not in text
        await monitor.press("t")
        assert "02:06:40 UTC" in monitor.text("#detail")
        await monitor.press("t")
        assert "UTC" not in monitor.text("#detail")
        await monitor.press("G")
        text = monitor.text("#detail")
        assert "✕ Failed after" in text
        assert "OutputVideoSensitiveContentDetected.PolicyViolation" in text
        assert "refund" not in text.lower()


async def test_no_line_is_wider_than_its_region(start: Start) -> None:
    sizes = [(40, 12), (80, 24), (120, 40), (200, 50)]
    regions = ("#status", "#list", "#detail", "#notice", "#keys")
    async with start() as monitor:
        for size, selector in product(sizes, regions):
            if monitor.app.size != size:
                await monitor.resize(*size)
            widget = monitor.screen.query_one(selector, Lines)
            if not widget.display:
                continue
            width = widget.size.width
            for y in range(widget.virtual_size.height):
                cells = sum(_cells(text) for text, role in widget.line(y))
                assert cells <= width, (size, selector, y, monitor.lines(selector)[y])


def _cells(text: str) -> int:
    from rich.cells import cell_len

    return cell_len(text)


async def test_m_shows_the_answer_as_json_then_how_long_it_queued_and_ran_then_the_fields(
    start: Start,
) -> None:
    async with start() as monitor:
        await monitor.press("m")
        flat = monitor.text("#detail").replace("\n", "").replace(" ", "")
        assert '"task_id":"' + DONE in flat
        assert "X-Tos-Signature" in flat, "the whole link"
        await monitor.press("m")
        await monitor.until(lambda: "● Done" in monitor.text("#detail"))
        text = monitor.text("#detail")
        assert "Queue" in text
        assert "Generation" in text
        assert "5m 00s" in text
        await monitor.press("m")
        assert "Ratio" in monitor.text("#detail")


async def test_an_empty_list_says_what_to_do(start: Start) -> None:
    async with start(watched=False) as monitor:
        await monitor.until(lambda: "press a" in monitor.text("#list"))


async def test_without_a_key_it_says_where_to_put_one(start: Start, config: Config) -> None:
    async with start(settings=replace(config, key=None), watched=False) as monitor:
        await monitor.until(lambda: "ANYFAST_API_KEY" in monitor.text("#list"))
        await monitor.until(lambda: "ANYFAST_API_KEY" in monitor.text("#status"))


async def test_a_refused_key_is_said_once_and_nothing_more_is_asked(
    start: Start, demo: Demo
) -> None:
    demo.gateway.accept_key("another")
    async with start(answered=False) as monitor:
        await monitor.until(lambda: "API key rejected" in monitor.text("#status"))
        assert "stale" not in monitor.text("#list")
        asked = len(demo.gateway.requests)
        assert asked <= 3
        demo.gateway.accept_key(demo.key)
        await monitor.press("R")
        await monitor.until(lambda: "● Done" in monitor.text("#list"))
        assert "rejected" not in monitor.text("#status")


async def test_an_unknown_id_is_kept_and_marked_not_found(start: Start) -> None:
    async with start(watched=False, ids=("asyntask_nowhere",)) as monitor:
        await monitor.until(lambda: "? not found " in monitor.text("#list"))
        await monitor.until(lambda: " ? not found" in monitor.lines("#detail"))
        assert "—" not in monitor.row("asyntask_nowhere")


async def test_without_any_response_the_mark_stands_alone_too(start: Start, demo: Demo) -> None:
    demo.gateway.faults.push(EVERY, EmptyBody(), times=None)
    async with start(answered=False) as monitor:
        await monitor.until(lambda: "· stale " in monitor.text("#list"))


async def test_p_hides_the_detail_pane_z_zooms_the_one_in_use_and_tiny_shows_one_at_a_time(
    start: Start,
) -> None:
    async with start() as monitor:
        left, detail = monitor.screen.query_one("#left"), monitor.screen.query_one("#detail")

        def shown() -> tuple[bool, bool]:
            return left.display, detail.display

        assert shown() == (True, True)
        await monitor.press("p")
        assert shown() == (True, False)
        await monitor.press("p", "z")
        assert shown() == (True, False)
        await monitor.press("z", "tab", "z")
        assert shown() == (False, True)
        await monitor.press("z", "tab")
        assert shown() == (True, True)
        await monitor.resize(40, 12)
        assert shown() == (True, False)
        await monitor.press("enter")
        assert shown() == (False, True)
        await monitor.press("escape")
        assert shown() == (True, False)


async def test_the_views_show_their_tasks_and_the_cursor_stays_on_its_own(start: Start) -> None:
    async with start() as monitor:
        for key, ids in {
            "2": [OPEN],
            "3": [DONE],
            "4": [FAIL],
            "5": [],
            "1": [DONE, OPEN, FAIL],
        }.items():
            await monitor.press(key)
            await monitor.until(
                partial(lambda some: [e.id for e in monitor.list.entries] == some, ids)
            )
        await monitor.press("g", "j")
        assert monitor.list.cursor == OPEN
        await monitor.press("k", "x")
        await monitor.until(lambda: len(monitor.list.entries) == 2)
        assert monitor.list.cursor == OPEN, "a row above it has gone"
        await monitor.press("u")
        await monitor.until(lambda: monitor.list.cursor == DONE)
        assert len(monitor.list.entries) == 3


async def test_help_names_every_key_with_an_id_and_the_palette_runs_an_action_by_its_name(
    start: Start,
) -> None:
    async with start() as monitor:
        await monitor.press("question_mark")
        help_lines = monitor.app.screen.query_one(HelpLines)
        text = "\n".join(
            "".join(t for t, r in help_lines.line(y)) for y in range(help_lines.virtual_size.height)
        )
        for binding in monitor.screen.BINDINGS:
            assert isinstance(binding, Binding)
            assert binding.tooltip[:30] in text
        await monitor.press("escape")
        assert monitor.on_top
        await monitor.press("colon")
        await monitor.until(lambda: not monitor.on_top)
        await monitor.press(*"local time")
        await monitor.until(lambda: monitor.app.screen.query_one(CommandList).option_count)
        await monitor.press("enter")
        await monitor.until(lambda: "Showing UTC" in monitor.notice)


async def test_a_click_beside_the_panes_leaves_the_keys_with_the_list(start: Start) -> None:
    async with start() as monitor:
        for region in ("#status", "#tabs", "#heads", "#notice", "#keys"):
            last = monitor.screen.query_one(region).size.width - 1
            await monitor.pilot.click(region, offset=(last, 0))
            await monitor.settled()
            assert monitor.list.has_focus, region
