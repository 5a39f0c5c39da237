"""Sends events to the terminal (bell, desktop, window title), and runs the user's hooks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from functools import partial

from ....api.models import Phase
from ....core.downloads.deadlines import Crossing
from ....core.hooks.runner import HookFailed
from ....core.model.entry import Entry
from ....core.settings.notifications import Event
from ....core.text.i18n import _, plural
from ...drawing import spans
from ...drawing.glyphs import glyphs
from ...messages import Happened
from .board import Board
from .gather import Gather


class Announcements:
    """Posts `Happened` for tasks that end and links that expire; reports hooks that fail."""

    def __init__(self, board: Board) -> None:
        self._board = board
        self._session = board.session
        self._failed_hooks = Gather(board, self._tell_failed_hooks)

    def start(self) -> None:
        """Run hooks in a worker until the screen closes; report each failure."""
        run = partial(self._session.hooks.run, self._failed_hooks.add)
        self._board.start(run, group="hooks")

    def tell_ended(self, entries: Sequence[Entry]) -> None:
        """Say in one line what has ended together, and post an event for each task."""
        self._say_ended(entries)
        events: list[tuple[Event, str]] = []
        for entry in entries:
            done = entry.status.phase is Phase.DONE
            events.append((Event.DONE if done else Event.FAILED, entry.name))
        self._board.post_message(Happened(tuple(events)))

    def _say_ended(self, entries: Sequence[Entry]) -> None:
        named = _("{name}: {what}")
        if len(entries) == 1:
            text = named.format(name=entries[0].name, what=spans.status_word(entries[0]))
            self._board.notify_line(text, spans.status_role(entries[0]), is_news=True)
        elif entries:
            counts = Counter(spans.status_word(entry) for entry in entries)
            parts = [
                named.format(name=plural("{n} task", "{n} tasks", n), what=word)
                for word, n in counts.items()
            ]
            self._board.notify_line(glyphs().joint.join(parts), is_news=True)

    def tell_expiring(self, crossings: Iterable[Crossing]) -> None:
        """Post an event for each link that is about to expire."""
        events = tuple((Event.EXPIRING, crossing.entry.name) for crossing in crossings)
        self._board.post_message(Happened(events))

    def _tell_failed_hooks(self, failed: Sequence[HookFailed]) -> None:
        others = plural(" (and {n} more)", " (and {n} more)", len(failed) - 1)
        for hook in failed[1:]:
            self._board.note(hook.text, "bad")
        text = failed[0].text + (others if len(failed) > 1 else "")
        self._board.notify_line(text, "bad", until_seen=True, is_news=True)
