"""The views with their counts, and the heads of the columns."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rich.cells import cell_len
from textual import events
from textual.message import Message
from textual.reactive import reactive

from ...core.listing.listing import OwnView
from ...core.listing.sorting import Column
from ...core.listing.views import OF_LIST, Summary, View
from ...core.text.i18n import _
from ...core.text.sanitize import safe
from ..drawing import format as fmt
from ..drawing.glyphs import glyphs
from ..drawing.spans import Line, Span
from .lines import Bar
from .task_list import Columns


class ViewTabs(Bar):
    """Attributes: `summary` and `own_counts` for the counts, `view` the one that is shown.

    `own` are the user's own views, which come after the five; then, if it is shown, the archive.
    """

    summary: reactive[Summary] = reactive(Summary(), repaint=False)
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
        counts = self.own_counts or (0,) * len(self.own)
        own = [(view, safe(view.name), count) for view, count in zip(self.own, counts, strict=True)]
        views: list[tuple[View | OwnView, str, int]] = [
            *zip(OF_LIST, names, self.summary.views, strict=True),
            *own,
        ]
        shown = self._named(views, short=False)
        needed = sum(_width(tab) for view, tab in self._with_archive(shown[: len(OF_LIST)]))
        is_short = needed > self.line_width
        return self._with_archive(self._named(views, short=True) if is_short else shown)

    def _with_archive(
        self, tabs: list[tuple[View | OwnView, Line]]
    ) -> list[tuple[View | OwnView, Line]]:
        """The tabs, and the one of the archive while that is shown."""
        if self.view is not View.ARCHIVE:
            return tabs
        return [*tabs, (self.view, self._tab(0, self.view, _("Archive"), ""))]

    def _named(
        self, views: list[tuple[View | OwnView, str, int]], *, short: bool
    ) -> list[tuple[View | OwnView, Line]]:
        """The tabs, with the name of each, or of the shown one only."""
        return [
            (view, self._tab(number, view, "" if short and view != self.view else name, str(count)))
            for number, (view, name, count) in enumerate(views, start=1)
        ]

    def _tab(self, number: int, view: View | OwnView, name: str, count: str) -> Line:
        here = view == self.view
        spans: list[Span] = [(f" {number}", "accent")]
        if name:
            spans.append((f" {name}", "strong" if here else "dim"))
        spans.append((f" {count} ", "bright" if here else "dim"))
        return tuple(spans)


def _width(tab: Line) -> int:
    return sum(cell_len(text) for text, _role in tab)


class ColumnHeads(Bar):
    """The names of the columns, as wide as the columns below; `column` is what is sorted by."""

    column: reactive[Column] = reactive(Column.NEEDS, repaint=False)
    reverse: reactive[bool] = reactive(False, repaint=False)

    def watch_column(self) -> None:
        """Show what is sorted by."""
        self.repaint()

    def watch_reverse(self) -> None:
        """Show which way."""
        self.repaint()

    def line(self, y: int) -> Line:
        """Return the heads."""
        columns = Columns.for_width(self.line_width - 1)
        cells = [
            self._head(Column.NAME, _("TASK"), columns.name),
            self._head(Column.STATUS, _("STATUS"), columns.status),
        ]
        if columns.progress:
            cells.append(self._head(Column.PROGRESS, _("PROGRESS"), columns.progress))
            cells.append(self._head(Column.AGE, _("AGE"), columns.age, "right"))
        cells.append(self._head(Column.LINK, _("LINK"), columns.link, "right"))
        return (
            (" " * columns.lead, "dim"),
            *(span for cell in cells for span in (cell, (" ", "dim"))),
        )

    def _head(self, column: Column, name: str, width: int, align: str = "left") -> Span:
        if column is not self.column:
            return fmt.fit(name, width, align), "dim"
        sign = glyphs().ascending if self.reverse else glyphs().descending
        return fmt.fit(name + sign, width, align), "normal"
