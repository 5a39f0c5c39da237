"""Files that appear whole, and a lock between processes."""

from __future__ import annotations

import glob
import os
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from ..api.disk import lock, sync_folder


def write_whole(
    path: Path, content: bytes, mode: int = 0o600, *, still: Callable[[], bool] = lambda: True
) -> os.stat_result | None:
    """Replace the file at `path`: after a crash at any instant it is the old or the new one.

    A symbolic link stays one; its target is replaced. `still` is asked at the last moment; if it
    says no, nothing is replaced. Returns the status of the new file, None if there is none.
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
        if not still():
            Path(name).unlink()
            return None
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
    sync_folder(path.parent)
    return status


@contextmanager
def locked(path: Path) -> Iterator[BinaryIO]:
    """Hold the lock of `path`, a file beside it, against other processes and threads."""
    path = Path(os.path.realpath(path))
    path.parent.mkdir(parents=True, exist_ok=True)
    with open(lock_file(path), "a+b", opener=_private) as file:
        lock(file.fileno())
        for left in path.parent.glob(f".{glob.escape(path.name)}.*.tmp"):  # by a killed writer
            left.unlink(missing_ok=True)
        yield file


def lock_file(path: Path) -> Path:
    """Where the lock of `path` is."""
    path = Path(os.path.realpath(path))
    return path.with_name(f".{path.name}.lock")


def _private(name: str, flags: int) -> int:
    return os.open(name, flags, 0o600)
