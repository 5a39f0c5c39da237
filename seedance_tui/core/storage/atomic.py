"""Files that appear whole, and a lock between processes."""

from __future__ import annotations

import glob
import os
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from ...files.locks import lock
from ...files.placing import sync_folder


def write_whole(
    path: Path,
    content: bytes,
    mode: int = 0o600,
    *,
    still: Callable[[Path], bool] = lambda path: True,
) -> os.stat_result | None:
    """Replace the file at `path`: after a crash at any instant it is the old or the new one.

    A symbolic link stays one; its target is replaced. `still` is asked at the last moment about
    the file there, and where the system can swap two names once more about the one replaced; if
    it says no, that one stays. Returns the status of the new file, None if there is none.
    """
    path = Path(os.path.realpath(path))
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.", suffix=".tmp")
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        Path(name).chmod(mode)
        status = Path(name).stat()
        if not still(path) or not _put(Path(name), path, still):
            return None
    finally:
        Path(name).unlink(missing_ok=True)
    sync_folder(path.parent)
    return status


def _put(new: Path, path: Path, still: Callable[[Path], bool]) -> bool:
    """Give the new file its name, unless another has taken it since `still` was asked.

    Afterwards `new` is gone, or is the one that has to go.
    """
    if not _swapped(new, path):
        new.replace(path)
        return True
    if still(new):
        return True
    _swapped(new, path)
    return False


def _swapped(one: Path, other: Path) -> bool:
    """Swap two names in one step, where the system can: Linux's `renameat2`."""
    if sys.platform != "linux":
        return False
    import ctypes

    rename = getattr(ctypes.CDLL(None, use_errno=True), "renameat2", None)
    here, exchange = -100, 2
    names = os.fsencode(one), os.fsencode(other)
    return rename is not None and rename(here, names[0], here, names[1], exchange) == 0


@contextmanager
def locked(path: Path) -> Iterator[BinaryIO]:
    """Hold the lock of `path`, a file beside it, against other processes and threads."""
    path = Path(os.path.realpath(path))
    path.parent.mkdir(parents=True, exist_ok=True)
    with open(lock_file(path), "a+b", opener=_private) as file:
        lock(file.fileno())
        remove_leftovers(path)
        yield file


def remove_leftovers(path: Path) -> None:
    """Remove what a killed writer of the file left beside it; the file's lock is held."""
    for left in path.parent.glob(f".{glob.escape(path.name)}.*.tmp"):
        left.unlink(missing_ok=True)


def lock_file(path: Path) -> Path:
    """Where the lock of `path` is."""
    path = Path(os.path.realpath(path))
    return path.with_name(f".{path.name}.lock")


def _private(name: str, flags: int) -> int:
    return os.open(name, flags, 0o600)
