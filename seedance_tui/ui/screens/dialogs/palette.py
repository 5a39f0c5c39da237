"""Every action of the screen, found by its name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from rich.console import RenderableType
from textual.await_complete import AwaitComplete
from textual.binding import Binding
from textual.command import DiscoveryHit, Hit, Hits, Provider
from textual.content import Content
from textual.fuzzy import Matcher

from ....core.text.i18n import N_, _
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


@dataclass(frozen=True, slots=True)
class _Command:
    """An action in the language of the screen and in English, in which manuals name it too."""

    action: str
    id: str
    label: str
    """In English, as is `help`."""
    help: str
    key: str = ""

    @property
    def name(self) -> str:
        """What the palette calls it, with its key."""
        return _(self.label) + (f"  ({self.key})" if self.key else "")

    def found(self, matcher: Matcher) -> tuple[float, Content]:
        """Return how well it matches, 0 for not at all, and its name with what has matched."""
        name = Content(self.name)
        for text in (self.name, self.label, self.id):
            score, places = matcher.fuzzy_search.match(matcher.query, text)
            if score:
                lit = _lit(text, places, matcher)
                return score, lit if text == self.name else Content.assemble(name, "  ", lit)
        texts = f"{_(self.help)}\n{self.help}".lower()
        return (0.5 if matcher.query.lower() in texts else 0.0), name


def _lit(text: str, places: Sequence[int], matcher: Matcher) -> Content:
    """A text with some of its characters lit; whatever it is, it is no markup."""
    content = Content(text)
    for place in places:
        if not text[place].isspace():
            content = content.stylize(matcher.match_style, place, place + 1)
    return content


class Actions(Provider):
    """The bindings of the screen below as commands, with their keys."""

    async def discover(self) -> Hits:
        """Offer all of them before anything is typed."""
        for command in self._commands():
            run = partial(self._run, command.action)
            name = Content(command.name)
            yield DiscoveryHit(name, run, text=command.name, help=_(command.help))

    async def search(self, query: str) -> Hits:
        """Offer those of which a name, the ID or the explanation matches."""
        matcher = self.matcher(query)
        for command in self._commands():
            score, shown = command.found(matcher)
            if score > 0:
                run = partial(self._run, command.action)
                yield Hit(score, shown, run, text=command.name, help=_(command.help))

    def _commands(self) -> list[_Command]:
        """What can be run by name; each action once."""
        theme = _Command("app.change_theme", "app.theme", N_("Theme"), N_("Change the theme"))
        commands: dict[str, _Command] = {}
        bindings = [active.binding for active in self.screen.active_bindings.values()]
        for binding in sorted(bindings, key=_rank):
            name, text = binding.id, binding.tooltip
            if name and text and name not in commands:
                key = self.app.get_key_display(binding)
                commands[name] = _Command(binding.action, name, binding.description, text, key)
        return [*commands.values(), theme]

    async def _run(self, action: str) -> None:
        await self.screen.run_action(action)


def _rank(binding: Binding) -> int:
    """What is done to tasks comes before what is done to the screen."""
    groups, group = list(GROUPS), (binding.id or "").partition(".")[0]
    return groups.index(group) if group in groups else len(groups)
