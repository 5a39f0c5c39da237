"""Every action of the screen, found by its name."""

from __future__ import annotations

from functools import partial

from textual.command import DiscoveryHit, Hit, Hits, Provider

from ..core.language import _


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
            score = max(matcher.match(name), matcher.match(text))
            if score > 0:
                yield Hit(score, matcher.highlight(name), partial(self._run, action), help=text)

    def _commands(self) -> list[tuple[str, str, str]]:
        """Name with key, explanation, action; each action once."""
        commands: dict[str, tuple[str, str, str]] = {}
        for active in self.screen.active_bindings.values():
            binding = active.binding
            if binding.id and binding.tooltip and binding.action not in commands:
                key = self.app.get_key_display(binding)
                name = f"{_(binding.description)}  ({key})"
                commands[binding.action] = name, _(binding.tooltip), binding.action
        return list(commands.values())

    async def _run(self, action: str) -> None:
        await self.screen.run_action(action)
