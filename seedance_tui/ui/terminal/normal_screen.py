"""Show a text on the terminal's normal screen: the terminal wraps it, and selects it whole."""

from __future__ import annotations

import asyncio
import os
import sys
from contextlib import suppress
from typing import Any

from textual.app import App, SuspendNotSupported

from ...core.text.i18n import _
from ...core.text.sanitize import safe

_ERASE_BELOW = "\x1b[J"
"""What the full screen left behind where there is no other screen, as in GNU screen at first."""


async def show_until_enter(app: App[Any], text: str) -> bool:
    """Print the text and wait for enter; False where the full screen cannot be left.

    The program goes on meanwhile. What fails may not leave the inner `with`: Textual would not
    come back to its screen.
    """
    if sys.platform == "win32":
        return False
    try:
        with app.suspend(), suppress(OSError, ValueError):
            hint = _("Enter: back to seedance-tui")
            shown = safe(text, lines=True, whole=True)
            print(f"{_ERASE_BELOW}\n{shown}\n\n{hint}", file=sys.__stderr__, flush=True)
            await _line_typed(sys.stdin.fileno())
    except SuspendNotSupported:
        return False
    return True


async def _line_typed(descriptor: int) -> None:
    """Wait until a line is typed, or until there is nobody to type one."""
    loop, typed = asyncio.get_running_loop(), asyncio.Event()
    loop.add_reader(descriptor, typed.set)
    try:
        await typed.wait()
        os.read(descriptor, 4096)
    finally:
        loop.remove_reader(descriptor)
