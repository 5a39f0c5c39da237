"""The views with their counts, and the heads of the columns."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from rich.cells import cell_len
from textual import events
from textual.message import Message
from textual.reactive import reactive

from ...core.listing.listing import OwnView
from ...core.listing.views import OF_LIST, Summary
from ...core.settings.choices import Order, View
from ...core.text.i18n import _
from ..drawing import format as fmt
from ..drawing.columns import COLUMNS, Column, Layout, Needs, layout
from ..drawing.glyphs import glyphs
from ..drawing.spans import Line, Span
from .lines import Bar


class ViewTabs(Bar):
    """Attributes: `summary` and `own_counts` for the counts, `view` the one that is shown.

    Before anything is counted the names stand alone.

    `own` are the user's own views, which come after the five; then, if it is shown, the archive.
    """

    summary: reactive[Summary | None] = reactive[Summary | None](None, repaint=False)
    own_counts: reactive[tuple[int, ...]] = reactive((), repaint=False)
    view: reactive[View | OwnView] = reactive[View | OwnView](View.ALL, repaint=False)

    @dataclass
    class Picked(Message):
        """A view was clicked."""

        view: View | OwnView

    def __init__(self, own: Sequence[OwnView] = (), *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self.own = tuple(own)

    def watch_summary(self) -> None:
        """Count anew."""
        self.repaint()

    def watch_own_counts(self) -> None:
        """Count anew."""
        self.repaint()

    def watch_view(self) -> None:
        """Show which one is shown."""
        self.repaint()

    def on_click(self, event: events.Click) -> None:
        """Pick the view under the mouse."""
        end = 0
        for view, tab in self._tabs():
            end += _width(tab)
            if event.x < end:
                self.post_message(self.Picked(view))
                return

    def line(self, y: int) -> Line:
        """Return all tabs in one line."""
        return tuple(span for view, tab in self._tabs() for span in tab)

    def _tabs(self) -> list[tuple[View | OwnView, Line]]:
        names = (_("All"), _("Active"), _("Ready"), _("Failed"), _("Expiring"))
        counted = self.summary.views if self.summary else (None,) * len(OF_LIST)
        own_counts = (self.own_counts if self.summary else ()) or (None,) * len(self.own)
        own = [
            (view, fmt.in_row(view.name), count)
            for view, count in zip(self.own, own_counts, strict=True)
        ]
        views: list[tuple[View | OwnView, str, int | None]] = [
            *zip(OF_LIST, names, counted, strict=True),
            *own,
        ]
        given_up = [*reversed(range(len(OF_LIST))), *reversed(range(len(OF_LIST), len(views)))]
        for count, gap in ((0, " "), *((count, "") for count in range(len(views) + 1))):
            named = self._with_archive(self._named(views, given_up[:count]))
            tabs = [(view, (*tab, (gap, "dim"))) for view, tab in named]
            if sum(_width(tab) for _view, tab in tabs) - len(gap) <= self.line_width:
                break
        return tabs

    def _with_archive(
        self, tabs: list[tuple[View | OwnView, Line]]
    ) -> list[tuple[View | OwnView, Line]]:
        """The tabs, and the one of the archive while that is shown."""
        if self.view is not View.ARCHIVE:
            return tabs
        return [*tabs, (self.view, self._tab(0, self.view, _("Archive")))]

    def _named(
        self, views: list[tuple[View | OwnView, str, int | None]], nameless: Collection[int]
    ) -> list[tuple[View | OwnView, Line]]:
        """The tabs; those without a name have it while they are shown."""
        return [
            (view, self._tab(index + 1, view, "" if is_short else name, count))
            for index, (view, name, count) in enumerate(views)
            for is_short in [index in nameless and view != self.view]
        ]

    def _tab(self, number: int, view: View | OwnView, name: str, count: int | None = None) -> Line:
        here = view == self.view
        spans: list[Span] = [(f" {number}", "accent")]
        if name:
            spans.append((f" {name}", "strong" if here else "dim"))
        spans.append(("" if count is None else f" {count}", "bright" if here else "dim"))
        return tuple(spans)


def _width(tab: Line) -> int:
    return sum(cell_len(text) for text, _role in tab)


class ColumnHeads(Bar):
    """The names of the columns, as wide as the columns below; `column` is what is sorted by."""

    column: reactive[Order] = reactive(Order.NEEDS, repaint=False)
    reverse: reactive[bool] = reactive(False, repaint=False)
    columns: reactive[Sequence[str]] = reactive[Sequence[str]]((), repaint=False)
    """The columns that the user has chosen, as the list has them."""
    needs: reactive[Needs] = reactive(Needs(), repaint=False)

    @dataclass
    class Sorted(Message):
        """The head of a column was clicked."""

        column: Order

    def watch_column(self) -> None:
        """Show what is sorted by."""
        self.repaint()

    def watch_reverse(self) -> None:
        """Show which way."""
        self.repaint()

    def watch_columns(self) -> None:
        """Name them."""
        self.repaint()

    def watch_needs(self) -> None:
        """Share the width anew."""
        self.repaint()

    def on_click(self, event: events.Click) -> None:
        """Sort by the column whose head is under the mouse, if it has an order."""
        shared = self._shared
        end = shared.lead
        for name, cells in shared.cells.items():
            end += cells + 1
            if event.x < end:
                if order := COLUMNS[name].order:
                    self.post_message(self.Sorted(order))
                return

    @property
    def _shared(self) -> Layout:
        return layout(self.line_width - 1, self.columns, self.needs)

    def line(self, y: int) -> Line:
        """Return the heads; an order of no column stands before them."""
        shared = self._shared
        orders = [COLUMNS[name].order for name in shared.cells]
        sign = "" if self.column in orders else self._arrow
        spans: list[Span] = [(fmt.fit(sign, shared.lead), "normal")]
        for name, cells in shared.cells.items():
            spans += [self._head(COLUMNS[name], cells), (" ", "dim")]
        return tuple(spans)

    @property
    def _arrow(self) -> str:
        return glyphs().ascending if self.reverse else glyphs().descending

    def _head(self, column: Column, width: int) -> Span:
        if column.order is not self.column:
            return fmt.fit(_(column.head), width, column.align), "dim"
        return fmt.fit(_(column.head) + self._arrow, width, column.align), "normal"
