"""The original and the super-resolved video side by side, as a group of the fields."""

from __future__ import annotations

from collections.abc import Iterator

from rich.cells import cell_len

from ...api.links import Kind
from ...core.model.entry import Entry
from ...core.text.i18n import _
from ..drawing.spans import Line
from . import side_by_side
from .page import PageContext, label_cells
from .side_by_side import Table

_MOST_COLUMN, _LEAST_COLUMN = 40, 14


def upscaling(entry: Entry, view: PageContext) -> Iterator[Line]:
    """Lines of a table with a column for each; none where there is only one of them."""
    original, result = entry.link(Kind.ORIGINAL), entry.link(Kind.RESULT)
    if entry.task is None or original is None or result is None:
        return
    label, column = _widths(view)
    upstream, room = entry.task.upstream, column - 1
    rows = (
        side_by_side.resolution(upstream),
        side_by_side.links(entry, room),
        side_by_side.time_left(entry, view.now),
        side_by_side.files(entry, view.now, room),
        side_by_side.tokens(upstream.usage),
    )
    if not view.compact:
        yield ()
    names = _("Original"), _("Super-resolved")
    yield from Table(rows, names, label, column, title=_("Super-resolution")).lines()


def _widths(view: PageContext) -> tuple[int, int]:
    """The widths of the labels, and of each of the two columns with a space after it."""
    label = label_cells() + 1 if view.width >= 70 else min(11, label_cells() + 1)
    title = max(label, cell_len(_("Super-resolution")) + 1)
    if (view.width - 1 - title) // 2 >= _LEAST_COLUMN:  # the heads stand above their columns
        label = title
    return label, min(_MOST_COLUMN, (view.width - 1 - label) // 2)
