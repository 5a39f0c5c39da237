"""A small picture at the left of a page."""

from __future__ import annotations

from rich.segment import Segment
from textual.strip import Strip

from ...core.media.images import scaled
from ...core.media.picture import Picture, fitted
from .half_blocks import half_blocks

_MOST_COLUMNS = 40


def poster_strips(picture: Picture, columns: int, lines: int) -> list[Strip]:
    """Return the picture as large as it fits, one blank cell before it."""
    width, height = fitted(*picture.size, min(columns, _MOST_COLUMNS), 2 * lines)
    small = scaled(picture, (width, height + height % 2))
    margin = Strip([Segment(" ")], 1)
    rows = half_blocks(small.rgb, small.width, small.height)
    return [Strip.join([margin, row]) for row in rows]
