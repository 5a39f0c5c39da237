"""Renames that are durable and never replace a file, and patience with who holds one open."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import TypeVar

OPEN_FILES_STAY = sys.platform == "win32"
"""Whether the system neither replaces nor removes a file that somebody has open."""
PATIENCE = 2.0 if OPEN_FILES_STAY else 0.0
"""Seconds that are tried there: scanners, indexers and readers hold a file for milliseconds."""
_PAUSE = 0.02
_T = TypeVar("_T")


def patiently(action: Callable[[], _T]) -> _T:
    """Do it, again and again for `PATIENCE` while the system says PermissionError; blocks."""
    until = time.monotonic() + PATIENCE
    while True:
        try:
            return action()
        except PermissionError:
            if time.monotonic() >= until:
                raise
        time.sleep(_PAUSE)


def sync_folder(folder: Path) -> None:
    """Make a rename in `folder` durable, where the system can."""
    with suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def move_into_place(new: Path, path: Path) -> bool:
    """Give a complete file its name; return False if the name is taken.

    A hard link never replaces a file; a rename does, and is used only where there are no links.
    Raises OSError.
    """
    try:
        os.link(new, path)
    except OSError:  # taken, or a file system without links
        if os.path.lexists(path):
            return False
        patiently(partial(new.rename, path))
    else:
        with suppress(PermissionError):  # held open on Windows: the next one to open it drops it
            patiently(new.unlink)
    sync_folder(path.parent)
    return True
