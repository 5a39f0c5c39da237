"""Films in fragments: what comes behind the index, in boxes `moof` (ISO/IEC 14496-12, 8.8)."""

from __future__ import annotations

import io
import struct
from collections.abc import Iterator
from dataclasses import dataclass, replace

from ._boxes import Boxes, Span, number

_LARGEST = 65_536
"""Bytes of one `moof`: some for each of its frames."""
_MOST_BOXES = 200
"""In one `moof`."""
_HAS_OFFSET, _HAS_DESCRIPTION, _HAS_DURATION = 0x1, 0x2, 0x8
"""Which fields a `tfhd` has."""
_HAS_FIRST_FLAGS = 0x4
_EACH_DURATION, _EACH_OFFSET = 0x100, 0x800
_EACH = (_EACH_DURATION, 0x200, 0x400, _EACH_OFFSET)
"""Which fields a `trun` has for each sample: duration, size, flags, offset."""


@dataclass(frozen=True, slots=True)
class SampleRun:
    """So many samples, which last so many units of their track."""

    samples: int = 0
    duration: int = 0
    first_offset: int = 0
    """How much later than its turn the first sample is shown."""


def runs_of(boxes: Boxes, whole: Span, extended: Span) -> dict[int, SampleRun]:
    """Add up the fragments of each track, by its number."""
    usual = {}
    for defaults in boxes.each(extended, b"trex"):
        data = boxes.read(defaults, 16)
        usual[number(data, ">I", 4)] = number(data, ">I", 12)
    runs: dict[int, SampleRun] = {}
    for fragment in boxes.each(whole, b"moof"):
        data = boxes.read(fragment, _LARGEST)
        for track, run in _runs_in(data, usual):
            sofar = runs.get(track, SampleRun(first_offset=run.first_offset))
            runs[track] = replace(
                sofar,
                samples=sofar.samples + run.samples,
                duration=sofar.duration + run.duration,
            )
    return runs


def _runs_in(data: bytes, usual: dict[int, int]) -> Iterator[tuple[int, SampleRun]]:
    """Every run of one fragment, with the number of its track."""
    boxes = Boxes(io.BytesIO(data), _MOST_BOXES)
    for part in boxes.each(Span(0, len(data)), b"traf"):
        header = boxes.find(part, b"tfhd")
        head = boxes.read(header, 32) if header else b""
        track = number(head, ">I", 4)
        lasts = _duration_in(head) or usual.get(track, 0)
        for run in boxes.each(part, b"trun"):
            yield track, _run(boxes.read(run, _LARGEST), lasts)


def _duration_in(head: bytes) -> int:
    """How long each sample lasts by a `tfhd`; 0 where it does not say."""
    flags = number(head, ">I", 0)
    before = (8 if flags & _HAS_OFFSET else 0) + (4 if flags & _HAS_DESCRIPTION else 0)
    return number(head, ">I", 8 + before) if flags & _HAS_DURATION else 0


def _run(data: bytes, lasts: int) -> SampleRun:
    flags, count = number(data, ">I", 0), number(data, ">I", 4)
    at = 8 + (4 if flags & _HAS_OFFSET else 0) + (4 if flags & _HAS_FIRST_FLAGS else 0)
    fields = [field for field in _EACH if flags & field]
    width = 4 * len(fields)
    first = number(data, ">i", at + width - 4) if _EACH_OFFSET in fields and count else 0
    if _EACH_DURATION not in fields:
        return SampleRun(count, count * lasts, first)
    rows = data[at : at + count * width]
    whole = rows[: len(rows) // width * width]
    durations = (duration for (duration,) in struct.iter_unpack(f">I{width - 4}x", whole))
    return SampleRun(count, sum(durations), first)
