"""Whether a file could be written, tried without leaving anything."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from .atomic import lock_file

_SOME = 4096
"""Bytes: a full disk takes less."""


def try_writing(path: Path) -> None:
    """Write beside `path` as a replacement of it is written; raises OSError where that fails."""
    path = Path(os.path.realpath(path))
    if path.is_dir():
        raise IsADirectoryError(f"{path} is a folder")
    there = next(folder for folder in path.parents if folder.exists())
    with tempfile.TemporaryFile(dir=there) as file:
        file.write(bytes(_SOME))
        file.flush()
        os.fsync(file.fileno())
    if (lock := lock_file(path)).exists():
        lock.open("r+b").close()
