"""The tracks of a film: how long each lasts as it is played, and how many samples it has."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass

from ._boxes import Boxes, Span, number
from ._fragments import SampleRun, runs_of

_UNKNOWN = {0xFFFF_FFFF, 0xFFFF_FFFF_FFFF_FFFF}
"""What stands for a duration that its writer did not know."""
_MOST_ENTRIES = 256
"""Of a table of durations or edits: a film has one or two, one that was cut some dozens."""
_SKIPPED = -1
"""The place of an edit that shows nothing."""


@dataclass(frozen=True, slots=True)
class Track:
    """One track; moments and durations in seconds, 0 where nothing is told."""

    kind: bytes
    """`vide` or `soun`."""
    header: bytes
    """The beginning of its `tkhd`."""
    entry: tuple[bytes, Span] | None
    """Its first sample description, with its four characters."""
    samples: int
    media: float
    """How long all its samples last."""
    begins: float
    """When the first one is played."""
    seconds: float
    """How long it is played: what an edit list leaves of it."""


@dataclass(frozen=True, slots=True)
class Edits:
    """What an edit list says, in seconds.

    The wait before the track begins, how long it is played (0 where that is to the end), and the
    place in the media where playing begins.
    """

    wait: float = 0.0
    seconds: float = 0.0
    place: float = 0.0


def tracks_of(boxes: Boxes, behind: Boxes, whole: Span) -> Iterator[Track]:
    """Every track of pictures or of sound, with all its fragments, which `behind` reads."""
    movie = boxes.find(whole, b"moov")
    if movie is None:
        return
    movie_scale = scale_of(boxes, boxes.find(movie, b"mvhd"))
    extended = boxes.find(movie, b"mvex")
    runs = runs_of(behind, whole, extended) if extended else {}
    for track in boxes.each(movie, b"trak"):
        handler = boxes.find(track, b"mdia", b"hdlr")
        kind = boxes.read(handler, 12)[8:] if handler else b""
        if kind in (b"vide", b"soun"):
            yield _track(boxes, track, kind, movie_scale, runs)


def _track(
    boxes: Boxes, track: Span, kind: bytes, movie_scale: int, runs: dict[int, SampleRun]
) -> Track:
    header = _of(boxes, boxes.find(track, b"tkhd"), 96)
    run = runs.get(number(header, ">I", 20 if header[:1] == b"\x01" else 12), SampleRun())
    media = boxes.find(track, b"mdia")
    samples = boxes.find(media, b"minf", b"stbl")
    scale = scale_of(boxes, boxes.find(media, b"mdhd"))
    lasts = (_units(boxes, media, samples) + run.duration) / scale if scale else 0.0
    first = _first_offset(boxes, samples, run) / scale if scale else 0.0
    edits = _edits(boxes, boxes.find(track, b"edts", b"elst"), movie_scale, lasts, scale)
    sizes = boxes.find(samples, b"stsz") or boxes.find(samples, b"stz2")
    described = boxes.find(samples, b"stsd")
    entries = boxes.inside(Span(described.begin + 8, described.end)) if described else iter(())
    return Track(
        kind,
        header,
        entry=next(entries, None),
        samples=number(_of(boxes, sizes, 12), ">I", 8) + run.samples,
        media=lasts,
        begins=edits.wait if edits.seconds else edits.wait + first - edits.place,
        seconds=edits.seconds or lasts,
    )


def edits_of(boxes: Boxes, movie: Span, track: Span) -> Edits:
    """Read the edit list of a track whose samples are all in the index."""
    media = boxes.find(track, b"mdia")
    scale = scale_of(boxes, boxes.find(media, b"mdhd"))
    units = _units(boxes, media, boxes.find(media, b"minf", b"stbl"))
    movie_scale = scale_of(boxes, boxes.find(movie, b"mvhd"))
    listed = boxes.find(track, b"edts", b"elst")
    return _edits(boxes, listed, movie_scale, units / scale if scale else 0.0, scale)


def _of(boxes: Boxes, box: Span | None, length: int) -> bytes:
    return boxes.read(box, length) if box else b""


def scale_of(boxes: Boxes, header: Span | None) -> int:
    """Units in a second, of `mvhd` or `mdhd`."""
    data = _of(boxes, header, 32)
    return number(data, ">I", 20 if data[:1] == b"\x01" else 12)


def _units(boxes: Boxes, media: Span | None, samples: Span | None) -> int:
    """How long the samples of the index last: their table, or what `mdhd` says."""
    table = _of(boxes, boxes.find(samples, b"stts"), 8 + 8 * _MOST_ENTRIES)
    if len(table) >= 8 and number(table, ">I", 4) <= _MOST_ENTRIES:
        return sum(count * delta for count, delta in struct.iter_unpack(">II", _whole(table, 8)))
    data = _of(boxes, boxes.find(media, b"mdhd"), 32)
    lasts = number(data, *((">Q", 24) if data[:1] == b"\x01" else (">I", 16)))
    return 0 if lasts in _UNKNOWN else lasts


def _edits(boxes: Boxes, listed: Span | None, movie_scale: int, lasts: float, scale: int) -> Edits:
    """Read an edit list; an edit plays no more than there is."""
    data = _of(boxes, listed, 8 + 20 * _MOST_ENTRIES)
    form, width = (">Qqi", 20) if data[:1] == b"\x01" else (">Iii", 12)
    if not movie_scale or not scale:
        return Edits()
    wait = played = 0.0
    begins: float | None = None
    for duration, place, _rate in struct.iter_unpack(form, _whole(data, width)):
        if place == _SKIPPED:
            wait += 0 if begins is not None else duration / movie_scale
        else:
            begins = place / scale if begins is None else begins
            played += min(duration / movie_scale, lasts)
    return Edits(wait, played, begins or 0.0)


def _first_offset(boxes: Boxes, samples: Span | None, run: SampleRun) -> int:
    """How long after its turn the first sample is shown: the frames are coded in another order."""
    table = _of(boxes, boxes.find(samples, b"ctts"), 16)
    return number(table, ">i", 12) if len(table) == 16 else run.first_offset


def _whole(table: bytes, width: int) -> bytes:
    """The rows of a table that are there, behind its version and their count."""
    count = min(number(table, ">I", 4), (len(table) - 8) // width)
    return table[8 : 8 + count * width] if count > 0 else b""
