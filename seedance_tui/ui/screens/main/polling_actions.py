"""When the gateway is asked: now, later, or not at all."""

from __future__ import annotations

from ....core.model.outcomes import sentence
from ....core.text.i18n import _, plural
from .board import Board


class PollingActions:
    """What the user decides about the requests; the poller does the asking."""

    def __init__(self, board: Board) -> None:
        self._board = board
        self._session = board.session

    def action_pause(self) -> None:
        """Stop asking, or go on."""
        poller = self._session.poller
        if poller.paused:
            poller.resume()
        else:
            poller.pause()
        self._board.paused = poller.paused

    def action_refresh(self) -> None:
        """Poll the task now."""
        if targets := self._board.watched_targets():
            self._ask([entry.id for entry in targets])

    def action_refresh_all(self) -> None:
        """Poll every task now."""
        self._ask([entry.id for entry in self._session.store.entries])

    def _ask(self, ids: list[str]) -> None:
        if self._session.client is None:
            trouble = self._session.store.trouble
            text = sentence(trouble) if trouble else _("Not connected yet.")
            self._board.notify_line(text, "bad" if trouble else "warn")
            return
        self._session.poller.ask_now(ids)
        if len(ids) > 1:
            text = plural("Refreshing {n} task…", "Refreshing {n} tasks…", len(ids))
        else:
            text = _("Refreshing…")
        self._board.refreshing = self._board.notify_line(text).text
