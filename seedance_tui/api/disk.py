"""What both rooms need of the disk: a lock between processes, and renames that last."""

from __future__ import annotations

import errno
import os
import sys
from contextlib import ExitStack, suppress
from pathlib import Path

from .errors import InUse

_MOST_OPENINGS = 100
"""Times that a file is opened anew because another process moves it away."""

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


def sync_folder(folder: Path) -> None:
    """Make a rename in `folder` durable, where the system can."""
    with suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def open_locked(path: Path, flags: int = 0) -> int:
    """Open a file to read and write, locked until it is closed: return its descriptor.

    A file that has been moved away meanwhile, or has a second name, stays as it is; one of its
    own is opened under `path`, if `flags` have `os.O_CREAT`. Raises InUse if another has the lock,
    and OSError.
    """
    for _ in range(_MOST_OPENINGS):
        descriptor = os.open(path, os.O_RDWR | getattr(os, "O_BINARY", 0) | flags, 0o666)
        with ExitStack() as unless_it_is_kept:
            unless_it_is_kept.callback(os.close, descriptor)
            _lock_at_once(descriptor)
            if _is_only_name(path, descriptor):
                unless_it_is_kept.pop_all()
                return descriptor
    raise _in_use()


def _lock_at_once(descriptor: int) -> None:
    """Lock the file where its file system knows locks; InUse if another has it."""
    try:
        lock(descriptor, wait=False)
    except OSError as error:
        if error.errno in (errno.EWOULDBLOCK, errno.EACCES):
            raise _in_use() from error


def _in_use() -> InUse:
    return InUse("another window is saving this file")


def _is_only_name(path: Path, descriptor: int) -> bool:
    """Whether the open file is the one at `path` and at no other place.

    One with two names has been given its last one by a process that was killed right then.
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


def move_into_place(new: Path, path: Path) -> bool:
    """Give a whole file its name; False if it is taken, for a link never replaces a file."""
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
