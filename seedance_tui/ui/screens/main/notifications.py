"""What is told beyond the screen: bell, desktop, the title of the window, the user's own hooks."""

from __future__ import annotations

from collections.abc import Iterable

from textual import work

from ....api.models import Phase
from ....core.downloads.deadlines import Crossing
from ....core.hooks.runner import HookFailed
from ....core.model.entry import Entry
from ....core.settings.notifications import Event
from ....core.text.i18n import plural
from ...messages import Happened
from .base import MainBase

_TOGETHER = 0.3
"""Seconds in which failed hooks are gathered into one notice."""


class Telling(MainBase):
    """The terminal is told what has ended; hooks run with its facts."""

    def begin_telling(self) -> None:
        """Be ready to tell, and run hooks from here on."""
        self._failed_hooks: list[HookFailed] = []
        self._run_hooks()

    def tell_ended(self, entries: Iterable[Entry]) -> None:
        """Tell of tasks that have ended, and let their hooks run."""
        events: list[tuple[Event, str]] = []
        for entry in entries:
            done = entry.status.phase is Phase.DONE
            events.append((Event.DONE if done else Event.FAILED, entry.name))
            self.session.pending_hooks.task_ended(entry.id)
        self.post_message(Happened(tuple(events)))

    def tell_expiring(self, crossings: Iterable[Crossing]) -> None:
        """Tell of links that are about to die."""
        events = tuple((Event.EXPIRING, crossing.entry.name) for crossing in crossings)
        self.post_message(Happened(events))

    async def finish_hooks(self, seconds: float) -> None:
        """Wait until every hook has run that has begun or waits, so long at most."""
        await self.session.hooks.finish(seconds)

    @work(group="hooks")
    async def _run_hooks(self) -> None:
        await self.session.hooks.run(self._hook_failed)

    def _hook_failed(self, failed: HookFailed) -> None:
        self._failed_hooks.append(failed)
        if len(self._failed_hooks) == 1:
            self.set_timer(_TOGETHER, self._tell_failed_hooks)

    def _tell_failed_hooks(self) -> None:
        failed, self._failed_hooks = self._failed_hooks, []
        others = plural(" (and {n} more)", " (and {n} more)", len(failed) - 1)
        self.tell(failed[0].text + (others if len(failed) > 1 else ""), "bad")
