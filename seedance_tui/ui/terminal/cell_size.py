"""The pixels of a cell of this terminal."""

from __future__ import annotations

import struct
import sys
from contextlib import suppress

from textual.app import App

USUAL = 8, 16
"""Pixels of a cell where the terminal does not tell; whoever sends fewer has them scaled."""
_MOST = 2560 * 1440
"""Pixels of a screen that are sent at the most: those of a larger one would take too long."""


def pixel_cell(app: App[object]) -> tuple[int, int]:
    """Return the pixels that are drawn for a cell of an app's terminal."""
    return USUAL if app.is_headless else limited(*_told())


def limited(columns: int, lines: int, width: int, height: int) -> tuple[int, int]:
    """Return the pixels of a cell of a screen that has so many cells, and so many pixels."""
    if min(columns, lines) < 1:
        return USUAL
    if width < columns or height < lines:
        width, height = columns * USUAL[0], lines * USUAL[1]
    scale = min(1.0, (_MOST / (width * height)) ** 0.5)
    return max(1, int(width / columns * scale)), max(1, int(height / lines * scale))


def _told() -> tuple[int, int, int, int]:
    """Columns, lines and pixels, as the terminal has told the system; zeros where it has not."""
    if sys.platform != "win32":
        from fcntl import ioctl
        from termios import TIOCGWINSZ

        with suppress(OSError, ValueError):
            answer = ioctl(sys.__stderr__, TIOCGWINSZ, bytes(8)) if sys.__stderr__ else bytes(8)
            lines, columns, width, height = struct.unpack("HHHH", answer)
            return columns, lines, width, height
    return 0, 0, 0, 0
