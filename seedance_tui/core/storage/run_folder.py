"""A folder of one run in the temporary directory; the next run removes those of killed ones."""

from __future__ import annotations

import os
import shutil
import stat
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from ...files.locks import LockedElsewhere, lock

_LOCK = ".lock"


@contextmanager
def run_folder(prefix: str) -> Iterator[Path]:
    """Make a folder for as long as the block lasts; first remove what dead runs have left.

    A run holds the lock of its folder while it lives, and has written into the lock file once it
    holds it. So a folder is left over if something stands in its lock file and nobody holds it.
    """
    for folder in Path(tempfile.gettempdir()).glob(f"{prefix}*"):
        if _is_left_over(folder):
            shutil.rmtree(folder, ignore_errors=True)
    with tempfile.TemporaryDirectory(prefix=prefix) as name, _held(Path(name) / _LOCK):
        yield Path(name)


@contextmanager
def _held(path: Path) -> Iterator[None]:
    with path.open("xb", buffering=0) as file:
        if lock(file.fileno()):  # on a file system without locks nobody removes the folder
            file.write(b"held")
        yield


def _is_left_over(folder: Path) -> bool:
    try:
        if not _is_own_folder(folder.lstat()):
            return False
        with (folder / _LOCK).open("r+b") as file:
            return lock(file.fileno(), wait=False) and bool(file.read(1))
    except (LockedElsewhere, OSError):
        return False  # somebody holds it, or it has none: what is not understood is left alone


def _is_own_folder(status: os.stat_result) -> bool:
    """Whether it is a folder of this user's, and no link to one."""
    is_own = os.name != "posix" or status.st_uid == os.getuid()
    return stat.S_ISDIR(status.st_mode) and is_own
