"""Replace a file by a whole one, also while others hold it open.

Every system replaces a name in one step, but Windows not over a file that somebody has open. There
it is tried for a while. A file that stays open so long is written into, and the whole new one lies
beside it, as a spare, until that is done: a process killed in between is made up for by the next.
"""

from __future__ import annotations

import errno
import os
import stat
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from . import placing
from .placing import patiently, sync_folder

_LONGEST_WRITE = 10.0
"""Seconds: a file that was changed so long after its spare was written is somebody else's work."""


def replace_file(
    new: Path, path: Path, still: Callable[[Path], bool] = lambda path: True
) -> os.stat_result | None:
    """Put the complete file `new` in the place of `path` and sync the folder; raises OSError.

    What is there and is no file, such as a folder or a pipe, stays: swapped, it would be hidden.

    `still` is polled the file there before each try, and where the system can swap two names
    once more about the one replaced; if it says no, that one stays. Returns the status of the
    file that is now there, None if it stayed. `new` is gone afterwards.
    """

    def renamed() -> os.stat_result | None:
        _refuse_what_is_no_file(path)
        if not still(path):
            return None
        status = new.stat()
        return status if _given_its_name(new, path, still) else None

    try:
        status = patiently(renamed)
    except PermissionError:
        if not (placing.OPEN_FILES_STAY and path.is_file()):
            raise
        status = _written_into(path, new) if still(path) else None
    finally:
        discard(new)
    sync_folder(path.parent)
    return status


def _refuse_what_is_no_file(path: Path) -> None:
    with suppress(FileNotFoundError):
        mode = path.lstat().st_mode
        if not stat.S_ISREG(mode):
            number = errno.EISDIR if stat.S_ISDIR(mode) else errno.EINVAL
            raise OSError(number, os.strerror(number), str(path))


def discard(path: Path) -> None:
    """Remove a file that nobody wants; what a scanner holds open on Windows stays a while."""
    with suppress(PermissionError):
        path.unlink(missing_ok=True)


def finish_replacing(path: Path) -> None:
    """Make good what a process did not bring to its end; the lock of `path` must be held."""
    spare = _spare(path)
    try:
        late = path.stat().st_mtime - spare.stat().st_mtime
    except FileNotFoundError:
        return
    if (content := spare.read_bytes()) and late < _LONGEST_WRITE:
        _write(path, content)
    _forget(spare)


def _given_its_name(new: Path, path: Path, still: Callable[[Path], bool]) -> bool:
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


def _written_into(path: Path, new: Path) -> os.stat_result:
    spare = _spare(path)
    new.replace(spare)
    try:
        status = _write(path, spare.read_bytes())
    except PermissionError:  # who holds it open lets nobody write: nothing was written
        _forget(spare)
        raise
    _forget(spare)
    return status


def _forget(spare: Path) -> None:
    """Remove it, or at least empty it: written again later, it would undo what came after it."""
    try:
        patiently(spare.unlink)
    except PermissionError:
        os.truncate(spare, 0)


def _write(path: Path, content: bytes) -> os.stat_result:
    with path.open("r+b") as file:
        file.write(content)
        file.truncate()
        os.fsync(file.fileno())
        return os.fstat(file.fileno())


def _spare(path: Path) -> Path:
    return path.with_name(f".{path.name}.spare")
