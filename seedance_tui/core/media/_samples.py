"""The index of a film: where each of its pictures is, when it is shown, from which one it follows.

The tables are those of ISO/IEC 14496-12, 8.6 and 8.7. A film in fragments has none.
"""

from __future__ import annotations

import struct
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain, islice, repeat
from typing import BinaryIO, NamedTuple

from ._boxes import Boxes, Span, number
from ._tracks import edits_of, scale_of

MOST_SAMPLES = 50_000
"""Of a track: half an hour at 25 frames a second. A file may claim more than a memory holds."""
_MOST_BYTES = 16 * MOST_SAMPLES + 16
_MOST_BOXES = 2000


class Sample(NamedTuple):
    """One coded picture: its bytes in the file, when it is shown (in units of its track)."""

    at: int
    size: int
    time: int
    is_key: bool


@dataclass(frozen=True)
class Samples:
    """The pictures of a track as they are coded, one after the other; `scale` units a second."""

    coded: Sequence[Sample]
    scale: int
    begins: int
    """The time at which showing begins: what is before it is not shown."""
    ends: int

    @cached_property
    def shown(self) -> Sequence[int]:
        """The numbers of the coded pictures, in the order in which they are shown."""
        inside = (n for n, one in enumerate(self.coded) if self.begins <= one.time < self.ends)
        return sorted(inside, key=lambda n: self.coded[n].time)

    @cached_property
    def moments(self) -> Sequence[float]:
        """When each is shown, in seconds from the first."""
        times = [self.coded[number].time for number in self.shown]
        return [(time - times[0]) / self.scale for time in times]

    @cached_property
    def _keys(self) -> Sequence[int]:
        return [n for n, one in enumerate(self.coded) if one.is_key] or [0]

    def span(self, index: int) -> tuple[int, int]:
        """Return the bytes, begin and end, that the picture shown at `index` takes.

        Those of the key picture before it, and of all between.
        """
        wanted = self.shown[index]
        key = self._keys[max(0, bisect_right(self._keys, wanted) - 1)]
        needed = self.coded[key : wanted + 1]
        return min(one.at for one in needed), max(one.at + one.size for one in needed)


def samples_of(file: BinaryIO, size: int) -> Samples | None:
    """Read the index of the first track of pictures; None where there is none to go by.

    May raise OSError, or what reading the file raises.
    """
    boxes = Boxes(file, _MOST_BOXES)
    movie = boxes.find(Span(0, size), b"moov")
    if movie is None or boxes.find(movie, b"mvex"):
        return None
    for track in boxes.each(movie, b"trak"):
        handler = boxes.find(track, b"mdia", b"hdlr")
        if handler and boxes.read(handler, 12)[8:] == b"vide":
            return _read(file, boxes, movie, track)
    return None


def _read(file: BinaryIO, boxes: Boxes, movie: Span, track: Span) -> Samples | None:
    table = boxes.find(track, b"mdia", b"minf", b"stbl")
    spans = dict(boxes.inside(table)) if table else {}
    tables = {kind: _bytes(file, span) for kind, span in spans.items()}
    sizes = _sizes(tables)
    scale = scale_of(boxes, boxes.find(track, b"mdia", b"mdhd"))
    if not sizes or not scale:
        return None
    places = list(islice(_places(tables, sizes), len(sizes)))
    times = list(islice(_times(tables), len(sizes)))
    if len(places) < len(sizes) or len(times) < len(sizes):
        return None
    keys = {n - 1 for (n,) in _rows(tables.get(b"stss", b""), ">I")}
    coded = [
        Sample(at, length, time, not keys or n in keys)
        for n, (at, length, time) in enumerate(zip(places, sizes, times, strict=True))
    ]
    edits = edits_of(boxes, movie, track)
    begins = round(edits.place * scale)
    ends = begins + round(edits.seconds * scale) if edits.seconds else max(times) + 1
    found = Samples(coded, scale, begins if edits.seconds else min(times), ends)
    return found if found.shown else None


def _bytes(file: BinaryIO, span: Span) -> bytes:
    """Read a table whole, as far as one may be long; `stsd` is no table."""
    file.seek(span.begin)
    return file.read(min(span.end - span.begin, _MOST_BYTES)) or b""


def _rows(table: bytes, form: str) -> Iterator[tuple[int, ...]]:
    """The rows behind version, flags and count, as many as are there."""
    width = struct.calcsize(form)
    count = min(number(table, ">I", 4), MOST_SAMPLES, (len(table) - 8) // width)
    return struct.iter_unpack(form, table[8 : 8 + max(0, count) * width])


def _sizes(tables: dict[bytes, bytes]) -> Sequence[int]:
    table = tables.get(b"stsz", b"")
    same, count = number(table, ">I", 4), number(table, ">I", 8)
    if not 0 < count <= MOST_SAMPLES:
        return ()
    if same:
        return [same] * count
    count = min(count, (len(table) - 12) // 4)
    return [size for (size,) in struct.iter_unpack(">I", table[12 : 12 + count * 4])]


def _places(tables: dict[bytes, bytes], sizes: Sequence[int]) -> Iterator[int]:
    """Where each sample begins: chunks hold some of them, one behind the other."""
    form, table = (">I", tables.get(b"stco", b""))
    if b"co64" in tables:
        form, table = ">Q", tables[b"co64"]
    chunks = [at for (at,) in _rows(table, form)]
    runs = [(first, count) for first, count, _description in _rows(tables.get(b"stsc", b""), ">3I")]
    sample, ends = 0, [first for first, _count in runs[1:]] + [len(chunks) + 1]
    for (first, count), end in zip(runs, ends, strict=False):
        for at in chunks[max(0, first - 1) : end - 1]:
            for size in sizes[sample : sample + count]:
                yield at
                at += size
            sample += count
            if sample >= len(sizes):
                return


def _times(tables: dict[bytes, bytes]) -> Iterator[int]:
    """When each sample is shown: its turn, and how much later than that."""
    offsets = chain.from_iterable(
        repeat(offset, min(count, MOST_SAMPLES))
        for count, offset in _rows(tables.get(b"ctts", b""), ">Ii")
    )
    turn = 0
    for count, lasts in _rows(tables.get(b"stts", b""), ">II"):
        for _sample in range(min(count, MOST_SAMPLES)):
            yield turn + next(offsets, 0)
            turn += lasts
