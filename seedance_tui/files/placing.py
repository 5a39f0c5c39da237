"""Renames that are durable and never replace a file."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path


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
        new.rename(path)
    else:
        new.unlink()
    sync_folder(path.parent)
    return True
