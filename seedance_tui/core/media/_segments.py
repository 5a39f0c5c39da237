"""Indexes of segments, `sidx`: how long a film in fragments is, before they are read.

The layout is that of ISO/IEC 14496-12, 8.16.3.
"""

from __future__ import annotations

import struct
from typing import NamedTuple

from ._boxes import Boxes, Span, number

_LARGEST = 65_536
_OF_INDEXES = 0x8000_0000
"""The sign of a row that leads to another index."""


class SegmentIndex(NamedTuple):
    """What one index says of its track."""

    track: int
    ends: float
    """When the last of its segments ends, in seconds of the track."""
    covers: int
    """The byte of the file up to which its segments go."""


def segment_index_of(boxes: Boxes, inside: Span) -> SegmentIndex | None:
    """Read one box; None for one that leads to others, or is too large or broken."""
    data = boxes.read(inside, _LARGEST)
    form, rows_at = (">QQ", 32) if data[:1] == b"\x01" else (">II", 24)
    track, scale, count = (
        number(data, ">I", 4),
        number(data, ">I", 8),
        number(data, ">H", rows_at - 2),
    )
    rows = data[rows_at : rows_at + count * 12]
    if not count or not scale or len(rows) < count * 12:
        return None
    begins, offset = struct.unpack_from(form, data, 12)
    sizes, durations = zip(*struct.iter_unpack(">II4x", rows), strict=True)
    if max(sizes) >= _OF_INDEXES:
        return None
    return SegmentIndex(track, (begins + sum(durations)) / scale, inside.end + offset + sum(sizes))
