"""A place of its own in a file that others read, too."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import BinaryIO

from .no_picture import NoPicture, Obstacle


class ReaderView:
    """What a decoder reads by: it goes on where it was, whoever reads the file meanwhile.

    `kept` returns what is there of so many bytes from a place on: a decoder asks for more than it
    needs, and nothing is fetched for that.
    """

    def __init__(
        self, file: BinaryIO, size: int, kept: Callable[[int, int], bytes] | None = None
    ) -> None:
        self._file = file
        self._size = size
        self._kept = kept
        self._place = 0

    def read(self, count: int) -> bytes:
        """Return the next bytes; they may be fewer."""
        data = self._kept(self._place, count) if self._kept else b""
        if not data and self._place < self._size:
            data = self._read(count)
        self._place += len(data)
        return data

    def _read(self, count: int) -> bytes:
        try:
            self._file.seek(self._place)
            return self._file.read(count) or b""
        except OSError as error:
            raise NoPicture(Obstacle.NO_FILE) from error

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        """Go to a place."""
        base = {io.SEEK_SET: 0, io.SEEK_CUR: self._place, io.SEEK_END: self._size}[whence]
        self._place = max(0, base + offset)
        return self._place

    def tell(self) -> int:
        """Return the place that is read next."""
        return self._place
