"""A file behind a link that can be read at any place: pieces are fetched once and kept."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from ...api.errors import ApiError
from ...api.transfer.background import CancelToken
from .budget import Budget
from .no_picture import NoPicture, Obstacle

if TYPE_CHECKING:
    from ...api.transfer.ranges import RangeReader

BLOCK = 64 * 1024
"""Bytes of a piece."""
Missing = tuple[int, int]
"""The first block that is missing, and the one behind the last."""


class LinkFile(io.RawIOBase):
    """The file of the task `name`; what it fetches is taken from `budget`.

    `cancel` is replaced for each piece of work. May raise NoPicture wherever it reads.
    """

    def __init__(self, reader: RangeReader, budget: Budget, name: str, cancel: CancelToken) -> None:
        super().__init__()
        self.cancel = cancel
        self._reader = reader
        self._budget = budget
        self._name = name
        self._blocks: dict[int, bytes] = {}
        self._place = 0
        self.fetch(0, 1)
        total = reader.remote.total if reader.remote else None
        if total is None:
            raise NoPicture(Obstacle.UNREACHABLE)
        self.size = total
        """Bytes of the whole file."""

    @property
    def fetched(self) -> int:
        """Bytes that were fetched."""
        return self._reader.received

    def missing(self, begin: int, end: int) -> int:
        """Bytes that would be fetched to have all from `begin` to `end`."""
        return sum(
            min(BLOCK, self.size - number * BLOCK) * (number not in self._blocks)
            for number in range(begin // BLOCK, -(-min(end, self.size) // BLOCK))
        )

    def kept(self, begin: int, count: int) -> bytes:
        """Return what is there of so many bytes, up to the first that is missing."""
        number, data = begin // BLOCK, b""
        start = begin - number * BLOCK
        while len(data) < start + count and (block := self._blocks.get(number)):
            data, number = data + block, number + 1
        return data[start : start + count]

    def prefetch(self, begin: int, end: int) -> None:
        """Fetch what is missing of a span, in one request where that is in one piece."""
        blocks = range(begin // BLOCK, -(-min(end, self.size) // BLOCK))
        wanted = [number for number in blocks if number not in self._blocks]
        while wanted:
            count = next(
                (n for n, number in enumerate(wanted) if number != wanted[0] + n), len(wanted)
            )
            self.fetch(wanted[0], wanted[0] + count)
            wanted = wanted[count:]

    def fetch(self, first: int, end: int) -> None:
        """Fetch the blocks from `first` up to `end`, which may be beyond the file."""
        begin, count = first * BLOCK, (end - first) * BLOCK
        size: int | None = getattr(self, "size", None)
        count = min(count, size - begin) if size is not None else count
        self._budget.spend(self._name, count)
        try:
            data = self._reader.read(begin, count, self.cancel)
        except ApiError as error:
            raise NoPicture.of(error) from error
        if size is not None and len(data) < count:
            raise NoPicture(Obstacle.TRUNCATED)
        for at in range(0, len(data), BLOCK):
            self._blocks[first + at // BLOCK] = data[at : at + BLOCK]

    def readable(self) -> bool:
        """It can be read."""
        return True

    def seekable(self) -> bool:
        """Any place of it can be read."""
        return True

    def tell(self) -> int:
        """Return the place that is read next."""
        return self._place

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        """Go to a place."""
        base = {io.SEEK_SET: 0, io.SEEK_CUR: self._place, io.SEEK_END: self.size}[whence]
        self._place = max(0, base + offset)
        return self._place

    def read(self, size: int | None = -1, /) -> bytes:
        """Return the next bytes, after fetching what is missing of them."""
        count = self.size - self._place if size is None or size < 0 else size
        end = min(self._place + count, self.size)
        if self._place >= end:
            return b""
        self.prefetch(self._place, end)
        first, last = self._place // BLOCK, (end - 1) // BLOCK
        data = b"".join(self._blocks[number] for number in range(first, last + 1))
        start = self._place - first * BLOCK
        self._place = end
        return data[start : start + end - first * BLOCK - start]
