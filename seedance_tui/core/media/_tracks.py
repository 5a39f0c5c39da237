"""The tracks of a film: how long each lasts as it is played, and how many samples it has."""

from __future__ import annotations

import math
import struct
from collections.abc import Iterator
from dataclasses import dataclass

from ._boxes import Boxes, Span, number
from ._fragments import Fragments, fragments_of
from ._runs import SampleRun

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
    seconds_told: float
    """The same by what is read of the film before it is played: see `Fragments.head`."""
    rate: float
    """Samples a second, on average, by what is read before."""
    place: int
    """Where the bytes of its first sample begin."""


@dataclass(frozen=True, slots=True)
class Edits:
    """What an edit list says, in seconds.

    The wait before the track begins, how long it is played (0 where that is to the end), and the
    place in the media where playing begins.
    """

    wait: float = 0.0
    seconds: float = 0.0
    place: float = 0.0


@dataclass(frozen=True, slots=True)
class _Read:
    """What the index says of one track."""

    kind: bytes
    header: bytes
    number: int
    scale: int
    index: SampleRun
    edits: Span | None
    described: Span | None


def tracks_of(boxes: Boxes, behind: Boxes, whole: Span) -> Iterator[Track]:
    """Every track of pictures or of sound, with all its fragments, which `behind` reads."""
    movie = boxes.find(whole, b"moov")
    if movie is None:
        return
    movie_scale = scale_of(boxes, boxes.find(movie, b"mvhd"))
    found = [_read(boxes, track) for track in boxes.each(movie, b"trak")]
    extended = boxes.find(movie, b"mvex")
    pictures = {one.number for one in found if one.kind == b"vide" and not one.index.samples}
    fragments = fragments_of(behind, whole, extended, pictures) if extended else Fragments()
    for one in found:
        if one.kind in (b"vide", b"soun"):
            yield _track(boxes, one, movie_scale, fragments)


def _read(boxes: Boxes, track: Span) -> _Read:
    header = _of(boxes, boxes.find(track, b"tkhd"), 96)
    media = boxes.find(track, b"mdia")
    return _Read(
        kind=_of(boxes, boxes.find(media, b"hdlr"), 12)[8:],
        header=header,
        number=number(header, ">I", 20 if header[:1] == b"\x01" else 12),
        scale=scale_of(boxes, boxes.find(media, b"mdhd")),
        index=_index(boxes, media, boxes.find(media, b"minf", b"stbl")),
        edits=boxes.find(track, b"edts", b"elst"),
        described=boxes.find(media, b"minf", b"stbl", b"stsd"),
    )


def _track(boxes: Boxes, one: _Read, movie_scale: int, fragments: Fragments) -> Track:
    run, head, probed = (
        one.index.followed_by(runs.get(one.number, SampleRun()))
        for runs in (fragments.runs, fragments.head, fragments.probed)
    )
    scale = one.scale or math.inf  # nothing lasts
    begins = run.begins or 0
    lasts = ((run.ends or 0) - begins) / scale
    told = max((probed.ends or 0) / scale, fragments.end_of(one.number)) - begins / scale
    edits = _edits(boxes, one.edits, movie_scale, lasts, one.scale)
    late = 0 if one.index.samples else probed.early
    first = (begins + run.first_offset + late) / scale
    described = one.described
    entries = boxes.inside(Span(described.begin + 8, described.end)) if described else iter(())
    return Track(
        one.kind,
        one.header,
        entry=next(entries, None),
        samples=run.samples,
        media=lasts,
        begins=edits.wait if edits.seconds else edits.wait + first - edits.place,
        seconds=edits.seconds or lasts,
        seconds_told=edits.seconds or told,
        rate=head.samples * one.scale / head.duration if head.duration else 0.0,
        place=run.place,
    )


def _index(boxes: Boxes, media: Span | None, table: Span | None) -> SampleRun:
    """The samples that the index has, which begin at once."""
    sizes = boxes.find(table, b"stsz") or boxes.find(table, b"stz2")
    units = _units(boxes, media, table)
    offsets = _of(boxes, boxes.find(table, b"ctts"), 16)
    chunks, long = boxes.find(table, b"stco"), boxes.find(table, b"co64")
    return SampleRun(
        samples=number(_of(boxes, sizes, 12), ">I", 8),
        duration=units,
        begins=0,
        ends=units,
        first_offset=number(offsets, ">i", 12),
        place=number(_of(boxes, chunks, 12), ">I", 8) or number(_of(boxes, long, 16), ">Q", 8),
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


def _whole(table: bytes, width: int) -> bytes:
    """The rows of a table that are there, behind its version and their count."""
    count = min(number(table, ">I", 4), (len(table) - 8) // width)
    return table[8 : 8 + count * width] if count > 0 else b""
