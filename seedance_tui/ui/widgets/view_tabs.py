"""The five views with their counts, and the heads of the columns."""

from __future__ import annotations

from dataclasses import dataclass

from rich.cells import cell_len
from textual import events
from textual.message import Message
from textual.reactive import reactive

from ...core.language import _
from ...core.views import Summary, View
from .. import format as fmt
from ..looks import Line, Span
from .lines import Bar
from .task_list import Columns


class ViewTabs(Bar):
    """Attributes: `summary` for the counts, `view` the one that is shown."""

    summary: reactive[Summary] = reactive(Summary(), repaint=False)
    view: reactive[View] = reactive(View.ALL, repaint=False)

    @dataclass
    class Picked(Message):
        """A view was clicked."""

        view: View

    def watch_summary(self) -> None:
        """Count anew."""
        self.repaint()

    def watch_view(self) -> None:
        """Show which one is shown."""
        self.repaint()

    def on_click(self, event: events.Click) -> None:
        """Pick the view under the mouse."""
        end = 0
        for view, tab in zip(View, self._tabs(), strict=True):
            end += sum(cell_len(text) for text, role in tab)
            if event.x < end:
                self.post_message(self.Picked(view))
                return

    def line(self, y: int) -> Line:
        """Return all tabs in one line."""
        return tuple(span for tab in self._tabs() for span in tab)

    def _tabs(self) -> list[Line]:
        names = (_("All"), _("Active"), _("Ready"), _("Failed"), _("Expiring"))
        short = self.size.width < 56
        return [
            self._tab(number, view, "" if short and view is not self.view else name)
            for number, (view, name) in enumerate(zip(View, names, strict=True), start=1)
        ]

    def _tab(self, number: int, view: View, name: str) -> Line:
        count = self.summary.views[number - 1]
        here = view is self.view
        spans: list[Span] = [(f" {number}", "accent")]
        if name:
            spans.append((f" {name}", "strong" if here else "dim"))
        spans.append((f" {count} ", "bright" if here else "dim"))
        return tuple(spans)


class ColumnHeads(Bar):
    """The names of the columns, as wide as the columns below."""

    def line(self, y: int) -> Line:
        """Return the heads."""
        columns = Columns.for_width(self.size.width - 1)
        heads = [fmt.fit(_("TASK"), columns.name), fmt.fit(_("STATUS"), columns.status)]
        if columns.progress:
            heads.append(fmt.fit(_("PROGRESS"), columns.progress))
            heads.append(fmt.fit(_("AGE"), columns.age, "right"))
        heads.append(fmt.fit(_("LINK"), columns.link, "right"))
        return (("  " + " ".join(heads), "dim"),)
