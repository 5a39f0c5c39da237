"""A file as a decoder reads it: at a place of its own, from wherever the bytes come."""

from __future__ import annotations

import io
from collections.abc import Callable

ReadAt = Callable[[int, int], bytes]
"""Returns so many bytes, or fewer, from a place on."""


class ReaderView:
    """A file of `size` bytes that `read_at` reads."""

    def __init__(self, read_at: ReadAt, size: int) -> None:
        self._read_at = read_at
        self._size = size
        self._place = 0

    def read(self, count: int) -> bytes:
        """Return the next bytes; they may be fewer."""
        data = self._read_at(self._place, count) if self._place < self._size else b""
        self._place += len(data)
        return data

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        """Go to a place."""
        base = {io.SEEK_SET: 0, io.SEEK_CUR: self._place, io.SEEK_END: self._size}[whence]
        self._place = max(0, base + offset)
        return self._place

    def tell(self) -> int:
        """Return the place that is read next."""
        return self._place
