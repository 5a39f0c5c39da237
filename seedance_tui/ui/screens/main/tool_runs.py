"""A tool of the user's own at work: asked about, run, and what it said shown."""

from __future__ import annotations

import os
from collections.abc import Sequence
from functools import partial

from textual.app import SuspendNotSupported

from ....core.hooks.tool_settings import Output, Tool
from ....core.hooks.tools import Ran, ToolPlan, plan, run_captured, run_on_terminal
from ....core.text.i18n import _, plural
from ...drawing.spans import Role
from ...widgets.notice_line import Notice
from .board import Board
from .copy_actions import CopyActions


class ToolRuns:
    """Runs tools for what the board has marked; one command of a tool after the other."""

    def __init__(self, board: Board) -> None:
        self._board = board

    def start(self, tool: Tool) -> None:
        """Run a tool, after a question where it wants one; why it cannot run for a task is told."""
        targets = self._board.targets() if tool.needs_tasks else ()
        if tool.needs_tasks and not targets:
            return
        planned = plan(tool, targets)
        self._tell_refused(planned)
        if not planned.commands:
            return
        if not tool.confirm:
            self._run(tool, planned)
            return
        from ..menus.confirm import ConfirmScreen

        n = len(targets) - len(planned.refused)
        title = plural("Run {name} on {n} task?", "Run {name} on {n} tasks?", n, name=tool.name)
        if not tool.needs_tasks:
            title = _("Run {name}?").format(name=tool.name)
        screen = ConfirmScreen(title, _("Run"))
        self._board.app.push_screen(screen, partial(self._run_if, tool, planned))

    def _run_if(self, tool: Tool, planned: ToolPlan, is_wanted: bool | None) -> None:  # noqa: FBT001
        if is_wanted:
            self._run(tool, planned)

    def _tell_refused(self, planned: ToolPlan) -> None:
        first, *others = planned.refused or ("",)
        if not first:
            return
        for other in others:
            self._board.note(other, "warn")
        more = plural(" (and {n} more: M)", " (and {n} more: M)", len(others)) if others else ""
        self._board.notify_line(first + more, "warn")

    def _run(self, tool: Tool, planned: ToolPlan) -> None:
        if tool.output is Output.SUSPEND:
            self._run_on_terminal(tool, planned)
        else:
            begun = self._board.notify_line(_("{name} is running…").format(name=tool.name))
            self._board.start(partial(self._run_apart, tool, planned, begun), group="tools")

    def _run_on_terminal(self, tool: Tool, planned: ToolPlan) -> None:
        """Give the terminal away; nothing is drawn or polled until it comes back."""
        from ...terminal.given_away import given_away

        try:
            with given_away(self._board.app):
                ran = [run_on_terminal(command, os.environ) for command in planned.commands]
        except SuspendNotSupported:
            self._board.notify_line(_("This terminal cannot be given to a tool."), "bad")
            return
        self._tell(tool, ran)

    async def _run_apart(self, tool: Tool, planned: ToolPlan, begun: Notice) -> None:
        ran = [await run_captured(command, os.environ) for command in planned.commands]
        is_shown = tool.output is Output.PANE and self._board.is_current
        if not is_shown:
            for one in ran:
                if one.output.strip():
                    self._board.note(f"{tool.name}: {one.output.strip()}", "normal")
        self._tell(tool, ran, begun)
        if is_shown:
            self._show(tool, planned, ran)

    def _tell(self, tool: Tool, ran: Sequence[Ran], begun: Notice | None = None) -> None:
        """Say in one sentence how it went, in the place of that it had begun."""
        failed = [one for one in ran if one.why]
        named = _("{name}: {what}")
        if len(ran) == 1:
            (one,) = ran
            what = one.last_line or _("done")
            if one.why:
                what = f"{one.why} ({one.last_line})" if one.last_line else one.why
        else:
            what = plural("{n} done", "{n} done", len(ran) - len(failed))
            if failed:
                what += _(", {n} failed: {why}").format(n=len(failed), why=failed[0].why)
        text = named.format(name=tool.name, what=what)
        role: Role = "bad" if failed else "normal"
        self._board.notify_line(text, role, until_seen=bool(failed), is_news=True, instead_of=begun)

    def _show(self, tool: Tool, planned: ToolPlan, ran: Sequence[Ran]) -> None:
        """Show what was printed, each command above its own lines where there are several."""
        from ..panes.tool_output import ToolOutputScreen

        parts = []
        for command, one in zip(planned.commands, ran, strict=True):
            head = [f"$ {' '.join(command)}"] if len(ran) > 1 else []
            end = [one.why] if one.why else []
            parts += [*head, *one.output.rstrip("\n").split("\n"), *end]
        copy = CopyActions(self._board).copy
        self._board.app.push_screen(ToolOutputScreen(tool.name, parts, copy))
