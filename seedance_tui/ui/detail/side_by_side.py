"""A table with a column for the original video and one for the super-resolved one."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from rich.cells import cell_len

from ...api.links import Kind
from ...api.upstream import Upstream, Usage
from ...core.model.entry import Entry
from ...core.model.file_states import FileState, Saved
from ...core.text.i18n import _
from ...core.text.sanitize import safe
from ..drawing import format as fmt
from ..drawing import spans
from ..drawing.glyphs import glyphs
from ..drawing.spans import Line, Role, Span
from ._file_words import state_words
from ._values import left_span, ratio, short_link, times_sign

PAIR = (Kind.ORIGINAL, Kind.RESULT)
"""The two that are compared, in the order of the columns."""
_MOST_LINES = 3
_LEAST_FILE = 12
"""Cells by which one file is told from another, its name cut in the middle."""


@dataclass(frozen=True, slots=True)
class Row:
    """One thing that both have; `times` is how many times as much of it the result has."""

    name: str
    original: Line
    result: Line
    times: float | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """Rows below the names of the columns; widths in cells, the space after a cell included.

    Without a `factor` column, factors stand beside the results.
    """

    rows: Sequence[Row]
    names: tuple[str, str]
    label: int
    column: int
    factor: int = 0
    title: str = ""

    def lines(self) -> Iterator[Line]:
        """Yield the lines; where the screen is read aloud, one thing on each."""
        if glyphs().plain:
            yield from self._spoken()
            return
        # A title wider than the labels moves the name of the first column to the right.
        title = fmt.cut_end(self.title, self.label + self.column // 2)
        taken = max(self.label, cell_len(title) + 1)
        first = fmt.fit(self.names[0], self.label + self.column - taken)
        heads = first + fmt.fit(self.names[1], self.column - 1)
        yield ((" " + fmt.fit(title, taken), "strong"), (heads, "dim"))
        for row in self.rows:
            yield from self._row(row)

    def _row(self, row: Row) -> Iterator[Line]:
        beside = not self.factor
        cells = row.original, _with_factor(row) if beside else row.result
        pieces = [_wrapped(cell, self.column - 1) for cell in cells]
        for index in range(max(map(len, pieces))):
            head = fmt.fit(row.name if index == 0 else "", self.label)
            left, right = (piece[index] if index < len(piece) else () for piece in pieces)
            line: Line = ((" " + head, "dim"), *spans.padded(left, self.column))
            if beside or row.times is None or index:
                yield (*line, *right)
            else:
                factor = fmt.cut_end(times_sign(row.times), self.factor)
                role: Role = "dim" if fmt.times(row.times) == fmt.times(1) else "bright"
                yield (*line, *spans.padded(right, self.column), (factor, role))

    def _spoken(self) -> Iterator[Line]:
        if self.title:
            yield ((" " + self.title, "strong"),)
        for row in self.rows:
            for of, value in zip(self.names, (row.original, _with_factor(row)), strict=True):
                label = _("{name}: {what}").format(name=f"{row.name}, {of}", what="")
                yield ((f" {label}", "dim"), *value)


def resolution(upstream: Upstream) -> Row:
    """How large each is, in the words of the response."""
    words = (upstream.resolution, upstream.super_resolution)
    original, result = (cell(safe(word or "")) for word in words)
    return Row(_("Resolution"), original, result)


def time_left(entry: Entry, now: float) -> Row:
    """How long each link lives."""
    links = (entry.link(kind) for kind in PAIR)
    original, result = ((left_span(x, entry, now),) if x else cell(None) for x in links)
    return Row(_("Time left"), original, result)


def links(entry: Entry, width: int) -> Row:
    """Each link by its host and file, in `width` cells."""
    found = (entry.link(kind) for kind in PAIR)
    original, result = (cell(short_link(link.url, width) if link else None) for link in found)
    return Row(_("Link"), original, result)


def files(entry: Entry, now: float, width: int) -> Row:
    """What becomes of each file, in `width` cells where that is known by a name alone."""
    original, result = ((_file(entry.file(kind), now, width),) for kind in PAIR)
    return Row(_("File"), original, result)


def tokens(usage: Usage) -> Row:
    """What each of them is billed at."""
    few, many = usage.completion_tokens, usage.super_resolution_tokens
    return numbers(_("Tokens"), few, many, "{:,}".format)


def numbers(
    name: str, few: float | None, many: float | None, written: Callable[[float], str]
) -> Row:
    """Two numbers, each as it is `written`, and the factor between them."""
    original, result = (cell(None if n is None else written(n)) for n in (few, many))
    return Row(name, original, result, ratio(few, many))


def cell(words: str | None) -> Line:
    """A value, already safe; the dim dash for none."""
    return ((words, "normal") if words else (fmt.nothing(), "dim"),)


def _with_factor(row: Row) -> Line:
    beside: Line = ((f"  {times_sign(row.times)}", "dim"),) if row.times else ()
    return (*row.result, *beside)


def _wrapped(line: Line, width: int) -> list[Line]:
    """A cell as it is, or each of its spans wrapped, three lines of it at the most."""
    if sum(cell_len(text) for text, role in line) <= width:
        return [line]
    pieces = [(piece, role) for text, role in line for piece in fmt.wrap(text.strip(), width)]
    texts = fmt.first_lines([text for text, role in pieces], _MOST_LINES, width)
    return [((text, role),) for text, (_text, role) in zip(texts, pieces, strict=False)]


def _file(state: FileState | None, now: float, width: int) -> Span:
    """Whether it is saved, and by which name: in a narrow column by the name alone."""
    if state is None:
        return _("not saved"), "dim"
    if isinstance(state, Saved):
        words, name = _("saved as {path}").format(path=""), safe(state.path.name)
        room = width - cell_len(words)
        if room < min(_LEAST_FILE, cell_len(name)):
            return fmt.cut_middle(name, width, width // 2), "normal"
        return words + fmt.cut_middle(name, room), "normal"
    return state_words(state, now)
