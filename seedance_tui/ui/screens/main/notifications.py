"""What is told beyond the screen: bell, desktop, the title of the window, the user's own hooks."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import partial

from ....api.models import Phase
from ....core.downloads.deadlines import Crossing
from ....core.hooks.runner import HookFailed
from ....core.model.entry import Entry
from ....core.settings.notifications import Event
from ....core.text.i18n import plural
from ...messages import Happened
from .board import Board
from .gather import Gather


class Announcements:
    """The terminal is told what has ended; failures of hooks are told in the notice line."""

    def __init__(self, board: Board) -> None:
        self._board = board
        self._session = board.session
        self._failed_hooks = Gather(board, self._tell_failed_hooks)

    def start(self) -> None:
        """Run hooks from here on; each failure is told."""
        run = partial(self._session.hooks.run, self._failed_hooks.add)
        self._board.start(run, group="hooks")

    def tell_ended(self, entries: Iterable[Entry]) -> None:
        """Tell of tasks that have ended."""
        events: list[tuple[Event, str]] = []
        for entry in entries:
            done = entry.status.phase is Phase.DONE
            events.append((Event.DONE if done else Event.FAILED, entry.name))
        self._board.post_message(Happened(tuple(events)))

    def tell_expiring(self, crossings: Iterable[Crossing]) -> None:
        """Tell of links that are about to expire."""
        events = tuple((Event.EXPIRING, crossing.entry.name) for crossing in crossings)
        self._board.post_message(Happened(events))

    def _tell_failed_hooks(self, failed: Sequence[HookFailed]) -> None:
        others = plural(" (and {n} more)", " (and {n} more)", len(failed) - 1)
        for hook in failed[1:]:
            self._board.note(hook.text, "bad")
        text = failed[0].text + (others if len(failed) > 1 else "")
        self._board.notify_line(text, "bad", until_seen=True)
