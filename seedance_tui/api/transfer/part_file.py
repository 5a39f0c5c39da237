"""The unfinished file on the disk: `.part` and, beside it, whose it is and what it is a part of."""

from __future__ import annotations

import errno
import os
import sys
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from ...files.containers import FileShape, shape_of
from ...files.locks import LockedElsewhere, open_locked
from ...files.placing import move_into_place
from ..errors import InUse, NameTaken
from . import claims
from ._cancel import CancelToken
from ._crc64 import Crc64, checksum
from ._disk_space import reserve, written
from .claims import Claim, Owner
from .remote_file import RemoteFile

_BUFFER = 1024 * 1024
"""Bytes that are read back from the disk at once."""
_CLOSED = -1
_NOT_FOLLOWED = getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
_NOBODY = Owner()


def discard_part(target: Path, owner: Owner = _NOBODY) -> None:
    """Remove what `owner` has of `target`, unless it is locked; blocks, may raise OSError."""
    for number in range(1, claims.MOST_NAMES + 1):
        path = claims.part_of(target, number)
        claim = claims.read_claim(path)
        if claim is None or claim.owner != owner:
            continue
        part = Part(target, owner)
        try:
            if part.take(path, create=False):
                part.empty()
        except FileNotFoundError:
            claims.claim_path(path).unlink(missing_ok=True)
        except InUse:
            continue
        finally:
            part.close()


class Part:
    """The unfinished file of `target`, open and locked against other processes.

    It belongs to `owner` and is a part of `object`; what belongs to somebody else is never
    touched. Its methods block, and raise OSError or DiskError. A part that is empty when closed
    is removed.
    """

    def __init__(self, target: Path, owner: Owner = _NOBODY, of: str = "") -> None:
        self._target = target
        self._path = claims.part_of(target)
        self._owner, self._object = owner, of
        self._descriptor = _CLOSED
        self._checksum: Crc64 | None = None
        self._wire: Crc64 | None = None
        self._is_of_this_object = False
        self.received = 0
        """Bytes that are there."""
        self.resumed = False
        """Whether they were received in more than one go."""
        self.remote = RemoteFile()
        """What it is a part of, as far as it is known."""

    def open(self) -> None:
        """Open what is there, or begin; where something that is not ours has the name, another.

        Raises InUse where another process is at it, NameTaken where another owner's part is there.
        """
        self._target.parent.mkdir(parents=True, exist_ok=True)
        for number in range(1, claims.MOST_NAMES + 1):
            if self.take(claims.part_of(self._target, number)):
                return
        raise NameTaken("{name}", name=self._path.name)

    def take(self, path: Path, *, create: bool = True) -> bool:
        """Open the part at `path`; return False if it is not ours, and has stayed as it is."""
        if not claims.may_be_part(path, self._owner):
            return False
        try:
            self._descriptor = open_locked(path, _NOT_FOLLOWED | (os.O_CREAT if create else 0))
        except LockedElsewhere as error:
            raise self._refusal_of_locked(path) from error
        except OSError as error:
            if error.errno in (errno.ELOOP, errno.ENXIO):  # it became a link or a pipe just now
                return False
            raise
        self._path, claim = path, claims.read_claim(path)
        self.received = os.fstat(self._descriptor).st_size
        if self.received and (claim is None or claim.owner != self._owner):
            self._release()
            self.received = 0
            if claim is None:
                return False
            raise NameTaken("{name}", name=self._target.name)
        self._take_in(claim if self.received else None)
        return True

    def _refusal_of_locked(self, path: Path) -> InUse | NameTaken:
        if (claim := claims.awaited_claim(path)) and claim.owner != self._owner:
            return NameTaken("{name}", name=self._target.name)
        return InUse("another instance is already downloading this file")

    def _take_in(self, claim: Claim | None) -> None:
        self.resumed = bool(self.received)
        self.remote = claim.remote if claim else RemoteFile()
        self._is_of_this_object = bool(claim and claim.object == self._object)
        self._checksum = self._new_checksum()
        if claim is None:
            self._claim()

    @property
    def is_beside(self) -> bool:
        """Whether something that is not ours stands where it would usually be."""
        return self._path != claims.part_of(self._target)

    @property
    def is_whole(self) -> bool:
        """Whether all the bytes are there, if their number is known, of the very object."""
        return self._is_of_this_object and 0 < self.received == self.remote.total

    @property
    def can_grow(self) -> bool:
        """Whether the store can be asked for what is behind it, of the same file."""
        total = self.remote.total
        return bool(self.received and self.remote.validator) and (
            total is None or self.received <= total
        )

    def head(self, count: int) -> bytes:
        """Return the first bytes."""
        head = os.read(self._descriptor, count)
        os.lseek(self._descriptor, 0, os.SEEK_SET)
        return head

    def shape(self) -> FileShape:
        """Tell what the bytes are, as far as they are there."""
        with os.fdopen(os.dup(self._descriptor), "rb", buffering=0) as file:
            shape = shape_of(file, self.received)
        os.lseek(self._descriptor, 0, os.SEEK_END)
        return shape

    def hash_existing(self, cancel: CancelToken) -> None:
        """Add what is there to the checksum; until then nothing may be written."""
        while self._checksum and (buffer := os.read(self._descriptor, _BUFFER)):
            cancel.check()
            self._checksum.update(buffer)
        os.lseek(self._descriptor, 0, os.SEEK_END)

    def empty(self) -> None:
        """Forget all that was received."""
        os.ftruncate(self._descriptor, 0)
        os.lseek(self._descriptor, 0, os.SEEK_SET)
        self.received, self.remote, self.resumed = 0, RemoteFile(), False
        self._checksum = self._wire = None

    def restart(self, remote: RemoteFile, wire: Crc64 | None = None) -> None:
        """Begin anew with the first byte of what a response describes.

        `wire` is the running checksum of the body as it was sent, where that was packed.
        """
        self.empty()
        self.remote, self._wire, self._is_of_this_object = remote, wire, True
        self._checksum = self._new_checksum()
        self._reserve()
        self._claim()

    def resume(self, remote: RemoteFile) -> None:
        """Go on after the last byte, with what the response adds to what is known."""
        self.resumed = self._is_of_this_object = True
        if self.remote.total is None:
            self.remote = replace(self.remote, total=remote.total)
        self._reserve()

    def write(self, piece: bytes) -> None:
        """Add a piece at the end; `received` counts the bytes that are there, also if it raises."""
        rest = memoryview(piece)
        while rest:
            total = self.remote.total
            needed = len(rest) if total is None else total - self.received
            count = written(self._descriptor, rest, self._target.parent, needed)
            self.received += count
            rest = rest[count:]
        if self._checksum is not None:
            self._checksum.update(piece)

    def verify(self) -> bool:
        """Whether the bytes are the store's, if it gave their checksum; nothing may be added.

        Of a packed body the checksum may be that of the packed bytes.
        """
        expected = self.remote.crc64
        if expected is None or self._checksum is None or self._checksum.is_equal(expected):
            return True
        is_packed_one = self._wire is not None and self._wire.is_equal(expected)
        if is_packed_one:
            self.remote = replace(self.remote, crc64=None)
        return is_packed_one

    def place(self, path: Path) -> bool:
        """Make the file durable and give it its name; False if that is taken. Locked until then."""
        if self._descriptor != _CLOSED:
            os.fsync(self._descriptor)
        if sys.platform == "win32":  # which renames no open file
            self._release()
        is_placed = move_into_place(self._path, path)
        if is_placed:
            self._forget_claim()
        return is_placed

    def close(self, *, discard: bool = False) -> None:
        """Release the file, and remove it if nothing was received or nothing is to be kept."""
        was_open = self._descriptor != _CLOSED
        if sys.platform == "win32":  # which removes no open file
            self._release()
        if discard or (was_open and not self.received):
            with suppress(OSError):
                self._path.unlink(missing_ok=True)
                self._forget_claim()
        self._release()

    def _claim(self) -> None:
        claims.write_claim(self._path, Claim(self._owner, self._object, self.remote))

    def _forget_claim(self) -> None:
        """Take away the words beside the part, unless they are another owner's by now."""
        claim = claims.read_claim(self._path)
        if claim and claim.owner == self._owner:
            claims.claim_path(self._path).unlink(missing_ok=True)

    def _release(self) -> None:
        descriptor, self._descriptor = self._descriptor, _CLOSED
        with suppress(OSError):  # it may be closed already
            os.close(descriptor)

    def _new_checksum(self) -> Crc64 | None:
        return None if self.remote.crc64 is None else checksum()

    def _reserve(self) -> None:
        if self.remote.total is not None:
            reserve(self._descriptor, self._target.parent, self.remote.total)
