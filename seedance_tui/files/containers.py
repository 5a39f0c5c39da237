"""What a file is by its own bytes, and whether it is whole; the bytes are not trusted.

The layouts are those of ISO/IEC 14496-12 (mp4: a box is its length, its kind, its inside),
RFC 8794 (Matroska, WebM) and RIFF (AVI, WebP).
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import BinaryIO, NamedTuple

ENOUGH = 64
"""Bytes at the beginning of a file that tell its format, whatever it is."""
_USUALLY_ENOUGH = 12
_BOXES = frozenset(
    b"ftyp moov mdat wide free skip uuid styp moof sidx emsg prft pnot meta pdin PICT".split()
)
"""Kinds of boxes that an mp4 or mov file is known to begin with."""
_MOST_BOXES = 100_000
"""Boxes that are looked at side by side: an hour of fragments has some thousands."""
_EBML, _SEGMENT = b"\x1a\x45\xdf\xa3", b"\x18\x53\x80\x67"
_PNG_END = b"IEND\xaeB`\x82"
_TS_PACKET = 188


class Format(Enum):
    """A format of files, with the endings of its names, the usual one first."""

    MP4 = (".mp4", ".mov")
    WEBM = (".webm",)
    MATROSKA = (".mkv",)
    AVI = (".avi",)
    FLV = (".flv",)
    MPEG_TS = (".ts",)
    PNG = (".png",)
    JPEG = (".jpg", ".jpeg")
    WEBP = (".webp",)
    GIF = (".gif",)

    def __init__(self, *endings: str) -> None:
        self.endings = endings

    @property
    def is_video(self) -> bool:
        """Whether such files are videos; else they are pictures."""
        return self not in (Format.PNG, Format.JPEG, Format.WEBP, Format.GIF)


class FileShape(NamedTuple):
    """What the bytes of a file say: its format, whether it is whole, whether it has pictures.

    What a format does not say counts as good.
    """

    format: Format | None
    is_whole: bool
    has_pictures: bool = True


def format_of(head: bytes) -> Format | None:
    """Tell a format by the first `ENOUGH` bytes of a file."""
    if head[:4] == _EBML:
        return Format.WEBM if b"webm" in head[:ENOUGH] else Format.MATROSKA
    if head[:4] == b"RIFF":
        return {b"AVI ": Format.AVI, b"WEBP": Format.WEBP}.get(head[8:12])
    for magic, found in _MAGIC.items():
        if head.startswith(magic):
            return found
    if head[:1] == b"G" and len(head) > 3 and (head[1] & 0xE0, head[3] & 0xF0) == (0x40, 0x10):
        return Format.MPEG_TS  # a packet that begins a table or a stream, and holds some of it
    return Format.MP4 if len(head) >= 8 and head[4:8] in _BOXES else None


_MAGIC = {
    b"\x89PNG\r\n\x1a\n": Format.PNG,
    b"\xff\xd8\xff": Format.JPEG,
    b"GIF8": Format.GIF,
    b"FLV\x01": Format.FLV,
}


def is_enough(head: bytes) -> bool:
    """Whether the first bytes tell the format as well as any more of them would."""
    return len(head) >= (ENOUGH if head[:4] == _EBML[: len(head)] else _USUALLY_ENOUGH)


def read_shape(path: Path) -> FileShape:
    """Tell what a file is; of what is no plain file, or cannot be read, nothing. Blocks."""
    try:
        # A pipe of that name would be waited for without end.
        flags = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
        with os.fdopen(os.open(path, flags), "rb") as file:
            status = os.fstat(file.fileno())
            if stat.S_ISREG(status.st_mode):
                return shape_of(file, status.st_size)
    except OSError:
        pass
    return FileShape(None, is_whole=False)


def shape_of(file: BinaryIO, size: int) -> FileShape:
    """Tell what an open file of `size` bytes is; may raise OSError."""
    span = _Span(file, 0, size)
    found = format_of(span.read(0, ENOUGH))
    match found:
        case None:
            return FileShape(None, is_whole=False)
        case Format.MP4:
            return _mp4(span)
        case Format.WEBM | Format.MATROSKA:
            return FileShape(found, _ends_with_its_elements(span), _tracks_have_pictures(span))
        case Format.AVI | Format.WEBP:
            return FileShape(found, _ends_with_its_chunks(span))
        case Format.MPEG_TS:
            return FileShape(found, size % _TS_PACKET == 0)
        case Format.FLV:
            return FileShape(found, _ends_with_a_tag(span))
    tail = span.read(max(0, size - ENOUGH), ENOUGH).rstrip(b"\0")
    endings = {Format.PNG: _PNG_END, Format.JPEG: b"\xff\xd9", Format.GIF: b";"}
    return FileShape(found, tail.endswith(endings.get(found, b"")))


@dataclass(frozen=True, slots=True)
class _Span:
    """The bytes of a file from `begin` up to `end`."""

    file: BinaryIO
    begin: int
    end: int

    def read(self, at: int, count: int) -> bytes:
        """Read so many bytes, fewer where the span ends."""
        if at >= self.end:  # it may be farther than any file reaches
            return b""
        self.file.seek(at)
        return self.file.read(max(0, min(count, self.end - at))) or b""

    def boxes(self) -> Iterator[tuple[bytes, _Span]]:
        """The boxes side by side, each by its kind; one that is cut off ends behind the span."""
        at = self.begin
        for _ in range(_MOST_BOXES):
            head = self.read(at, 16)
            if len(head) < 8:
                return
            length, start = int.from_bytes(head[:4], "big"), 8
            if length == 1:
                length, start = int.from_bytes(head[8:], "big"), 16
            elif length == 0:  # up to the end
                length = self.end - at
            if length < start:
                return
            yield head[4:8], _Span(self.file, at + start, at + length)
            at += length

    def inside(self, *path: bytes) -> Iterator[_Span]:
        """The boxes that the kinds lead to, one in the other."""
        kind, *rest = path
        for found, inner in self.boxes():
            if found == kind and inner.end <= self.end:
                yield from inner.inside(*rest) if rest else (inner,)


def _mp4(whole: _Span) -> FileShape:
    """Whole is what ends where its last box ends, and holds an index and samples."""
    kinds, end = set(), 0
    for kind, inner in whole.boxes():
        kinds.add(kind)
        end = inner.end
    is_whole = end == whole.end and {b"moov", b"mdat"} <= kinds
    return FileShape(Format.MP4, is_whole, not is_whole or _has_pictures(whole))


def _has_pictures(whole: _Span) -> bool:
    handlers = [box.read(box.begin, 12)[8:] for box in whole.inside(*_HANDLER)]
    return not handlers or b"vide" in handlers


_HANDLER = (b"moov", b"trak", b"mdia", b"hdlr")


def _ends_with_its_elements(whole: _Span) -> bool:
    """Walk what stands side by side, down into what its writer gave no length."""
    at, has_segment = 0, False
    for _ in range(_MOST_BOXES):
        if at >= whole.end:
            break
        head = whole.read(at, 12)
        id_length = _vint_length(head[:1])
        size_length = _vint_length(head[id_length : id_length + 1])
        size = head[id_length : id_length + size_length]
        if not id_length or not size_length or len(size) < size_length:
            return False
        has_segment |= head[:id_length] == _SEGMENT
        unknown = (1 << 7 * size_length) - 1
        length = int.from_bytes(size, "big") & unknown
        at += id_length + size_length + (0 if length == unknown else length)
    return has_segment and at == whole.end


def _vint_length(first: bytes) -> int:
    """Bytes of a number whose first byte this is: the place of its first bit; 0 for none."""
    return 9 - first[0].bit_length() if first and first[0] else 0


def _tracks_have_pictures(whole: _Span) -> bool:
    """Whether a track says that it is of pictures, or none that it is of sound."""
    head = whole.read(0, _TRACKS)
    return _PICTURES in head or _SOUND not in head


_TRACKS = 64 * 1024
"""Bytes within which a Matroska file tells of its tracks, by the element TrackType."""
_PICTURES, _SOUND = b"\x83\x81\x01", b"\x83\x81\x02"


def _ends_with_its_chunks(whole: _Span) -> bool:
    at = missing = 0
    for _ in range(_MOST_BOXES):
        if at >= whole.end:
            break
        head = whole.read(at, 8)
        if len(head) < 8 or head[:4] != b"RIFF":
            return False
        length = int.from_bytes(head[4:], "little")
        missing = length % 2  # some writers leave the last byte of padding out
        at += 8 + length + missing
    return at in (whole.end, whole.end + missing)


def _ends_with_a_tag(whole: _Span) -> bool:
    """The last four bytes are the length of the last tag, which has its own length in it."""
    length = int.from_bytes(whole.read(whole.end - 4, 4), "big")
    head = whole.read(whole.end - 4 - length, 4) if 11 <= length <= whole.end - 4 else b""
    return len(head) == 4 and int.from_bytes(head[1:], "big") + 11 == length
