"""Whether a file on the disk is the one that a store has."""

from __future__ import annotations

from pathlib import Path

from ._cancel import CancelToken
from ._crc64 import checksum
from .remote_file import RemoteFile

_BUFFER = 1024 * 1024


def is_same(path: Path, remote: RemoteFile, cancel: CancelToken | None = None) -> bool:
    """Compare the length, and the checksum where the store gives one; may raise OSError."""
    if not path.is_file() or path.stat().st_size != remote.total:
        return False
    running = checksum()
    if remote.crc64 is None or running is None:
        return True
    with path.open("rb", buffering=0) as file:
        while buffer := file.read(_BUFFER):
            if cancel:
                cancel.check()
            running.update(buffer)
    return running.is_equal(remote.crc64)
