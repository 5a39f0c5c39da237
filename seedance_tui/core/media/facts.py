"""What an MP4 or MOV file says of itself: read from the headers of its boxes, bytes untrusted.

The layout is that of ISO/IEC 14496-12: a box is its length, its kind, then what is in it.
"""

from __future__ import annotations

import os
import stat
import struct
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import BinaryIO, NamedTuple

_MOST_BOXES = 1000
"""Headers that are read of one file: a video has some dozens, a hostile file has no end of them."""
_VIDEO = b"vide"
_NO_TIME = {0xFFFF_FFFF, 0xFFFF_FFFF_FFFF_FFFF}
"""What stands for a duration that its writer did not know."""


@dataclass(frozen=True, slots=True)
class VideoFacts:
    """What is known of a video file; None is what it does not say."""

    size: int
    """Bytes on the disk."""
    width: int | None = None
    """Pixels of a frame, across."""
    height: int | None = None
    """Pixels of a frame, down."""
    seconds: float | None = None
    """Duration of the pictures; more than 0."""
    frames: int | None = None
    """Number of frames; more than 0."""
    codec: str | None = None
    """Four characters that name the coding, as written: `avc1`."""

    @property
    def pixels(self) -> int | None:
        """Pixels of a frame."""
        return self.width * self.height if self.width and self.height else None

    @property
    def frames_per_second(self) -> float | None:
        """Frames a second, on average."""
        return self.frames / self.seconds if self.frames and self.seconds else None

    @property
    def bits_per_second(self) -> float | None:
        """Bits a second of the whole file, its sound included."""
        return self.size * 8 / self.seconds if self.seconds else None


def read_facts(path: Path) -> VideoFacts | None:
    """Return what a file says of itself; None where there is no file that can be read. Blocks.

    Nothing in the file makes this raise, and no more than some kilobytes of it are read.
    """
    try:
        # A pipe of that name would be waited for without end.
        flags = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
        with os.fdopen(os.open(path, flags), "rb", buffering=0) as file:
            status = os.fstat(file.fileno())
            return facts_of(file, status.st_size) if stat.S_ISREG(status.st_mode) else None
    except (OSError, ValueError):
        return None


def facts_of(file: BinaryIO, size: int) -> VideoFacts:
    """Return what the first track of pictures says in an open file of `size` bytes."""
    facts, boxes = VideoFacts(size), _Boxes(file)
    try:
        track = _video_track(boxes, Span(0, size))
        return _told_by(track, boxes, facts) if track else facts
    except OSError:
        return facts


class Span(NamedTuple):
    """Where the inside of a box begins and ends, in bytes of the file."""

    begin: int
    end: int


class _Boxes:
    """The boxes of a file, of which so many headers are read and no more."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._left = _MOST_BOXES

    def read(self, inside: Span, length: int) -> bytes:
        """Read the beginning of a box; shorter where the box is, or the file."""
        self._file.seek(inside.begin)
        return self._file.read(min(length, inside.end - inside.begin)) or b""

    def find(self, inside: Span, *path: bytes) -> Span | None:
        """Go down by the kinds of boxes, into the first of each."""
        found: Span | None = inside
        for kind in path:
            found = next(self.each(found, kind), None) if found else None
        return found

    def each(self, inside: Span, wanted: bytes) -> Iterator[Span]:
        """Every box of that kind, cut at the end of what it is in."""
        at, end = inside
        while at + 8 <= end and self._left > 0:
            self._left -= 1
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
            if kind == wanted:
                yield Span(at + start, stop)
            at = stop


def _video_track(boxes: _Boxes, whole: Span) -> Span | None:
    movie = boxes.find(whole, b"moov")
    for track in boxes.each(movie, b"trak") if movie else ():
        handler = boxes.find(track, b"mdia", b"hdlr")
        if handler and boxes.read(handler, 12)[8:] == _VIDEO:
            return track
    return None


def _told_by(track: Span, boxes: _Boxes, facts: VideoFacts) -> VideoFacts:
    """Fold in what each box of a track says, as far as it is there."""
    if header := boxes.find(track, b"tkhd"):
        facts = _shown_size(boxes.read(header, 96), facts)
    media = boxes.find(track, b"mdia")
    if media and (header := boxes.find(media, b"mdhd")):
        facts = replace(facts, seconds=_seconds(boxes.read(header, 32)))
    samples = boxes.find(media, b"minf", b"stbl") if media else None
    if samples and (described := boxes.find(samples, b"stsd")):
        facts = _coded(boxes.read(described, 44), facts)
    if samples and (sizes := boxes.find(samples, b"stsz") or boxes.find(samples, b"stz2")):
        facts = replace(facts, frames=_number(boxes.read(sizes, 12), ">I", 8))
    return facts


def _shown_size(header: bytes, facts: VideoFacts) -> VideoFacts:
    """Take the size at which the track is shown, 16.16 fixed point, after a matrix."""
    at = 88 if header[:1] == b"\x01" else 76
    width, height = (_number(header, ">H", place) for place in (at, at + 4))
    return replace(facts, width=width, height=height)


def _coded(described: bytes, facts: VideoFacts) -> VideoFacts:
    """Take the first entry of the sample descriptions: the coding, and its own size in pixels."""
    if len(described) < 16:
        return facts
    facts = replace(facts, codec=described[12:16].decode("latin-1").strip() or None)
    width, height = (_number(described, ">H", place) for place in (40, 42))
    return replace(facts, width=width, height=height) if width and height else facts


def _seconds(header: bytes) -> float | None:
    is_long = header[:1] == b"\x01"
    scale = _number(header, ">I", 20 if is_long else 12)
    duration = _number(header, *((">Q", 24) if is_long else (">I", 16)))
    return duration / scale if scale and duration and duration not in _NO_TIME else None


def _number(data: bytes, form: str, at: int) -> int | None:
    """Read a whole number; None for 0, which says nothing here, and where the box is cut."""
    if len(data) < at + struct.calcsize(form):
        return None
    value: int = struct.unpack_from(form, data, at)[0]
    return value or None
