"""Which tasks the list shows and in which order, kept for the next time."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import TypeVar

from ....core.listing.filter import Query, QueryError, parse
from ....core.listing.listing import Listing, OwnView
from ....core.listing.sorting import Order
from ....core.listing.views import OF_LIST, View
from ....core.model.entry import Entry
from ....core.text.i18n import _
from ....core.text.sanitize import safe
from ...messages import ArchiveChanged
from ...widgets.filter_line import FilterLine
from ...widgets.rows import Spot
from .board import Board
from .footer import Footer

_Word = TypeVar("_Word", View, Order)


class ListingActions:
    """View, filter and order are one value; what it shows is worked out when news are published."""

    def __init__(self, board: Board, footer: Footer) -> None:
        self._board = board
        self._session = board.session
        self._footer = footer
        self._listing = Listing()
        self._before_filter: Spot | None = None
        """Where in the list one was before the filter was opened."""

    @property
    def _line(self) -> FilterLine:
        return self._board.query_one(FilterLine)

    def recall(self) -> None:
        """Show what was shown in the last run."""
        choices = self._session.choices
        own = (view for view in self._session.config.views if _kept_as(view) == choices.view)
        listing = Listing(
            next(own, _word(OF_LIST, choices.view, View.ALL)),
            _understood(choices.filter),
            _word(Order, choices.sort, Order.NEEDS),
            choices.reverse,
        )
        self._line.show(listing.query.text)
        self._show(listing)

    def show_rows(self) -> None:
        """Show the tasks that the listing holds, at once; before they are read there are none."""
        board, unseen_tasks = self._board, self._session.unseen_tasks
        if board.loaded:
            board.unseen = unseen_tasks.unseen
            board.entries = self._listing.of(
                self._all,
                self._session.now(),
                unseen_tasks.ranked,
                unseen_tasks.just_saved,
            )
            board.hint = self._what_to_do()
        self._footer.show()

    @property
    def _all(self) -> Sequence[Entry]:
        """What the view chooses from: the list, or the archive."""
        if self._board.shows_archive:
            return tuple((self._board.archived or {}).values())
        return self._session.store.entries

    def action_view(self, name: str) -> None:
        """Show another view."""
        self.pick_view(View(name))

    def action_own_view(self, number: int) -> None:
        """Show a view of the user's own."""
        views = self._session.config.views
        if number < len(views):
            self.pick_view(views[number])
        else:
            text = _("No such view. Define views under [views] in config.toml.")
            self._board.notify_line(text, "warn")

    def pick_view(self, view: View | OwnView) -> None:
        """Show a view, and keep it for the next time; the archive is read for this time alone."""
        self._board.archived = None
        self._show(replace(self._listing, view=view))
        if view is View.ARCHIVE:
            self._board.post_message(ArchiveChanged())
        else:
            self._board.keep(view=_kept_as(view))

    def action_sort(self) -> None:
        """Choose what to sort by."""
        from ..menus.sort import SortScreen

        menu = SortScreen(self._listing.column, reverse=self._listing.reverse)
        self._board.app.push_screen(menu, self._sort_anew)

    def sort_by(self, column: Order) -> None:
        """Sort by a column; where that is the order already, turn it round."""
        if column is self._listing.column:
            self.action_reverse()
        else:
            self._sort_anew(column)

    def _sort_anew(self, column: Order | None) -> None:
        if column:
            self._show(replace(self._listing, column=column, reverse=False))
            self._board.keep(sort=column.value, reverse=False)

    def action_reverse(self) -> None:
        """Turn the order round."""
        self._show(replace(self._listing, reverse=not self._listing.reverse))
        self._board.keep(reverse=self._listing.reverse)

    def action_filter(self) -> None:
        """Filter the list or, where the JSON has the keys, search in that."""
        detail = self._board.detail
        if self._board.focused is detail and detail.mode == "json":
            from ..dialogs.search import SearchScreen

            self._board.app.push_screen(
                SearchScreen(detail.search, self._search, _("search in the JSON"))
            )
            return
        from .filter_values import FilterValues

        if not self._line.text:
            self._before_filter = self._board.tasks.spot
        self._line.values = FilterValues(self._all)
        self._line.open()
        self.count_shown()

    def _search(self, text: str) -> str:
        """Search in the JSON; return how many matches there are, in words."""
        detail = self._board.detail
        detail.search = text
        place, count = detail.matches
        return _("{n} of {count} · n: next").format(n=place, count=count) if text else ""

    def filter(self, text: str) -> None:
        """Filter by what is typed; what is wrong is said, and filters nothing."""
        line = self._line
        try:
            query = parse(text)
        except QueryError as error:
            query, line.note, line.wrong = Query(), str(error), True
        else:
            line.wrong = False
        self._show(replace(self._listing, query=query))

    def leave_filter(self, *, cleared: bool) -> None:
        """Go to the list; what is wrong stays to be mended."""
        line = self._line
        if line.wrong and not cleared:
            return
        if cleared:
            self._show(replace(self._listing, query=Query()))
            if self._before_filter:
                self._board.tasks.return_to(self._before_filter)
                self._before_filter = None
        line.show(self._listing.query.text)
        self._board.set_focus(self._board.tasks)
        self._board.keep(filter=self._listing.query.text)

    def clear_filter(self) -> bool:
        """Show all tasks of the view again; whether there was a filter."""
        had_one = bool(self._line.text)
        self._line.clear()
        return had_one

    def count_shown(self) -> None:
        """Say how many tasks the filter lets through."""
        if not self._line.wrong:
            shown, total = len(self._board.entries), len(self._all)
            self._line.note = _("{shown} of {total}").format(shown=shown, total=total)

    def _show(self, listing: Listing) -> None:
        """Show it at once: this is a response to a key."""
        self._listing = listing
        self._session.unseen_tasks.settle()
        self._board.view = listing.view
        self._board.column, self._board.reverse = listing.column, listing.reverse
        self.show_rows()
        self._board.tasks.begin()
        self._footer.show()
        self.count_shown()

    def _what_to_do(self) -> str:
        if self._listing.query.text:
            return _("No task matches the filter.\nPress esc to clear it.")
        if self._board.shows_archive:
            is_read = self._board.archived is not None
            return _("The archive is empty.") if is_read else _("Reading the archive…")
        if self._session.store.entries:
            return _("No tasks in this view.\nPress 1 to show all.")
        if not self._session.config.says_key:
            return _(
                "No API key: set ANYFAST_API_KEY,\nor api_key in {path}.\n\nTry it "
                "without a key: seedance-tui --demo"
            ).format(path=self._session.config.config)
        return _("No tasks yet.\nPaste task IDs here, or press a.")


def _kept_as(view: View | OwnView) -> str:
    """Return the word for a view in the choices; those of the user's own have a prefix."""
    return view.value if isinstance(view, View) else f"own:{safe(view.name)}"


def _word(words: Iterable[_Word], word: str, default: _Word) -> _Word:
    return next((one for one in words if one.value == word), default)


def _understood(text: str) -> Query:
    """Read a filter of an earlier run; one that is no longer understood filters nothing."""
    try:
        return parse(text)
    except QueryError:
        return Query()
