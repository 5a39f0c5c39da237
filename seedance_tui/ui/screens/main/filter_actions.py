"""The filter above the list: what is typed there, and the way into it and out of it."""

from __future__ import annotations

from ....core.listing.filter import Query, QueryError, parse
from ....core.settings.choices import View
from ....core.text.i18n import _
from ...widgets.filter_line import FilterLine
from ...widgets.rows import Spot
from .board import Board
from .listing_actions import ListingActions


class FilterActions:
    """The listing shows what the filter lets through, with each letter that is typed."""

    def __init__(self, board: Board, listing: ListingActions) -> None:
        self._board = board
        self._listing = listing
        self._before: Spot | None = None
        """Where in the list one was before the filter was opened."""

    @property
    def _line(self) -> FilterLine:
        return self._board.query_one(FilterLine)

    def action_filter(self) -> None:
        """Filter the list or, where the JSON has the keys, search in that."""
        detail = self._board.detail
        if self._board.focused is detail and detail.mode == "json":
            from ..dialogs.search import SearchScreen

            self._board.app.push_screen(
                SearchScreen(detail.search, self._search, _("search in the JSON"))
            )
            return
        from ....core.listing.filter_values import FilterValues

        if not self._line.text:
            self._before = self._board.tasks.spot
        self._line.values = FilterValues(self._listing.all)
        self._line.open()
        self._listing.count_shown()

    def _search(self, text: str) -> str:
        """Search in the JSON; return how many matches there are, in words."""
        detail = self._board.detail
        detail.search = text
        place, count = detail.matches
        return _("{n} of {count} · n: next").format(n=place, count=count) if text else ""

    def take(self, text: str) -> None:
        """Filter by what is typed; what is wrong is said, and filters nothing."""
        line = self._line
        try:
            query = parse(text)
        except QueryError as error:
            query, line.note, line.wrong = Query(), str(error), True
        else:
            line.wrong = False
        self._listing.show_filtered(query)
        line.suggestion = self._listing.suggestion

    def leave(self, *, cleared: bool) -> None:
        """Go to the list; what is wrong stays to be mended."""
        line = self._line
        if line.wrong and not cleared:
            return
        if cleared:
            self._listing.show_filtered(Query())
            if self._before:
                self._board.tasks.return_to(self._before)
                self._before = None
        line.show(self._listing.query.text)
        self._board.set_focus(self._board.tasks)
        self._board.keep(filter=self._listing.query.text)

    def clear(self) -> bool:
        """Show all tasks of the view again; whether there was a filter."""
        had_one = bool(self._line.text)
        self._line.clear()
        return had_one

    def show_unseen(self, step: int) -> None:
        """Go to an unseen task that view or filter hide, without these, and say so."""
        session = self._board.session
        unseen = session.unseen_tasks.unseen
        if not any(entry.id in unseen for entry in session.store.entries):
            self._board.notify_line(_("No unseen tasks."))
            return
        self._before = self._board.archived = None
        self._line.show("")
        self._listing.show_filtered(Query(), View.ALL)
        self._board.keep(filter="", view=View.ALL)
        self._board.tasks.action_unseen(step)
        self._board.notify_line(_("Showing all tasks: the filter hid it."))
