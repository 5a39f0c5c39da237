"""Pictures in cells: two pixels in each, one above the other."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from rich.color import Color
from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from .glyphs import glyphs

_STEPS = bytes(level & 0xFC | level >> 6 for level in range(256))
"""Levels that the eye tells apart: neighbours of one colour then share their escape sequence."""
_KEPT_COLOURS, _KEPT_STYLES = 1 << 13, 1 << 14


def half_blocks(rgb: bytes, width: int, height: int) -> list[Strip]:
    """Return a picture as lines of cells: `width` cells, half as many lines as pixels high.

    `rgb` has three bytes a pixel, row by row; an odd last row is left out.
    """
    rgb, row = rgb.translate(_STEPS), 3 * max(1, width)
    tops = range(0, (height - height % 2) * row, 2 * row)
    return [_strip(rgb[at : at + row], rgb[at + row : at + 2 * row], width) for at in tops]


def doubled(rgb: bytes, width: int) -> bytes:
    """Return a picture twice as wide and high, each pixel a square of four: coarse, and small.

    On its way to the terminal it is half as long as one of that size.
    """
    rows = [_stretched(rgb[at : at + 3 * width]) for at in range(0, len(rgb), 3 * width)]
    return b"".join(row + row for row in rows)


def _stretched(row: bytes) -> bytes:
    twice = bytearray(2 * len(row))
    for level in range(3):
        twice[level::6] = twice[level + 3 :: 6] = row[level::3]
    return bytes(twice)


def _strip(upper: bytes, lower: bytes, width: int) -> Strip:
    return Strip(list(_segments(upper, lower)), width)


def _segments(upper: bytes, lower: bytes) -> Iterator[Segment]:
    """Cells that look the same are one segment."""
    count, before = 0, None
    pixels = (upper[::3], upper[1::3], upper[2::3], lower[::3], lower[1::3], lower[2::3])
    for cell in zip(*pixels, strict=True):
        if cell != before:
            if before:
                yield _run(before, count)
            count, before = 0, cell
        count += 1
    if before:
        yield _run(before, count)


def _run(cell: tuple[int, ...], count: int) -> Segment:
    red, green, blue, *below = cell
    upper, lower = red << 16 | green << 8 | blue, below[0] << 16 | below[1] << 8 | below[2]
    return Segment(glyphs().half_block * count, _style(upper, lower))


@lru_cache(_KEPT_STYLES)
def _style(upper: int, lower: int) -> Style:
    """A style is expensive to make, and makes its escape sequence once."""
    return Style.from_color(_colour(upper), _colour(lower))


@lru_cache(_KEPT_COLOURS)
def _colour(rgb: int) -> Color:
    return Color.from_rgb(rgb >> 16, rgb >> 8 & 0xFF, rgb & 0xFF)
