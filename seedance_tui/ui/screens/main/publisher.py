"""How the store's news reach the screen: together, and never so often that keys have to wait."""

from __future__ import annotations

from time import monotonic

from ....core.downloads.summary import QueueSummary
from ....core.listing.views import Summary
from ...drawing.column_needs import StatusRoom, kept_as, needs, recalled
from ...drawing.columns import Needs
from ...messages import Counted
from .board import Board
from .listing_actions import ListingActions
from .updates import Updates

_SOON = 0.1
"""Seconds in which news are gathered into one repaint."""
_SHARE = 5.0
"""Times longer than a publication takes that nothing is published after it, in a long list."""


class Publisher:
    """Sets the attributes of the board to what the store, the queue and the listing have."""

    def __init__(self, board: Board, listing: ListingActions, updates: Updates) -> None:
        self._board = board
        self._session = board.session
        self._listing = listing
        self._updates = updates
        self.is_waiting = False
        """Whether there are news that are about to be shown."""
        self._status_room = StatusRoom()
        self._cost = 0.0
        """Seconds that the last publication took."""

    def recall(self) -> None:
        """Share the width as in the last run, until the list has been read."""
        self._board.needs = recalled(self._session.choices)

    def begin_with_first_rows(self) -> None:
        """Show what has been read of a long list, if anything has; nothing is counted yet."""
        if self._session.store.entries:
            self._board.has_rows = True
            self.publish()

    def begin(self) -> None:
        """Show the list, all of which has been read."""
        self._board.has_rows = self._board.loaded = True
        self._session.unseen_tasks.settle()
        self.publish()
        self._listing.count_shown()
        self._listing.remember_first_rows()
        self._remember_needs()

    def publish_soon(self) -> None:
        """Show the news, with all that come until then."""
        if not self.is_waiting:
            self.is_waiting = True
            self._board.set_timer(max(_SOON, _SHARE * self._cost), self.publish)

    def publish(self) -> None:
        """Show what the store has, at once; while something lies over the monitor, only there."""
        self.is_waiting = False
        board, store = self._board, self._session.store
        if not board.is_attached:
            return
        began = monotonic()
        self._updates.take_answers()
        summary = None
        if board.loaded:
            summary = Summary.of(store.entries, self._session.now())
            board.post_message(Counted(summary))
        for pane in board.panes:
            pane.publish()
        if board.is_active:
            self._show(summary)
        self._cost = monotonic() - began

    def _show(self, summary: Summary | None) -> None:
        board, store, now = self._board, self._session.store, self._session.now()
        board.summary, board.trouble = summary, store.trouble
        board.trouble_since = store.trouble_since
        board.queue = QueueSummary.of(self._session.files.queue)
        board.own_counts = tuple(
            sum(view.holds(entry, now) for entry in store.entries)
            for view in self._session.config.views
        )
        if board.loaded:
            board.needs = self._needs(now)
        tasks = board.tasks
        archived = board.archived or {}
        tasks.marks = frozenset(one for one in tasks.marks if store.get(one) or one in archived)
        self._listing.show_rows()
        self._listing.count_shown()
        self._updates.show_news()

    def _remember_needs(self) -> None:
        """Keep what the list asks as it is read, while nothing was answered: so it will begin."""
        asked = self._board.needs
        if asked != recalled(self._session.choices):
            self._board.keep(**kept_as(asked))

    def _needs(self, now: float) -> Needs:
        """What is watched, and the archive where it is shown, ask of the columns."""
        archived = (self._board.archived or {}).values()
        return needs((*self._session.store.entries, *archived), now, self._status_room)
