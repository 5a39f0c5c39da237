"""Locks between processes."""

from __future__ import annotations

import errno
import os
import sys
from contextlib import ExitStack
from pathlib import Path

_MOST_OPENINGS = 100
"""Times that a file is opened anew because another process moves it away."""


class LockedElsewhere(Exception):
    """Another process, or another open file of this one, holds the lock."""


if sys.platform == "win32":
    import msvcrt

    def lock(descriptor: int, *, wait: bool = True) -> None:
        """Lock the file against other processes; OSError if it is taken and `wait` is false."""
        msvcrt.locking(descriptor, msvcrt.LK_LOCK if wait else msvcrt.LK_NBLCK, 1)
else:
    import fcntl

    def lock(descriptor: int, *, wait: bool = True) -> None:
        """Lock the file against other processes; OSError if it is taken and `wait` is false."""
        fcntl.flock(descriptor, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))


def open_locked(path: Path, flags: int = 0) -> int:
    """Open a file to read and write, locked until it is closed, and return its descriptor.

    A file that has been moved away meanwhile, or has a second name, stays as it is; a new one is
    opened under `path`, if `flags` have `os.O_CREAT`. Raises LockedElsewhere and OSError.
    """
    for _ in range(_MOST_OPENINGS):
        descriptor = os.open(path, os.O_RDWR | getattr(os, "O_BINARY", 0) | flags, 0o666)
        with ExitStack() as unless_it_is_kept:
            unless_it_is_kept.callback(os.close, descriptor)
            _lock_at_once(descriptor)
            if _is_only_name(path, descriptor):
                unless_it_is_kept.pop_all()
                return descriptor
    raise LockedElsewhere(path)


def _lock_at_once(descriptor: int) -> None:
    """Lock the file where its file system supports locks."""
    try:
        lock(descriptor, wait=False)
    except OSError as error:
        if error.errno in (errno.EWOULDBLOCK, errno.EACCES):
            raise LockedElsewhere from error


def _is_only_name(path: Path, descriptor: int) -> bool:
    """Whether the open file is the one at `path` and at no other place.

    A file with two names was given its last one by a process that was killed right then.
    """
    status = os.fstat(descriptor)
    try:
        is_there = os.path.samestat(status, path.stat())
    except FileNotFoundError:
        return False
    if is_there and status.st_nlink > 1:
        path.unlink()
        return False
    return is_there
