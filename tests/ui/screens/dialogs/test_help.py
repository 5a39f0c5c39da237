"""Help: what each key does and each sign means, found by typing."""

from __future__ import annotations

from seedance_tui.ui.screens.dialogs.help import HelpLines, HelpScreen
from tests.ui.conftest import Monitor, Start, text_of


def shown(monitor: Monitor) -> str:
    lines = monitor.app.screen.query_one(HelpLines)
    return "\n".join(text_of(lines.line(y)).rstrip() for y in range(lines.virtual_size.height))


async def test_help_explains_every_sign_never_scrolls_sideways_and_cuts_no_words(
    start: Start,
) -> None:
    async with start((80, 24)) as monitor:
        await monitor.press("question_mark")
        head = [str(monitor.app.screen.query_one(name).render()) for name in ("#title", "#close")]
        assert head == ["Help", "esc: close"]
        begins = {line.split("  ")[0] for line in shown(monitor).splitlines()}
        assert set("·◌○◐●✕⊘?▌✓•–") <= begins
        assert {"!! 9m", "! 2h10m", "~23h", "~over", "23h", "stale", "not found"} <= begins
        lines = monitor.app.screen.query_one(HelpLines)
        for size in ((80, 24), (120, 40), (40, 12), (200, 50)):
            await monitor.resize(*size)
            assert not lines.show_horizontal_scrollbar, size
            assert "…" not in shown(monitor).replace("full text", ""), size
            assert all(len(line) <= lines.line_width for line in shown(monitor).splitlines()), size


async def test_typing_filters_and_escape_shows_all_again_and_then_closes(start: Start) -> None:
    async with start((80, 24)) as monitor:
        await monitor.press("question_mark")
        everything = shown(monitor)
        await monitor.press(*"removed")
        rows = shown(monitor).splitlines()
        assert 1 < len(rows) < 12
        assert any("Show removed tasks" in row for row in rows)
        assert not any("Quit" in row for row in rows)
        await monitor.press("escape")
        assert shown(monitor) == everything
        await monitor.press("escape")
        assert monitor.on_top
        await monitor.press("question_mark", "slash", *"queue")
        assert isinstance(monitor.app.screen, HelpScreen), "q is none of its keys after a slash"
        assert "Show the download queue" in shown(monitor)
        await monitor.press("escape", *"xyzzy")
        assert shown(monitor).strip() == "No matches found"
        await monitor.press("escape", "q")
        assert monitor.on_top
