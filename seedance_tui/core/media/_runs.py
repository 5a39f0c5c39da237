"""The samples of one fragment, a box `moof`, added up (ISO/IEC 14496-12, 8.8)."""

from __future__ import annotations

import io
import struct
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from ._boxes import Boxes, Span, number

LARGEST = 65_536
"""Bytes of one `moof`: some for each of its frames."""
_MOST_BOXES = 200
"""In one `moof`."""
_HEADER = 8
"""Bytes of a box before what is in it."""
_HAS_BASE, _HAS_DESCRIPTION, _HAS_DURATION = 0x1, 0x2, 0x8
"""Which fields a `tfhd` has."""
_HAS_PLACE, _HAS_FIRST_FLAGS = 0x1, 0x4
_EACH_DURATION, _EACH_OFFSET = 0x100, 0x800
_EACH = (_EACH_DURATION, 0x200, 0x400, _EACH_OFFSET)
"""Which fields a `trun` has for each sample: duration, size, flags, offset."""


@dataclass(frozen=True, slots=True)
class SampleRun:
    """So many samples, which last so many units of their track."""

    samples: int = 0
    duration: int = 0
    begins: int | None = None
    """Whose turn it is, where a fragment says so; else it follows what is before it."""
    ends: int | None = None
    """When the last ends, where that is known by `begins`."""
    first_offset: int = 0
    """How much later than its turn the first sample is shown."""
    early: int = 0
    """How much before its turn a sample is shown at most."""
    place: int = 0
    """Where the bytes of the first sample begin; 0 where nothing tells."""

    def followed_by(self, later: SampleRun) -> SampleRun:
        """Return both as one."""
        ends = later.ends
        if ends is None and self.ends is not None:
            ends = self.ends + later.duration
        first = self if self.samples else later
        return replace(
            first,
            samples=self.samples + later.samples,
            duration=self.duration + later.duration,
            ends=ends if self.ends is None or ends is None else max(self.ends, ends),
            early=max(self.early, later.early),
        )


def runs_in(data: bytes, begin: int, usual: Mapping[int, int]) -> Iterator[tuple[int, SampleRun]]:
    """Every run of a fragment whose inside begins at a byte, with the number of its track.

    `usual` are the durations of the samples of each track, where a fragment has no others.
    """
    boxes = Boxes(io.BytesIO(data), _MOST_BOXES)
    for part in boxes.each(Span(0, len(data)), b"traf"):
        head = _of(boxes, boxes.find(part, b"tfhd"), 32)
        track = number(head, ">I", 4)
        lasts = _duration_in(head, usual.get(track, 0))
        base = number(head, ">Q", 8) if number(head, ">I", 0) & _HAS_BASE else begin - _HEADER
        turn = _turn_in(_of(boxes, boxes.find(part, b"tfdt"), 12))
        for inside in boxes.each(part, b"trun"):
            run = _run(boxes.read(inside, LARGEST), base, lasts)
            yield (
                track,
                run if turn is None else replace(run, begins=turn, ends=turn + run.duration),
            )
            turn = None  # the next follows it


def _of(boxes: Boxes, box: Span | None, length: int) -> bytes:
    return boxes.read(box, length) if box else b""


def _duration_in(head: bytes, usual: int) -> int:
    """How long each sample lasts by a `tfhd`."""
    flags = number(head, ">I", 0)
    before = (8 if flags & _HAS_BASE else 0) + (4 if flags & _HAS_DESCRIPTION else 0)
    return number(head, ">I", 8 + before) if flags & _HAS_DURATION else usual


def _turn_in(data: bytes) -> int | None:
    """Whose turn the first sample is, by a `tfdt`."""
    return number(data, ">Q" if data[:1] == b"\x01" else ">I", 4) if data else None


def _run(data: bytes, base: int, lasts: int) -> SampleRun:
    flags, count = number(data, ">I", 0), number(data, ">I", 4)
    place = base + number(data, ">i", 8) if flags & _HAS_PLACE else 0
    at = 8 + (4 if flags & _HAS_PLACE else 0) + (4 if flags & _HAS_FIRST_FLAGS else 0)
    fields = [field for field in _EACH if flags & field]
    width = 4 * len(fields)
    rows = data[at : at + count * width]
    rows = rows[: len(rows) // width * width] if width else b""
    durations, offsets = _column(rows, width, 0), _column(rows, width, width - 4)
    if _EACH_OFFSET not in fields:
        offsets = []
    return SampleRun(
        count,
        sum(d & 0xFFFF_FFFF for d in durations) if _EACH_DURATION in fields else count * lasts,
        first_offset=offsets[0] if offsets else 0,
        early=max(0, -min(offsets, default=0)),
        place=max(0, place),
    )


def _column(rows: bytes, width: int, at: int) -> list[int]:
    """The numbers of 4 bytes at a place of each row."""
    if not rows:
        return []
    form = f">{at}xi{width - at - 4}x"
    return [value for (value,) in struct.iter_unpack(form, rows)]
