"""The boxes of an mp4 or mov file: a box is its length, its kind, then what is in it.

The layout is that of ISO/IEC 14496-12. The bytes are not trusted: of no file more than so many
headers and bytes are read.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from typing import BinaryIO, NamedTuple

_MOST_BOXES = 4000
"""Headers that are read of one file: a video has some dozens, a hostile file has no end of them."""
_MOST_BYTES = 500_000


class Span(NamedTuple):
    """Where the inside of a box begins and ends, in bytes of the file."""

    begin: int
    end: int


class Boxes:
    """The boxes of a file, of which so much is read and no more."""

    def __init__(self, file: BinaryIO, most: int = _MOST_BOXES) -> None:
        self._file = file
        self._boxes_left = most
        self._bytes_left = _MOST_BYTES

    @property
    def is_exhausted(self) -> bool:
        """Whether something of the file was not read because there was too much of it."""
        return self._boxes_left <= 0 or self._bytes_left <= 0

    def read(self, inside: Span, length: int) -> bytes:
        """Read the beginning of a box; shorter where the box is, or the file."""
        wanted = min(length, inside.end - inside.begin, self._bytes_left)
        if wanted <= 0:
            return b""
        self._file.seek(inside.begin)
        data = self._file.read(wanted) or b""
        self._bytes_left -= len(data)
        return data

    def find(self, inside: Span | None, *path: bytes) -> Span | None:
        """Go down by the kinds of boxes, into the first of each."""
        found = inside
        for kind in path:
            found = next(self.each(found, kind), None) if found else None
        return found

    def each(self, inside: Span | None, wanted: bytes) -> Iterator[Span]:
        """Every box of that kind, cut at the end of what it is in."""
        return (span for kind, span in self.inside(inside) if kind == wanted)

    def inside(self, inside: Span | None) -> Iterator[tuple[bytes, Span]]:
        """Every box with its kind, cut at the end of what it is in."""
        at, end = inside or (0, 0)
        while at + 8 <= end and not self.is_exhausted:
            self._boxes_left -= 1
            head = self.read(Span(at, end), 16)
            if len(head) < 8:
                return
            length, kind = struct.unpack_from(">I4s", head)
            start = 8
            if length == 1 and len(head) == 16:
                (length,), start = struct.unpack_from(">Q", head, 8), 16
            elif length == 0:
                length = end - at
            if length < start:
                return
            stop = min(at + length, end)
            yield kind, Span(at + start, stop)
            at = stop


def number(data: bytes, form: str, at: int) -> int:
    """Read a whole number; 0 where the box is cut."""
    if at < 0 or len(data) < at + struct.calcsize(form):
        return 0
    value: int = struct.unpack_from(form, data, at)[0]
    return value
