"""The unfinished file on the disk: `.part` and, beside it, what it is a part of."""

from __future__ import annotations

import json
import os
import sys
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from ...files.locks import LockedElsewhere, open_locked
from ...files.placing import move_into_place
from .. import body as bodies
from ..errors import InUse
from ._cancel import CancelToken
from ._crc64 import Crc64, checksum
from ._disk_space import refusal, reserve
from .remote_file import RemoteFile

_BUFFER = 1024 * 1024
"""Bytes that are read back from the disk at once."""
_PART, _VALIDATOR = ".part", ".part.json"
_CLOSED = -1


def part_of(target: Path) -> Path:
    """Where the unfinished file of `target` is."""
    return target.with_name(target.name + _PART)


def discard_part(target: Path) -> None:
    """Remove what has been received of `target`, unless it is locked; blocks, may raise OSError."""
    part = Part(target)
    try:
        part.open(flags=0)
        part.empty()
    except FileNotFoundError:
        target.with_name(target.name + _VALIDATOR).unlink(missing_ok=True)
    except InUse:
        return
    finally:
        part.close()


class Part:
    """The unfinished file of `target`, open and locked against other processes.

    Its methods block, and raise OSError or DiskError. A part that is empty when closed is removed.
    """

    def __init__(self, target: Path) -> None:
        self._target = target
        self._path = part_of(target)
        self._validator = target.with_name(target.name + _VALIDATOR)
        self._descriptor = _CLOSED
        self._checksum: Crc64 | None = None
        self.received = 0
        """Bytes that are there."""
        self.resumed = False
        """Whether they were received in more than one go."""
        self.is_placed = False
        """Whether it has got the target's name."""
        self.remote = RemoteFile()
        """What it is a part of, as far as it is known."""

    def open(self, flags: int = os.O_CREAT) -> None:
        """Open what is there, without `os.O_CREAT` only if it is; InUse if it is locked."""
        if flags:
            self._path.parent.mkdir(parents=True, exist_ok=True)
        try:
            self._descriptor = open_locked(self._path, flags)
        except LockedElsewhere as error:
            raise InUse("another instance is already downloading this file") from error
        self.received = os.fstat(self._descriptor).st_size
        self.resumed = bool(self.received)
        self.remote = self._read_validator() if self.received else RemoteFile()
        self._checksum = self._new_checksum()

    @property
    def is_whole(self) -> bool:
        """Whether all the bytes are there, if their number is known."""
        return 0 < self.received == self.remote.total

    @property
    def can_grow(self) -> bool:
        """Whether the rest can be asked for: of the same file, and there is one."""
        total = self.remote.total
        return bool(self.received and self.remote.validator) and (
            total is None or self.received < total
        )

    def head(self, count: int) -> bytes:
        """Return the first bytes."""
        head = os.read(self._descriptor, count)
        os.lseek(self._descriptor, 0, os.SEEK_SET)
        return head

    def hash_existing(self, cancel: CancelToken) -> None:
        """Add what is there to the checksum; until then nothing may be written."""
        while self._checksum and (buffer := os.read(self._descriptor, _BUFFER)):
            cancel.check()
            self._checksum.update(buffer)
        os.lseek(self._descriptor, 0, os.SEEK_END)

    def empty(self) -> None:
        """Forget all that was received."""
        self._validator.unlink(missing_ok=True)
        os.ftruncate(self._descriptor, 0)
        os.lseek(self._descriptor, 0, os.SEEK_SET)
        self.received, self.remote, self.resumed = 0, RemoteFile(), False
        self._checksum = None

    def restart(self, remote: RemoteFile) -> None:
        """Begin anew with the first byte of what a response describes."""
        self.empty()
        self.remote = remote
        self._checksum = self._new_checksum()
        self._reserve()
        if remote.validator:
            descriptor = os.open(self._validator, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(descriptor, "w", encoding="utf-8") as file:
                json.dump(remote.to_json(), file)

    def resume(self, remote: RemoteFile) -> None:
        """Go on after the last byte, with what the response adds to what is known."""
        self.resumed = True
        if self.remote.total is None:
            self.remote = replace(self.remote, total=remote.total)
        self._reserve()

    def write(self, piece: bytes) -> None:
        """Add a piece at the end; `received` counts the bytes that are there, also if it raises."""
        rest = memoryview(piece)
        while rest:
            count = self._written(rest)
            self.received += count
            rest = rest[count:]
        if self._checksum is not None:
            self._checksum.update(piece)

    def verify(self) -> bool:
        """Whether the bytes are the store's, if it gave their checksum; nothing may be added."""
        expected = self.remote.crc64
        return expected is None or self._checksum is None or self._checksum.is_equal(expected)

    def place(self) -> None:
        """Make the file durable and give it its name, unless that is taken; locked until then."""
        os.fsync(self._descriptor)
        if sys.platform == "win32":  # which renames no open file
            self._release()
        self.is_placed = move_into_place(self._path, self._target)
        if self.is_placed:
            self._validator.unlink(missing_ok=True)

    def close(self) -> None:
        """Release the file, and remove it if nothing was received."""
        was_open = self._descriptor != _CLOSED
        if sys.platform == "win32":  # which removes no open file
            self._release()
        if was_open and not self.received:
            with suppress(OSError):
                self._validator.unlink(missing_ok=True)
                self._path.unlink(missing_ok=True)
        self._release()

    def _release(self) -> None:
        descriptor, self._descriptor = self._descriptor, _CLOSED
        if descriptor != _CLOSED:
            with suppress(OSError):
                os.close(descriptor)

    def _read_validator(self) -> RemoteFile:
        try:
            return RemoteFile.from_json(bodies.parse(self._validator.read_bytes()))
        except (OSError, ValueError):
            return RemoteFile()

    def _new_checksum(self) -> Crc64 | None:
        return None if self.remote.crc64 is None else checksum()

    def _reserve(self) -> None:
        if self.remote.total is not None:
            reserve(self._descriptor, self._target.parent, self.remote.total)

    def _written(self, piece: memoryview) -> int:
        """Write what the disk takes at once and return how many bytes that were."""
        try:
            return os.write(self._descriptor, piece)
        except OSError as error:
            total = self.remote.total
            needed = len(piece) if total is None else total - self.received
            raise refusal(error, self._target.parent, needed) from error
