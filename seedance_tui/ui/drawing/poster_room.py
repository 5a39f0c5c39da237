"""The room of the small picture in the detail."""

from __future__ import annotations

_LEAST, _MOST = 5, 10
"""Lines of the picture: a quarter of the pane."""
_WIDEST = 40
"""Cells of the picture."""


def room_for(ratio: str | None, width: int, height: int) -> tuple[int, int]:
    """Return the cells and lines for a picture of a `ratio` such as `16:9` in a pane.

    They are the same before the picture is there: nothing moves when it comes. No lines are left
    in a low pane.
    """
    cells, lines = min(_WIDEST, width - 2), min(_MOST, height // 4)
    if lines < _LEAST:
        return cells, 0
    wide, _colon, high = (ratio or "").partition(":")
    if not (wide.isdecimal() and high.isdecimal() and int(wide) and int(high)):
        return cells, lines
    return cells, max(_LEAST, min(lines, -(-cells * int(high) // (2 * int(wide)))))
