"""Space on the disk: whether there is enough, reserving it, and what the disk refuses."""

from __future__ import annotations

import errno
import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from ...files.os_errors import is_full, reason
from ..errors import DiskError, DiskFull

SPARE = 16 * 1024 * 1024
"""Bytes that must stay free on the disk beside the file itself."""


@contextmanager
def disk_errors(folder: Path) -> Iterator[None]:
    """Turn every OSError into a DiskError; `folder` is where the file is."""
    try:
        yield
    except OSError as error:
        raise refusal(error, folder) from error


def reserve(descriptor: int, folder: Path, total: int) -> None:
    """Check that the open file can grow to `total` bytes, and on Linux reserve the space.

    The file's length stays, as it tells how much has been received. Raises DiskFull; a file system
    that cannot reserve is no error.
    """
    needed = total + SPARE - _taken(descriptor)
    if needed > (free := shutil.disk_usage(folder).free):
        raise DiskFull(needed, free)
    if sys.platform == "linux":
        number = _allocate(descriptor, total)
        error = OSError(number, os.strerror(number))
        if is_full(error):
            raise refusal(error, folder, needed)


def written(descriptor: int, piece: memoryview, folder: Path, needed: int) -> int:
    """Write what the disk takes at once, and return how many bytes that were.

    `needed` bytes are still to be written. Raises DiskError.
    """
    try:
        return os.write(descriptor, piece)
    except OSError as error:
        raise refusal(error, folder, needed) from error


def refusal(error: OSError, folder: Path, needed: int = SPARE) -> DiskError:
    """Name what the disk said; `needed` bytes were still to be written."""
    if not is_full(error):
        return DiskError(reason(error))
    try:
        free = shutil.disk_usage(folder).free
    except OSError:  # the folder itself could not be made
        free = 0
    quota_is_used_up = error.errno == errno.EDQUOT
    return DiskFull(needed, 0 if quota_is_used_up else free)


def _taken(descriptor: int) -> int:
    """Bytes that the file has on the disk, with those reserved."""
    status = os.fstat(descriptor)
    return max(status.st_size, getattr(status, "st_blocks", 0) * 512)


def _allocate(descriptor: int, total: int) -> int:
    """Reserve blocks and keep the length; return the error's number, 0 for none."""
    import ctypes

    library = ctypes.CDLL(None, use_errno=True)
    allocate = getattr(library, "fallocate64", None) or getattr(library, "fallocate", None)
    if allocate is None:
        return errno.ENOSYS
    keep_size, begin, length = 1, ctypes.c_int64(0), ctypes.c_int64(total)
    return ctypes.get_errno() if allocate(descriptor, keep_size, begin, length) else 0
