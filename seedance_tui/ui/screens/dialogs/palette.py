"""Every action of the screen, found by its name."""

from __future__ import annotations

from contextlib import suppress
from functools import partial

from rich.align import Align
from rich.text import Text
from textual.await_complete import AwaitComplete
from textual.binding import Binding
from textual.command import CommandList, CommandPalette, DiscoveryHit, Hit, Hits, Provider
from textual.widgets.option_list import Option

from ....core.text.i18n import _
from .dialog import is_closing


class Palette(CommandPalette):
    """Textual's palette in our words, in which a page key may come before the list is laid out."""

    def dismiss(self, result: None = None) -> AwaitComplete:
        """Close; the second time nothing happens."""
        return super().dismiss(result) if is_closing(self) else AwaitComplete()

    def _action_command_list(self, action: str) -> None:
        with suppress(KeyError):
            super()._action_command_list(action)

    def _start_no_matches_countdown(self, search_value: str) -> None:
        self._stop_no_matches_countdown()
        say = partial(self._say_no_matches, search_value)
        self._no_matches_timer = self.set_timer(self._NO_MATCHES_COUNTDOWN, say)

    def _say_no_matches(self, search_value: str) -> None:
        if search_value:
            words = Align.center(Text(_("No matches found"), style="not bold"))
            option = Option(words, disabled=True, id=self._NO_MATCHES)
            self.query_one(CommandList).add_option(option)
        self._list_visible = bool(search_value)


class Actions(Provider):
    """The bindings of the screen below as commands, with their keys."""

    async def discover(self) -> Hits:
        """Offer all of them before anything is typed."""
        for name, text, action in self._commands():
            yield DiscoveryHit(name, partial(self._run, action), help=text)

    async def search(self, query: str) -> Hits:
        """Offer those whose name or explanation matches."""
        matcher = self.matcher(query)
        for name, text, action in self._commands():
            score = matcher.match(name) or float(query.lower() in text.lower()) / 2
            if score > 0:
                yield Hit(score, matcher.highlight(name), partial(self._run, action), help=text)

    def _commands(self) -> list[tuple[str, str, str]]:
        """Name with key, explanation, action; each action once."""
        theme = _("Theme"), _("Change the theme"), "app.change_theme"
        commands: dict[str, tuple[str, str, str]] = {}
        bindings = [active.binding for active in self.screen.active_bindings.values()]
        for binding in sorted(bindings, key=_rank):
            if binding.id and binding.tooltip and binding.action not in commands:
                key = self.app.get_key_display(binding)
                name = _(binding.description) + (f"  ({key})" if key else "")
                commands[binding.action] = name, _(binding.tooltip), binding.action
        return [*commands.values(), theme]

    async def _run(self, action: str) -> None:
        await self.screen.run_action(action)


def _rank(binding: Binding) -> int:
    """What is done to tasks comes before what is done to the screen."""
    rooms = ("downloads", "versus", "task", "list", "view", "pane", "app")
    room = (binding.id or "").partition(".")[0]
    return rooms.index(room) if room in rooms else len(rooms)
