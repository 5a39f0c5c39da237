"""The monitor with tools of the user's own: commands on keys, over the marked tasks."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from textual.binding import Binding

from ....core.hooks.tool_settings import Tool
from ...keys.action import bindings
from ...keys.tools import tool_actions
from ...widgets.filter_line import FilterLine
from .screen import MainScreen
from .tool_runs import ToolRuns


def with_tools(
    base: type[MainScreen],
    settings: Sequence[Tool],
    places: Sequence[Iterable[Binding]],
    keymap: Mapping[str, str],
) -> tuple[type[MainScreen], list[str]]:
    """Return the screen with an action for each tool, and warnings about those that have none."""
    actions, warnings = tool_actions(settings, places, keymap)

    class WithTools(base):  # type: ignore[valid-type, misc]
        """The screen, which knows its tools."""

        BINDINGS = bindings(actions)
        tools = actions

        def action_tool(self, number: int) -> None:
            """Run a tool for the marked tasks, or the one under the cursor."""
            ToolRuns(self).start(settings[number])

        def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
            """Leave the keys to the filter while it is typed into."""
            if action == "tool" and self.query_one(FilterLine).is_typed_into:
                return False
            return MainScreen.check_action(self, action, parameters)

    return WithTools, warnings
