"""Atomic file writes, and a lock between processes."""

from __future__ import annotations

import errno
import glob
import os
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

_PRIVATE = 0o600
"""The mode that a temporary file is made with."""


def write_whole(
    path: Path,
    content: bytes,
    mode: int = _PRIVATE,
    *,
    still: Callable[[Path], bool] = lambda path: True,
) -> os.stat_result | None:
    """Replace the file at `path`: after a crash at any instant it is the old or the new one.

    A symbolic link stays one; its target is replaced. `still` is asked at the last moment about
    the file there, as `replace_file` says; if it says no, that one stays. Returns the status of
    the new file, None if there is none.
    """
    from ...files.replacing import discard, replace_file

    path = Path(os.path.realpath(path))
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.", suffix=".tmp")
    new = Path(name)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        _set_mode(new, mode)
        return replace_file(new, path, still)
    finally:
        discard(new)


def _set_mode(path: Path, mode: int) -> None:
    """Set another mode than the usual one, where the file system has modes."""
    if mode == _PRIVATE:
        return
    try:
        path.chmod(mode)
    except OSError as error:
        if error.errno not in (errno.EPERM, errno.ENOTSUP, errno.EOPNOTSUPP):
            raise


@contextmanager
def locked(path: Path) -> Iterator[BinaryIO]:
    """Hold the lock of `path`, a file beside it, against other processes and threads."""
    from ...files.locks import lock, unlock

    path = Path(os.path.realpath(path))
    path.parent.mkdir(parents=True, exist_ok=True)
    with open(lock_file(path), "a+b", opener=_private) as file:
        lock(file.fileno())
        try:
            remove_leftovers(path)
            yield file
        finally:
            unlock(file.fileno())


def remove_leftovers(path: Path) -> None:
    """Remove or finish what a killed writer of the file left beside it; its lock is held."""
    from ...files.replacing import discard, finish_replacing

    for left in path.parent.glob(f".{glob.escape(path.name)}.*.tmp"):
        discard(left)
    finish_replacing(path)


def lock_file(path: Path) -> Path:
    """Where the lock of `path` is."""
    path = Path(os.path.realpath(path))
    return path.with_name(f".{path.name}.lock")


def _private(name: str, flags: int) -> int:
    """Open a file of our own; a link in its place is not followed: it may lead to anybody's."""
    return os.open(name, flags | getattr(os, "O_NOFOLLOW", 0), _PRIVATE)
