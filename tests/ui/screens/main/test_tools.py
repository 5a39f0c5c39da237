"""Tools of the user's own: on their keys, over the marks, in footer, help and palette."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import replace
from pathlib import Path

import pytest

from seedance_tui.core.config import Config
from seedance_tui.core.hooks.tool_settings import Output, RunMode, Tool
from seedance_tui.core.settings.screen import ScreenSettings
from seedance_tui.ui.app import SeedanceApp
from seedance_tui.ui.screens.dialogs.help import HelpLines
from seedance_tui.ui.screens.menus.confirm import ConfirmScreen
from seedance_tui.ui.screens.panes.tool_output import OutputLines, ToolOutputScreen
from seedance_tui.ui.widgets.filter_line import FilterLine
from tests.ui.conftest import DONE, IDS, OPEN, Start, text_of


def writes(path: Path) -> tuple[str, ...]:
    """A command that appends its arguments to a file, and prints the last one."""
    code = (
        f"import sys; open({str(path)!r}, 'a').write(' '.join(sys.argv[1:]) + '\\n'); "
        "print(sys.argv[-1])"
    )
    return sys.executable, "-c", code


def with_tools(config: Config, *tools: Tool) -> Config:
    return replace(config, tools=tools)


def lines(path: Path) -> Sequence[str]:
    return path.read_text(encoding="utf-8").splitlines() if path.exists() else []


async def test_a_key_runs_it_for_the_task_under_the_cursor_or_each_marked_one_or_all_at_once(
    start: Start, config: Config, tmp_path: Path
) -> None:
    one, each, all_of_them = (tmp_path / name for name in ("one", "each", "all"))
    tools = with_tools(
        config,
        Tool("f5", "Write", (*writes(one), "{id}", "{label}")),
        Tool("f6", "Each", (*writes(each), "{id}")),
        Tool("f7", "All", (*writes(all_of_them), "{id}"), run=RunMode.ALL),
    )
    async with start(settings=tools) as monitor:
        await monitor.press("f5")
        await monitor.says("Write: fruit tea, take 3")
        assert lines(one) == [f"{DONE} fruit tea, take 3"]
        await monitor.press("ctrl+a", "f6")
        await monitor.says("3 done")
        assert lines(each) == list(IDS)
        await monitor.press("f7")
        await monitor.until(lambda: lines(all_of_them))
        assert lines(all_of_them) == [" ".join(IDS)]


async def test_it_asks_first_where_it_is_to_and_a_task_that_it_cannot_run_for_is_named(
    start: Start, config: Config, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    tools = with_tools(
        config,
        Tool("f5", "Write", (*writes(out), "{id}"), confirm=True),
        Tool("f6", "Play", (*writes(out), "{path}")),
    )
    async with start(settings=tools) as monitor:
        await monitor.press("ctrl+a", "f6")
        await monitor.says("fruit tea, take 3: has no path")
        assert "2 more" in monitor.notice
        assert not lines(out)
        await monitor.press("f5")
        assert isinstance(monitor.app.screen, ConfirmScreen)
        assert "Write on 3 tasks" in monitor.app.screen._title
        await monitor.press("enter")
        assert monitor.on_top
        assert not lines(out)
        await monitor.press("f5", "y")
        await monitor.says("3 done")


async def test_a_failure_stays_until_it_was_seen(start: Start, config: Config) -> None:
    code = "import sys; print('it broke'); sys.exit(4)"
    tool = Tool("f5", "Break", (sys.executable, "-c", code))
    async with start(settings=with_tools(config, tool)) as monitor:
        await monitor.press("f5")
        await monitor.says("Break: exit status 4 (it broke)")
        assert monitor.screen.said.unseen


async def test_a_pane_shows_all_that_it_printed(start: Start, config: Config) -> None:
    code = "for n in range(30): print('line', n, '\\x1b[31m')"
    tool = Tool("f5", "List", (sys.executable, "-c", code), output=Output.PANE)
    async with start(settings=with_tools(config, tool)) as monitor:
        await monitor.press("f5")
        await monitor.until(lambda: isinstance(monitor.app.screen, ToolOutputScreen))
        await monitor.settled()
        shown = monitor.app.screen.query_one(OutputLines)
        assert "line 0" in text_of(shown.line(0))
        assert "\x1b" not in text_of(shown.line(0))
        await monitor.press("G", "y")
        assert "line 29" in monitor.copied[0]
        assert shown.scroll_offset.y > 0
        await monitor.press("escape")
        assert monitor.on_top


async def test_it_can_have_the_terminal(
    start: Start, config: Config, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    given = []

    @contextmanager
    def suspend(app: SeedanceApp) -> Iterator[None]:
        given.append("away")
        yield
        given.append("back")

    tool = Tool("f5", "Edit", (*writes(tmp_path / "out"), "{id}"), output=Output.SUSPEND)
    async with start(settings=with_tools(config, tool)) as monitor:
        await monitor.press("f5")
        await monitor.says("cannot be given")
        monkeypatch.setattr(SeedanceApp, "suspend", suspend)
        await monitor.press("f5")
        assert given == ["away", "back"]
        assert lines(tmp_path / "out") == [DONE]


@pytest.mark.skipif(sys.platform == "win32", reason="there is no such signal")
async def test_ctrl_c_where_it_has_the_terminal_does_not_end_the_monitor(
    start: Start, config: Config, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(SeedanceApp, "suspend", lambda app: nullcontext())
    tool = Tool("f5", "Edit", ("sh", "-c", "kill -INT $PPID"), output=Output.SUSPEND)
    async with start(settings=with_tools(config, tool)) as monitor:
        await monitor.press("f5")
        await monitor.says("Edit: ")


async def test_it_stands_in_footer_help_and_palette(start: Start, config: Config) -> None:
    tool = Tool("f5", "Send to Anna", ("true",))
    async with start(size=(160, 40), settings=with_tools(config, tool)) as monitor:
        assert "f5 Send to Anna" in monitor.text("#keys")
        names = {a.binding.id: a.binding.tooltip for a in monitor.screen.active_bindings.values()}
        assert names["tool.1"] == "Send to Anna"
        await monitor.press("question_mark")
        page = monitor.app.screen.query_one(HelpLines)
        text = "\n".join(text_of(page.line(y)) for y in range(page.virtual_size.height))
        assert "Tools" in text
        assert "Send to Anna" in text


async def test_its_key_is_typed_where_text_is_typed(
    start: Start, config: Config, tmp_path: Path
) -> None:
    tool = Tool("B,f5", "Write", writes(tmp_path / "out"))
    async with start(settings=with_tools(config, tool)) as monitor:
        await monitor.press("slash", "B", "f5")
        assert monitor.screen.query_one(FilterLine).text == "B"
        said = [notice.full for notice in monitor.screen.said.newest_first]
        assert "Write is running…" not in said
        await monitor.press("escape", "f5")
        await monitor.says("Write: ")


async def test_keys_that_are_taken_or_are_none_are_named_with_their_line(
    start: Start, config: Config, tmp_path: Path
) -> None:
    tools = (
        Tool("d", "One", ("true",), place="config.toml line 3: tools.key"),
        Tool("nokey", "Two", ("true",), place="config.toml line 7: tools.key"),
        Tool("f5", "Three", ("true",), place="config.toml line 11: tools.key"),
        Tool("f5", "Four", ("true",), place="config.toml line 15: tools.key"),
        Tool("f6", "Five", ("true",), place="config.toml line 19: tools.key"),
    )
    screen = ScreenSettings(keymap={"list.sort": "f6"})
    async with start(settings=replace(with_tools(config, *tools), screen=screen)) as monitor:
        said = [notice.full for notice in monitor.screen.said.newest_first]
        assert any("line 3: tools.key" in one and "task.download" in one for one in said)
        assert any("line 7: tools.key" in one and "nokey" in one for one in said)
        assert any("line 15: tools.key" in one and '"Three"' in one for one in said)
        assert any("line 19: tools.key" in one and "list.sort" in one for one in said)
        assert not any("line 11" in one for one in said)
        assert [action.label for action in monitor.screen.tools] == ["Three"]


async def test_a_label_that_looks_like_an_option_goes_nowhere(
    start: Start, config: Config, tmp_path: Path
) -> None:
    tool = Tool("f5", "Write", (*writes(tmp_path / "out"), "{label}"))
    async with start(settings=with_tools(config, tool)) as monitor:
        from seedance_tui.core.watchlist.changes import Change, Step

        watched = monitor.entry(OPEN).watched
        after = replace(watched, label="--output=/etc/passwd")
        await monitor.session.editor.change(Change((Step(0, watched, after),)))
        monitor.screen.publish()
        await monitor.settled()
        await monitor.press("down", "f5")
        await monitor.says('put "--" before it')
        assert not lines(tmp_path / "out")
