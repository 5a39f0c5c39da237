"""Which tasks the list shows and in which order, kept for the next time."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING

from ....core.listing.filter import Query, QueryError, parse
from ....core.listing.listing import Listing, OwnView
from ....core.listing.views import OF_LIST
from ....core.model.entry import Entry
from ....core.settings.choices import Grouping, Order, OwnViewWord, View
from ....core.text.i18n import _
from ...messages import ArchiveChanged
from ...widgets.filter_line import FilterLine
from .board import Board
from .footer import Footer

if TYPE_CHECKING:
    from .nothing_shown import NothingShown

_LONG, _FIRST = 500, 60
"""Tasks of a list that is not read in a blink, and the rows of it that are shown before."""


class ListingActions:
    """View, filter and order are one value; what it shows is worked out when news are published."""

    def __init__(self, board: Board, footer: Footer) -> None:
        self._board = board
        self._session = board.session
        self._footer = footer
        self._listing = Listing()

    @property
    def _line(self) -> FilterLine:
        return self._board.query_one(FilterLine)

    def recall(self) -> None:
        """Show what was shown in the last run."""
        choices = self._session.choices
        listing = Listing(
            self._view(choices.view),
            _understood(choices.filter),
            choices.sort,
            choices.reverse,
            choices.group,
        )
        self._line.show(listing.query.text)
        self._show(listing)

    def _view(self, word: View | OwnViewWord) -> View | OwnView:
        """Return the view of a word; all tasks for the archive and for a view that is gone."""
        if isinstance(word, View):
            return word if word in OF_LIST else View.ALL
        return next((own for own in self._session.config.views if own.word == word), View.ALL)

    def show_rows(self) -> None:
        """Show the tasks that the listing holds, at once; before they are read there are none."""
        board, unseen_tasks = self._board, self._session.unseen_tasks
        if board.has_rows:
            board.unseen = unseen_tasks.unseen
            entries = self._listing.of(
                self.all,
                self._session.now(),
                unseen_tasks.ranked,
                unseen_tasks.just_saved,
            )
            if not entries:  # before there are no rows, so that there is room for it
                board.hint = self._nothing_shown.what_to_do(self._listing, self.all)
            self._part(entries)
        self._footer.show()

    def _part(self, entries: tuple[Entry, ...]) -> None:
        """Show entries, in groups where that is wanted."""
        tasks, by = self._board.tasks, self._listing.grouping
        tasks.groups, tasks.utc = (), self._board.utc
        if by is not Grouping.NONE:
            from ....core.listing.grouping import grouped

            entries, tasks.groups = grouped(entries, by, self._session.now(), utc=self._board.utc)
        self._board.entries = entries
        tasks.lay_out()

    @property
    def all(self) -> Sequence[Entry]:
        """What the view chooses from: the list, or the archive."""
        if self._board.shows_archive:
            return tuple((self._board.archived or {}).values())
        return self._session.store.entries

    def remember_first_rows(self) -> None:
        """Keep which tasks stand first in a list that takes long to read, for the next start."""
        is_long = self._board.loaded and len(self._session.store.entries) >= _LONG
        has_them = not self._board.shows_archive and self._listing.grouping is Grouping.NONE
        first = self._board.entries[:_FIRST] if is_long and has_them else ()
        ids = " ".join(entry.id for entry in first)
        if ids != self._session.choices.first_rows:
            self._board.keep(first_rows=ids)

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
            self._board.keep(view=view if isinstance(view, View) else view.word)

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
        if column and column is not self._listing.column:
            self._show(replace(self._listing, column=column, reverse=False))
            self._board.keep(sort=column, reverse=False)

    def action_group(self) -> None:
        """Choose what the list is grouped by."""
        from ..menus.group import GroupScreen

        menu = GroupScreen(self._listing.grouping)
        self._board.app.push_screen(menu, self._group_anew)

    def _group_anew(self, grouping: Grouping | None) -> None:
        if grouping is not None:
            self._show(replace(self._listing, grouping=grouping))
            self._board.keep(group=grouping)

    def action_reverse(self) -> None:
        """Turn the order round."""
        self._show(replace(self._listing, reverse=not self._listing.reverse))
        self._board.keep(reverse=self._listing.reverse)

    @property
    def query(self) -> Query:
        """The filter in force."""
        return self._listing.query

    def show_filtered(self, query: Query, view: View | None = None) -> None:
        """Show what a filter lets through of the view, or of another one."""
        self._show(replace(self._listing, query=query, view=view or self._listing.view))

    @property
    def suggestion(self) -> str:
        """A filter that would find something, where this one finds nothing; else empty."""
        if self._board.entries:
            return ""
        return self._nothing_shown.suggestion(self._listing, self.all)

    def hidden(self, ids: Collection[str]) -> int:
        """Count those of these watched tasks that the view or the filter does not show."""
        now, listing = self._session.now(), self._listing
        entries = (self._session.store.get(one) for one in ids)
        shown = (e for e in entries if e and listing.has(e, now))
        return len(ids) - sum(listing.query.holds(entry, now) for entry in shown)

    def count_shown(self) -> None:
        """Say how many tasks the filter lets through."""
        if not self._line.wrong:
            shown, total = len(self._board.entries), len(self.all)
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

    @cached_property
    def _nothing_shown(self) -> NothingShown:
        from .nothing_shown import NothingShown

        return NothingShown(self._board)


def _understood(text: str) -> Query:
    """Read a filter of an earlier run; one that is no longer understood filters nothing."""
    try:
        return parse(text)
    except QueryError:
        return Query()
