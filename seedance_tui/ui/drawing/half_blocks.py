"""Pictures in cells: two pixels in each, one above the other."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from rich.color import Color
from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from .glyphs import glyphs

CELL = 1, 2
"""Pixels of a cell."""
_STEPS = bytes(level & 0xFC | level >> 6 for level in range(256))
"""Levels that the eye tells apart: neighbours of one colour then share their escape sequence."""
_KEPT_COLOURS, _KEPT_STYLES = 1 << 13, 1 << 14
_CUBE = (0, 95, 135, 175, 215, 255)
"""Levels of red, green and blue in the 216 colours of a terminal that has 256."""
_GREYS = range(8, 239, 10)
"""And the levels of its greys."""
_has_few_colours = False


def choose_colours(color_system: str | None) -> None:
    """Draw for a terminal with the colours that Rich found it to have."""
    global _has_few_colours
    if _has_few_colours != (color_system == "256"):
        _has_few_colours = color_system == "256"
        _colour.cache_clear()
        _style.cache_clear()


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
    parts = rgb >> 16, rgb >> 8 & 0xFF, rgb & 0xFF
    return Color.from_rgb(*(_nearest(parts) if _has_few_colours else parts))


def _nearest(rgb: tuple[int, int, int]) -> tuple[int, ...]:
    """Return the nearest of 256 colours; Rich's own choice makes dark ones blue, pale ones grey."""
    grey = min(_GREYS, key=lambda level: abs(3 * level - sum(rgb)))
    in_cube = tuple(min(_CUBE, key=lambda level: abs(level - part)) for part in rgb)
    return min(in_cube, (grey,) * 3, key=lambda one: _apart(one, rgb))


def _apart(one: tuple[int, ...], other: tuple[int, ...]) -> int:
    """How far two colours are from each other; the eye sees green best."""
    pairs = zip((2, 4, 3), one, other, strict=True)
    return sum(weight * (first - second) ** 2 for weight, first, second in pairs)
