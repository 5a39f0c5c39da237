"""A frame with words in its middle, for a place where there is no picture."""

from __future__ import annotations

from rich.cells import cell_len

from . import format as fmt
from .glyphs import glyphs


def framed(words: str, width: int, lines: int) -> tuple[str, ...]:
    """Return the lines of a frame of that size; too small a one is left out."""
    room = max(2, width - 4)
    texts = list(fmt.wrap(words, room)) if words else []
    if width < 4 or lines < 3:
        texts = fmt.first_lines(texts, lines, room)
        return tuple(fmt.fit(text, width) for text in [*texts, *[""] * lines][:lines])
    left, across, right, side, below_left, below_right = glyphs().frame
    inside = [""] * (lines - 2)
    first = max(0, (len(inside) - len(texts)) // 2)
    texts = fmt.first_lines(texts, len(inside), room)
    inside[first : first + len(texts)] = texts
    return (
        left + across * (width - 2) + right,
        *(f"{side}{_centred(text, width - 2)}{side}" for text in inside),
        below_left + across * (width - 2) + below_right,
    )


def _centred(text: str, width: int) -> str:
    return fmt.fit(" " * ((width - cell_len(text)) // 2) + text, width)
