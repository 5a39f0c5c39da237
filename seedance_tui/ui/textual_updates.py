"""What goes to the terminal: the cells that differ from what it shows, and no others.

Textual writes all cells of what was laid out or repainted, most of which are there already: over
SSH a menu that closes took seconds. Like `textual_private` it builds on what Textual does not
promise.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.cells import cell_len
from rich.console import Console
from rich.control import Control
from textual._compositor import ChopsUpdate, CompositorUpdate, LayoutUpdate
from textual.geometry import Size
from textual.strip import Strip

PLACEHOLDER = chr(0x10EEEE)
"""In a cell that shows a part of a picture: its marks say which part, its colour which picture."""
Piece = tuple[int, int, Strip]
"""Cells, and where they begin: the line, the column."""


class Cells(CompositorUpdate):
    """Writes pieces, each at its place."""

    def __init__(self, pieces: Sequence[Piece]) -> None:
        self._pieces = pieces

    def render_segments(self, console: Console) -> str:
        """Return the sequences that write them."""
        return "".join(
            Control.move_to(x, y).segment.text + strip.render(console)
            for y, x, strip in self._pieces
        )


class ShownCells:
    """Remembers what the terminal shows; of whole lines if they are read aloud."""

    def __init__(self) -> None:
        self._lines: dict[int, Strip] = {}
        self._size = Size()

    def forget(self) -> None:
        """Take everything for changed: the terminal shows something else, or has another size."""
        self._lines.clear()

    def changes(self, update: CompositorUpdate, *, whole_lines: bool) -> CompositorUpdate:
        """Return what of an update the terminal does not show yet, and take it for shown."""
        if not isinstance(update, LayoutUpdate | ChopsUpdate):
            self.forget()
            return update
        if isinstance(update, ChopsUpdate):
            pieces = _of_chops(update)
        else:
            pieces = _of_layout(update)
            if update.region.size != self._size:
                self._size = update.region.size
                self.forget()
        return Cells([new for piece in pieces for new in self._take(*piece, whole=whole_lines)])

    def _take(self, y: int, x: int, strip: Strip, *, whole: bool) -> Iterator[Piece]:
        """Yield the part of a piece that is new; the line is known from then on."""
        line, end = self._lines.get(y), x + strip.cell_length
        if line is None or line.cell_length < end:
            if x == 0:
                self._lines[y] = strip
            yield y, x, _bare(strip)
            return
        # A wide character at an edge loses its other half, which not every terminal blanks.
        begin, stop = max(0, x - 1), end + 1
        whole_line = _simplified(Strip.join([line.crop(0, x), strip, line.crop(end)]))
        old, new = _simplified(line.crop(begin, stop)), _simplified(whole_line.crop(begin, stop))
        if old == new:
            return
        self._lines[y] = whole_line
        first, last = (begin + cell for cell in differing(old, new))
        if whole and first < last:
            first, last = min(first, x), max(last, end)
        if first < last:
            yield y, first, _bare(whole_line.crop(first, last))


def _of_layout(update: LayoutUpdate) -> Iterator[Piece]:
    for y, strips in enumerate(update.strips, update.region.y):
        yield y, update.region.x, Strip.join(strips)


def _of_chops(update: ChopsUpdate) -> Iterator[Piece]:
    """Yield the cells that changed; Textual's own begins at the widget's edge, however far off."""
    for y, first, last in update.spans:
        for end, (x, strip) in zip(update.chop_ends[y], update.chops[y].items(), strict=False):
            begin, stop = max(x, first), min(end, last)
            if strip is not None and begin < stop:
                begin, stop = _whole(strip, begin - x, stop - x)
                yield y, x + begin, strip.crop(begin, stop)


def _whole(strip: Strip, begin: int, stop: int) -> tuple[int, int]:
    """Take in the other half of a wide character at either edge: a half of it is a blank.

    What covered one half, and is gone, has changed no more than its own cells.
    """
    if begin > 0 and _splits(strip, begin):
        begin -= 1
    if stop < strip.cell_length and _splits(strip, stop):
        stop += 1
    return begin, stop


def _splits(strip: Strip, cell: int) -> bool:
    """Whether a cell is the second half of a character."""
    return _cells(strip)[cell][-1] == 1


def _simplified(strip: Strip) -> Strip:
    """Join what looks alike; cells of a picture stay apart, as to crop would part their marks."""
    return strip if PLACEHOLDER in strip.text else strip.simplify()


def _bare(strip: Strip) -> Strip:
    return Strip(segment for segment in strip if segment.text).simplify()


def differing(one: Strip, other: Strip) -> tuple[int, int]:
    """From which cell on, and up to which, two strips differ; they are equally long."""
    same = [a == b for a, b in zip(_cells(one), _cells(other), strict=False)]
    if all(same):
        return 0, 0
    return same.index(False), len(same) - same[::-1].index(False)


def _cells(strip: Strip) -> list[tuple[object, ...]]:
    """What stands in each cell, with its style, and whether it is the second half of it."""
    characters: list[tuple[str, object]] = []
    for text, style, _control in strip:
        for character in text:
            if characters and cell_len(character) == 0:
                before, own = characters.pop()
                characters.append((before + character, own))
            else:
                characters.append((character, style))
    return [
        (character, style, half)
        for character, style in characters
        for half in range(cell_len(character[:1]))
    ]
