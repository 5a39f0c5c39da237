"""Small films without a picture in them: the boxes alone, as ISO/IEC 14496-12 lays them out."""

from __future__ import annotations

import struct

SCALE = 600
"""Units in a second, of the film and of its tracks."""
STRAIGHT = (1, 0, 0, 1)
"""The matrix of pictures that are shown as they are."""


def box(kind: bytes, *parts: bytes) -> bytes:
    inside = b"".join(parts)
    return struct.pack(">I4s", len(inside) + 8, kind) + inside


def full(kind: bytes, *parts: bytes, flags: int = 0) -> bytes:
    """A box with version 0 and flags before what is in it."""
    return box(kind, struct.pack(">I", flags), *parts)


def numbers(*values: int) -> bytes:
    return struct.pack(f">{len(values)}I", *values)


def picture_entry(
    *boxes: bytes, kind: bytes = b"avc1", width: int = 320, height: int = 180
) -> bytes:
    return box(kind, bytes(24), struct.pack(">HH", width, height), bytes(50), *boxes)


def sound_entry(*boxes: bytes, kind: bytes = b"mp4a", channels: int = 2, version: int = 0) -> bytes:
    more = {0: b"", 1: bytes(16)}[version]
    head = struct.pack(">HHIHHI", version, 0, 0, channels, 16, 0)
    return box(kind, bytes(8), head, numbers(48_000 << 16), more, *boxes)


def esds(config: bytes, kind: int = 0x40) -> bytes:
    specific = bytes((5, len(config))) + config
    decoder = bytes((4, 13 + len(specific), kind)) + bytes(12) + specific
    return full(b"esds", bytes((3, 3 + len(decoder), 0, 0, 0)), decoder)


def track(
    number: int,
    entry: bytes,
    *,
    seconds: float = 2.0,
    samples: int = 48,
    handler: bytes = b"vide",
    matrix: tuple[int, int, int, int] = STRAIGHT,
    edits: tuple[tuple[float, float], ...] = (),
) -> bytes:
    """A track; `edits` are durations and places in seconds, a place of -1 for a wait."""
    a, b, c, d = matrix
    fixed = struct.pack(">9i", a << 16, b << 16, 0, c << 16, d << 16, 0, 0, 0, 1 << 30)
    header = full(b"tkhd", numbers(0, 0, number, 0), bytes(4 + 16), fixed, numbers(0, 0))
    rows = [
        struct.pack(
            ">Iii", round(lasts * SCALE), -1 if place < 0 else round(place * SCALE), 1 << 16
        )
        for lasts, place in edits
    ]
    listed = box(b"edts", full(b"elst", numbers(len(rows)), *rows)) if rows else b""
    units = round(seconds * SCALE)
    times = numbers(1, samples, units // samples) if samples else numbers(0)
    table = box(
        b"stbl",
        full(b"stsd", numbers(1), entry),
        full(b"stts", times),
        full(b"stsz", numbers(0, samples)),
    )
    media = box(
        b"mdia",
        full(b"mdhd", numbers(0, 0, SCALE, units), bytes(4)),
        full(b"hdlr", bytes(4), handler, bytes(13)),
        box(b"minf", table),
    )
    return box(b"trak", header, listed, media)


def film(*tracks: bytes, defaults: dict[int, int] | None = None, behind: bytes = b"") -> bytes:
    """A film; `defaults` are the usual durations of the samples of a film in fragments."""
    trex = [full(b"trex", numbers(n, 1, lasts, 0, 0)) for n, lasts in (defaults or {}).items()]
    extended = [box(b"mvex", *trex)] if trex else []
    header = full(b"mvhd", numbers(0, 0, SCALE, 0), bytes(80))
    return box(b"ftyp", b"isom") + box(b"moov", header, *tracks, *extended) + behind


def fragment(*parts: bytes) -> bytes:
    return box(b"moof", full(b"mfhd", numbers(1)), *parts) + box(b"mdat", bytes(50))


def part(track_number: int, *runs: bytes, lasts: int = 0, begins: int | None = None) -> bytes:
    """The part of one track in a fragment; `lasts` is the duration of each of its samples."""
    flags, more = (0x8, numbers(lasts)) if lasts else (0, b"")
    turn = b"" if begins is None else full(b"tfdt", numbers(begins))
    return box(b"traf", full(b"tfhd", numbers(track_number), more, flags=flags), turn, *runs)


def segment_index(track_number: int, *segments: tuple[int, int]) -> bytes:
    """An index of segments, each with its bytes and its duration."""
    rows = [numbers(size, lasts, 0) for size, lasts in segments]
    return full(b"sidx", numbers(track_number, SCALE, 0, 0, len(rows)), *rows)


def run(samples: int) -> bytes:
    return full(b"trun", numbers(samples, 8), flags=0x1)


def run_of(*durations: int) -> bytes:
    """A run that tells the duration and the size of each sample."""
    rows = [numbers(lasts, 100) for lasts in durations]
    return full(b"trun", numbers(len(rows), 8, 0), *rows, flags=0x1 | 0x4 | 0x100 | 0x200)
