"""What is decoded at all: a file is judged by what it claims before a decoder sees it."""

from __future__ import annotations

from typing import BinaryIO

from ...files.containers import Format, shape_of
from ._boxes import Boxes, Span, number
from ._fragments import fragments_of
from ._pictures import pictures_of
from ._samples import MOST_SAMPLES
from ._tracks import Track, tracks_of
from .no_picture import NoPicture, Obstacle

MOST_PIXELS = 4096 * 2304
"""Of a picture: 4K of a cinema. A decoder holds some twenty pictures of that size."""
_ENCRYPTED = (b"encv", b"enca", b"drmi")
_LARGEST_NUMBER = 0xFFFF
"""Of a track."""
_FIXED = 78
"""Bytes of a description of pictures before its boxes."""


def check(file: BinaryIO, size: int) -> bool:
    """Raise NoPicture for what cannot or must not be decoded; return whether the file is whole.

    May raise OSError.
    """
    shape = shape_of(file, size)
    if shape.format is None or not shape.format.is_video:
        raise NoPicture(Obstacle.NOT_A_VIDEO)
    if shape.format is Format.MP4:
        _check_index(file, size, is_whole=shape.is_whole)
    return shape.is_whole


def check_size(width: int, height: int) -> None:
    """Raise NoPicture for pictures of more pixels than are decoded."""
    if width * height > MOST_PIXELS:
        raise NoPicture(Obstacle.TOO_LARGE)


def _check_index(file: BinaryIO, size: int, *, is_whole: bool) -> None:
    boxes, behind, whole = Boxes(file), Boxes(file), Span(0, size)
    movie = boxes.find(whole, b"moov")
    if movie is None:
        raise NoPicture(Obstacle.BROKEN if is_whole else Obstacle.TRUNCATED)
    for inside in boxes.each(movie, b"trak"):
        sizes = boxes.find(inside, b"mdia", b"minf", b"stbl", b"stsz")
        _check_count(number(boxes.read(sizes, 12), ">I", 8) if sizes else 0)
        _check_number(boxes, boxes.find(inside, b"tkhd"))
    for run in fragments_of(behind, whole, movie).runs.values():
        _check_count(run.samples)
    tracks = [track for track in tracks_of(boxes, behind, whole) if track.kind == b"vide"]
    if not any(track.samples for track in tracks):
        raise NoPicture(Obstacle.NO_PICTURES)
    if boxes.is_exhausted or behind.is_exhausted:
        raise NoPicture(Obstacle.TOO_LARGE)
    for track in tracks:
        _check_track(boxes, track)


def _check_count(samples: int) -> None:
    if samples > MOST_SAMPLES * 10:  # of sound there are more than of pictures
        raise NoPicture(Obstacle.TOO_LARGE)


def _check_number(boxes: Boxes, header: Span | None) -> None:
    """Refuse a track of a number up to which libav would count."""
    data = boxes.read(header, 24) if header else b""
    if number(data, ">I", 20 if data[:1] == b"\x01" else 12) > _LARGEST_NUMBER:
        raise NoPicture(Obstacle.BROKEN)


def _check_track(boxes: Boxes, track: Track) -> None:
    if track.entry is None:
        raise NoPicture(Obstacle.NO_PICTURES)
    coding, inside = track.entry
    if coding in _ENCRYPTED or boxes.find(Span(inside.begin + _FIXED, inside.end), b"sinf"):
        raise NoPicture(Obstacle.ENCRYPTED)
    shown = pictures_of(boxes, track.header, track.entry)
    check_size(shown.width or 0, shown.height or 0)
    if track.samples > MOST_SAMPLES:
        raise NoPicture(Obstacle.TOO_LARGE)
