"""A saved file once more under another name, or on standard output."""

from __future__ import annotations

import filecmp
import os
import shutil
import sys
import tempfile
from pathlib import Path

from ..api.errors import NameTaken
from ..core.model.file_states import NotSaved, Saved
from ..core.model.outcomes import Problem
from ..files.placing import move_into_place
from ..files.replacing import discard

_PIECE = 1024 * 1024


def copied(there: Path, path: Path) -> Saved | NotSaved:
    """Copy a saved file to a path where no other file is; blocks, may raise OSError."""
    if path.is_file() and filecmp.cmp(there, path, shallow=False):  # the copy of an earlier run
        return Saved(path)
    descriptor, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.", suffix=".tmp")
    new = Path(name)
    try:
        with there.open("rb") as source, os.fdopen(descriptor, "wb") as target:
            shutil.copyfileobj(source, target)
            target.flush()
            os.fsync(target.fileno())
        return Saved(path) if move_into_place(new, path) else NotSaved(Problem(NameTaken))
    finally:
        discard(new)


def write_out(path: Path) -> None:
    """Write a whole file to standard output, whose buffer is empty; blocks, may raise OSError."""
    # A thread that is left behind may not hold the lock of the buffer when the program ends.
    target = getattr(sys.stdout.buffer, "raw", sys.stdout.buffer)
    with path.open("rb") as source:
        while piece := memoryview(source.read(_PIECE)):
            while piece:
                piece = piece[target.write(piece) or 0 :]
