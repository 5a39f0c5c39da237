"""Every action of the screen, found by its name."""

from __future__ import annotations

from functools import partial

from rich.console import RenderableType
from textual.await_complete import AwaitComplete
from textual.binding import Binding
from textual.command import DiscoveryHit, Hit, Hits, Provider

from ....core.text.i18n import _
from ...keys.action import GROUPS
from ...textual_private import CalmPalette
from .dialog import is_closing, seen_through


class Palette(CalmPalette):
    """Textual's palette in our words, in which a page key may come before the list is laid out."""

    def render(self) -> RenderableType:
        """Return the screen below, tinted."""
        return seen_through(super().render())

    def dismiss(self, result: None = None) -> AwaitComplete:
        """Close; the second time nothing happens."""
        return super().dismiss(result) if is_closing(self) else AwaitComplete()


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
            if binding.id and binding.tooltip and binding.id not in commands:
                key = self.app.get_key_display(binding)
                name = _(binding.description) + (f"  ({key})" if key else "")
                commands[binding.id] = name, _(binding.tooltip), binding.action
        return [*commands.values(), theme]

    async def _run(self, action: str) -> None:
        await self.screen.run_action(action)


def _rank(binding: Binding) -> int:
    """What is done to tasks comes before what is done to the screen."""
    groups, group = list(GROUPS), (binding.id or "").partition(".")[0]
    return groups.index(group) if group in groups else len(groups)
