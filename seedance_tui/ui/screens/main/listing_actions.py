"""Which tasks the list shows and in which order, kept for the next time."""

from __future__ import annotations

from dataclasses import replace
from typing import TypeVar

from textual import on

from ....core.listing.filter import Query, QueryError, parse
from ....core.listing.listing import Listing, OwnView
from ....core.listing.sorting import Column
from ....core.listing.views import View
from ....core.text.i18n import _
from ....core.text.sanitize import safe
from ...widgets.filter_line import FilterLine
from ...widgets.task_list import TaskList
from ...widgets.view_tabs import ColumnHeads, ViewTabs
from .base import MainBase
from .filter_values import FilterValues

_Word = TypeVar("_Word", View, Column)


class ListingActions(MainBase):
    """View, filter and order are one value; what it shows is worked out when news are published."""

    listing = Listing()

    def recall_listing(self) -> None:
        """Show what was shown in the last run."""
        choices = self.session.choices
        own = (view for view in self.session.config.views if _kept_as(view) == choices.view)
        listing = Listing(
            next(own, _word(View, choices.view, View.ALL)),
            _understood(choices.filter),
            _word(Column, choices.sort, Column.NEEDS),
            choices.reverse,
        )
        self.query_one(FilterLine).show(listing.query.text)
        self.show_listing(listing)

    def action_view(self, name: str) -> None:
        """Show another view."""
        self.pick_view(View(name))

    def action_own_view(self, number: int) -> None:
        """Show a view of the user's own."""
        views = self.session.config.views
        if number < len(views):
            self.pick_view(views[number])
        else:
            self.tell(_("No such view. Define views under [views] in config.toml."), "warn")

    def pick_view(self, view: View | OwnView) -> None:
        """Show a view, and keep it for the next time."""
        self.show_listing(replace(self.listing, view=view))
        self.keep(view=_kept_as(view))

    def look_at(self, key: object) -> None:
        """Take the dot from the task that is looked at."""
        if isinstance(key, str):
            self.session.attention.look(key)
            self.query_one(TaskList).unseen = self.session.attention.unseen

    def action_filter(self) -> None:
        """Type a filter."""
        line = self.query_one(FilterLine)
        line.values = FilterValues(self.session.store.entries)
        line.open()
        self.count_shown()

    def action_sort(self) -> None:
        """Choose what to sort by."""
        from ..menus.sort import SortScreen

        self.app.push_screen(
            SortScreen(self.listing.column, reverse=self.listing.reverse), self._sort_by
        )

    def action_reverse(self) -> None:
        """Turn the order round."""
        self.show_listing(replace(self.listing, reverse=not self.listing.reverse))
        self.keep(reverse=self.listing.reverse)

    def clear_filter(self) -> bool:
        """Show all tasks of the view again; whether there was a filter."""
        had_one = bool(self.query_one(FilterLine).text)
        self.query_one(FilterLine).clear()
        return had_one

    def _sort_by(self, column: Column | None) -> None:
        if column:
            self.show_listing(replace(self.listing, column=column, reverse=False))
            self.keep(sort=column.value, reverse=False)

    @on(FilterLine.Changed)
    def _filter(self, event: FilterLine.Changed) -> None:
        """Filter by what is typed; what is wrong is said, and filters nothing."""
        line = self.query_one(FilterLine)
        try:
            query = parse(event.text)
        except QueryError as error:
            query, line.note, line.wrong = Query(), str(error), True
        else:
            line.wrong = False
        self.show_listing(replace(self.listing, query=query))

    @on(FilterLine.Left)
    def _leave_filter(self, event: FilterLine.Left) -> None:
        """Go to the list; what is wrong stays to be mended."""
        line = self.query_one(FilterLine)
        if line.wrong and not event.cleared:
            return
        if event.cleared:
            self.show_listing(replace(self.listing, query=Query()))
        line.show(self.listing.query.text)
        self.set_focus(self.query_one(TaskList))
        self.keep(filter=self.listing.query.text)

    def show_listing(self, listing: Listing) -> None:
        """Show it at once: this is an answer to a key."""
        self.listing = listing
        self.session.attention.settle()
        self.query_one(ViewTabs).view = listing.view
        heads = self.query_one(ColumnHeads)
        heads.column, heads.reverse = listing.column, listing.reverse
        self.show_rows()
        self.count_shown()

    def count_shown(self) -> None:
        """Say how many tasks the filter lets through."""
        line = self.query_one(FilterLine)
        if not line.wrong:
            shown, total = len(self.query_one(TaskList).entries), len(self.session.store.entries)
            line.note = _("{shown} of {total}").format(shown=shown, total=total)

    def show_rows(self) -> None:
        """Show the tasks that the listing holds, at once."""
        raise NotImplementedError

    def publish_now(self) -> None:
        """Show all that the store has, at once."""
        raise NotImplementedError


def _kept_as(view: View | OwnView) -> str:
    """Return the word for a view in the choices; those of the user's own have a prefix."""
    return view.value if isinstance(view, View) else f"own:{safe(view.name)}"


def _word(words: type[_Word], word: str, default: _Word) -> _Word:
    return next((one for one in words if one.value == word), default)


def _understood(text: str) -> Query:
    """Read a filter of an earlier run; one that is no longer understood filters nothing."""
    try:
        return parse(text)
    except QueryError:
        return Query()
