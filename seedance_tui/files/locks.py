"""Locks between processes. The system lets one go when its process dies."""

from __future__ import annotations

import errno
import logging
import os
import sys
import time
from contextlib import ExitStack, suppress
from functools import cache
from pathlib import Path

from . import placing

_log = logging.getLogger(__name__)
_MOST_OPENINGS = 100
"""Times that a file is opened anew because another process moves it away."""
_PAUSE = 0.02
_TAKEN = (errno.EWOULDBLOCK, errno.EACCES)
_NO_LOCKS_HERE = (errno.ENOLCK, errno.ENOSYS, errno.EOPNOTSUPP, errno.ENOTSUP, errno.EINVAL)
"""What network and user-space file systems say that have no locks."""


class LockedElsewhere(Exception):
    """Another process, or another open file of this one, holds the lock."""


if sys.platform == "win32":
    import msvcrt

    from . import _byte_locks

    def _lock(descriptor: int, *, wait: bool) -> None:
        _byte_locks.lock(descriptor, msvcrt)

    def _unlock(descriptor: int) -> None:
        _byte_locks.unlock(descriptor, msvcrt)
else:
    import fcntl

    def _lock(descriptor: int, *, wait: bool) -> None:
        fcntl.flock(descriptor, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))

    def _unlock(descriptor: int) -> None:
        fcntl.flock(descriptor, fcntl.LOCK_UN)


def lock(descriptor: int, *, wait: bool = True) -> bool:
    """Lock the open file against others; return whether it is locked.

    It is not where the file system has no locks: one goes on without, and the log says so once.
    A lock that is taken is waited for, or raises LockedElsewhere without `wait`.
    """
    while True:
        try:
            _lock(descriptor, wait=wait)
        except OSError as error:
            if error.errno in _NO_LOCKS_HERE:
                from .os_errors import reason

                _say_once(reason(error))
                return False
            if error.errno not in _TAKEN:
                raise
            if not wait:
                raise LockedElsewhere from error
        else:
            return True
        time.sleep(_PAUSE)  # on Windows, where waiting by the system ends after ten seconds


def unlock(descriptor: int) -> None:
    """Let the file go, a moment before it is closed."""
    with suppress(OSError):  # it was not locked, or its file system has no locks
        _unlock(descriptor)


def open_locked(path: Path, flags: int = 0) -> int:
    """Open a file to read and write, locked until it is closed, and return its descriptor.

    A file that has been moved away meanwhile, or has a second name, stays as it is; a new one is
    opened under `path`, if `flags` have `os.O_CREAT`. Raises LockedElsewhere and OSError.
    """
    for _ in range(_MOST_OPENINGS):
        descriptor = os.open(path, os.O_RDWR | getattr(os, "O_BINARY", 0) | flags, 0o666)
        with ExitStack() as unless_it_is_kept:
            unless_it_is_kept.callback(os.close, descriptor)
            lock(descriptor, wait=False)
            if _is_only_name(path, descriptor):
                unless_it_is_kept.pop_all()
                return descriptor
        if placing.OPEN_FILES_STAY:
            _drop_second_name(path)
    raise LockedElsewhere(path)


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
        _drop_second_name(path)
        return False
    return is_there


def _drop_second_name(path: Path) -> None:
    """Take the name away, if it is not the file's only one.

    Windows refuses while the file is open: there it is done again once it is closed.
    """
    with suppress(FileNotFoundError, PermissionError):
        if path.stat().st_nlink > 1:
            path.unlink()


@cache
def _say_once(why: str) -> None:
    _log.warning("no locks on this file system (%s): change a file in one window at a time", why)
