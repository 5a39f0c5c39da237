"""What Windows does otherwise with files, played on Linux for one test."""

import errno
import os
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import pytest

if sys.platform != "linux":
    pytest.skip("played by the files that Linux says a process has open", allow_module_level=True)

from seedance_tui.files import _byte_locks, locks, placing, replacing


class Msvcrt:
    """`msvcrt` for the descriptors of one process: bytes are locked from the position on."""

    LK_NBLCK, LK_UNLCK = 2, 0

    def __init__(self, refusal: int = errno.EACCES) -> None:
        self.held: dict[tuple[int, int, int], int] = {}
        """Who holds which byte of which file."""
        self._refusal = refusal

    def locking(self, fd: int, mode: int, nbytes: int, /) -> None:
        assert nbytes == 1
        status = os.fstat(fd)
        byte = (status.st_dev, status.st_ino, os.lseek(fd, 0, os.SEEK_CUR))
        if mode == self.LK_UNLCK:
            assert self.held.pop(byte) == fd, "only what one has locked can be unlocked"
        elif byte in self.held:
            raise OSError(self._refusal, "refused")
        else:
            self.held[byte] = fd


def is_open(path: object) -> bool:
    """Whether this process has the file open."""
    wanted = os.path.realpath(os.fspath(path))  # type: ignore[call-overload]
    links = (f"/proc/self/fd/{fd}" for fd in os.listdir("/proc/self/fd"))
    return any(os.path.lexists(link) and os.readlink(link) == wanted for link in links)


def play_windows(patch: pytest.MonkeyPatch, seconds: float = 0.1) -> Msvcrt:
    """Let no open file be replaced, moved or removed, and locks be of bytes."""
    msvcrt = Msvcrt()
    patch.setattr(placing, "OPEN_FILES_STAY", True)
    patch.setattr(placing, "PATIENCE", seconds)
    patch.setattr(replacing, "_swapped", lambda one, other: False)
    patch.setattr(locks, "_lock", lambda fd, *, wait: _byte_locks.lock(fd, msvcrt))
    patch.setattr(locks, "_unlock", lambda fd: _byte_locks.unlock(fd, msvcrt))
    for name in ("replace", "rename", "unlink"):
        patch.setattr(os, name, partial(_refused_while_open, getattr(os, name)))
    return msvcrt


def _refused_while_open(action: Callable[..., Any], *paths: str | Path, **options: Any) -> Any:
    if any(is_open(path) for path in paths):
        raise PermissionError(errno.EACCES, "Access is denied")
    return action(*paths, **options)
