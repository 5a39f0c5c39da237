"""A small picture in a page."""

from __future__ import annotations

from textual.strip import Strip

from ...core.media.images import scaled
from ...core.media.picture import Picture, fitted
from .half_blocks import half_blocks


def poster_strips(picture: Picture, columns: int, lines: int) -> list[Strip]:
    """Return the picture as large as it fits."""
    width, height = fitted(*picture.size, columns, 2 * lines)
    small = scaled(picture, (width, height + height % 2))
    return half_blocks(small.rgb, small.width, small.height)
