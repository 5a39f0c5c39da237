"""The locks of Windows: of single bytes, and mandatory.

`msvcrt.locking` locks from the current position on, so every process has to go to one and the
same byte. Nobody else can read or write a locked byte: it has to be one that no data reaches.
"""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Protocol

BYTE = 0x7FFF_FFFE
"""The byte that stands for the whole file; the C library's positions have 32 bits."""
_NEVER_TAKEN = (errno.EBADF, errno.EINVAL)
"""What else can be wrong by the documents; where it is taken, Wine leaves `errno` as it was."""


class Msvcrt(Protocol):
    """What is needed of the module `msvcrt`."""

    LK_NBLCK: int
    LK_UNLCK: int

    def locking(self, fd: int, mode: int, nbytes: int, /) -> None:
        """Lock or unlock bytes at the current position; OSError if they are taken."""


def lock(descriptor: int, msvcrt: Msvcrt) -> None:
    """Lock the file at once; OSError with EACCES if it is taken."""
    with _at_the_byte(descriptor):
        try:
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        except OSError as error:
            if error.errno in _NEVER_TAKEN:
                raise
            raise OSError(errno.EACCES, os.strerror(errno.EACCES)) from error


def unlock(descriptor: int, msvcrt: Msvcrt) -> None:
    """Let the file go at once: after a mere close Windows does so when it has the time."""
    with _at_the_byte(descriptor):
        msvcrt.locking(descriptor, msvcrt.LK_UNLCK, 1)


@contextmanager
def _at_the_byte(descriptor: int) -> Iterator[None]:
    position = os.lseek(descriptor, 0, os.SEEK_CUR)
    os.lseek(descriptor, BYTE, os.SEEK_SET)
    try:
        yield
    finally:
        os.lseek(descriptor, position, os.SEEK_SET)
