"""The original and the super-resolved video side by side."""

from __future__ import annotations

from collections.abc import Iterator

from rich.cells import cell_len

from ...api.links import Kind
from ...core.entry import Entry
from ...core.file_states import FileState, Saved
from ...core.language import _
from ...core.text import safe
from .. import format as fmt
from .. import looks
from ..glyphs import glyphs
from ..looks import Line, Span
from .file_words import state_words
from .page import View, label_cells
from .values import factor, left_span

_MOST_COLUMN = 40
_MOST_LINES = 3


def upscaling(entry: Entry, view: View) -> Iterator[Line]:
    """Lines of a table with a column for each; none where there is only one of them."""
    original, result = entry.link(Kind.ORIGINAL), entry.link(Kind.RESULT)
    if entry.task is None or original is None or result is None:
        return
    label, column = _widths(view)
    upstream, usage = entry.task.upstream, entry.task.upstream.usage
    times = factor(entry.task)
    rows: list[tuple[str, Line, Line]] = [
        (_("Resolution"), _text(upstream.resolution), _text(upstream.super_resolution)),
        (_("Link"), _short(original.url, column - 1), _short(result.url, column - 1)),
        (
            _("Time left"),
            (left_span(original, entry, view.now),),
            (left_span(result, entry, view.now),),
        ),
        (
            _("File"),
            (_file(entry.file(Kind.ORIGINAL), view.now, column - 1),),
            (_file(entry.file(Kind.RESULT), view.now, column - 1),),
        ),
        (
            _("Tokens"),
            _count(usage.completion_tokens),
            (*_count(usage.super_resolution_tokens), *([(f"  {times}", "dim")] if times else [])),
        ),
    ]
    if not view.compact:
        yield ()
    if glyphs().plain:
        yield from _in_lines(rows)
        return
    heads = fmt.fit(_("Original"), column), fmt.fit(_("Result"), column - 1)
    yield ((" " + fmt.fit(_("Upscaling"), label), "strong"), ("".join(heads), "dim"))
    yield from _table(rows, label, column)


def _widths(view: View) -> tuple[int, int]:
    """The widths of the labels, and of each of the two columns with a space after it."""
    label = label_cells() + 1 if view.width >= 70 else min(11, label_cells() + 1)
    return label, min(_MOST_COLUMN, (view.width - 1 - label) // 2)


def _in_lines(rows: list[tuple[str, Line, Line]]) -> Iterator[Line]:
    """The same with one thing on a line."""
    yield ((" " + _("Upscaling"), "strong"),)
    for name, original, result in rows:
        for of, cell in ((_("Original"), original), (_("Result"), result)):
            label = _("{name}: {what}").format(name=f"{name}, {of}", what="")
            yield ((f" {label}", "dim"), *cell)


def _table(rows: list[tuple[str, Line, Line]], label: int, column: int) -> Iterator[Line]:
    for name, *cells in rows:
        pieces = [_wrapped(cell, column - 1) for cell in cells]
        for index in range(max(map(len, pieces))):
            head = fmt.fit(name if index == 0 else "", label)
            left, right = (piece[index] if index < len(piece) else () for piece in pieces)
            yield ((" " + head, "dim"), *looks.padded(left, column), *right)


def _wrapped(cell: Line, width: int) -> list[Line]:
    """A cell as it is, or each of its spans wrapped, three lines of it at the most."""
    if sum(cell_len(text) for text, role in cell) <= width:
        return [cell]
    pieces = [(piece, role) for text, role in cell for piece in fmt.wrap(text.strip(), width)]
    return [(piece,) for piece in pieces[:_MOST_LINES]]


def _short(url: str, width: int) -> Line:
    return ((fmt.cut_middle(fmt.short_link(url), width, 11), "normal"),)


def _file(state: FileState | None, now: float, width: int) -> Span:
    """Whether it is saved, and by which name; the headline has the whole path."""
    if state is None:
        return _("not saved"), "dim"
    if isinstance(state, Saved):
        words = _("saved as {path}").format(path="")
        name = fmt.cut_middle(safe(state.path.name), max(8, width - cell_len(words)))
        return words + name, "normal"
    return state_words(state, now)


def _text(value: str | None) -> Line:
    return ((safe(value), "normal") if value else (fmt.nothing(), "dim"),)


def _count(number: int | None) -> Line:
    return ((fmt.nothing(), "dim") if number is None else (f"{number:,}", "normal"),)
