"""What a file is by its own bytes, and whether it is whole: nothing in it is trusted."""

import io
import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from seedance_tui.api.file_types import EVERY_ENDING
from seedance_tui.demo.clips import clip
from seedance_tui.demo.objects import Blob, box
from seedance_tui.files.containers import (
    FileShape,
    Format,
    format_of,
    is_enough,
    read_shape,
    shape_of,
)

CLIP = clip("original.mp4")
FRAME = clip("last_frame.jpg")
MDAT = box(b"mdat", b"pictures")
FTYP = box(b"ftyp", b"isom\0\0\0\0")


def movie(*handlers: bytes) -> bytes:
    """An index with a track for each handler."""
    tracks = [
        box(b"trak", box(b"mdia", box(b"hdlr", bytes(8) + handler + bytes(13))))
        for handler in handlers
    ]
    return box(b"moov", b"".join(tracks))


def ebml(doctype: bytes, *, live: bool = False, track: bytes = b"\x01") -> bytes:
    """A Matroska file: a header, and a segment with a track and a cluster."""
    header = b"\x42\x82" + bytes([0x80 | len(doctype)]) + doctype
    inside = b"\x16\x54\xae\x6b\x85\xae\x83\x83\x81" + track + b"\x1f\x43\xb6\x75\x84abcd"
    length = b"\x01" + b"\xff" * 7 if live else bytes([0x80 | len(inside)])
    head = b"\x1a\x45\xdf\xa3" + bytes([0x80 | len(header)]) + header
    return head + b"\x18\x53\x80\x67" + length + inside


def shape(content: bytes) -> FileShape:
    return shape_of(io.BytesIO(content), len(content))


VIDEO = movie(b"soun", b"vide")
RIFF = b"RIFF\x0c\0\0\0AVI LIST\0\0\0\0"
FLV = b"FLV\x01\x05\0\0\0\x09\0\0\0\0" + b"\x09\0\0\x04" + bytes(7) + b"pict" + b"\0\0\0\x0f"
TS = (b"G@\x11\x10" + bytes(184)) * 3
PNG = b"\x89PNG\r\n\x1a\n" + bytes(40) + b"\0\0\0\0IEND\xaeB`\x82"

WHOLE = {
    "a clip": (CLIP, Format.MP4),
    "index first": (FTYP + VIDEO + MDAT, Format.MP4),
    "begins with uuid": (box(b"uuid", bytes(16)) + FTYP + VIDEO + MDAT, Format.MP4),
    "begins with styp": (box(b"styp", b"msdh") + VIDEO + box(b"moof", b"") + MDAT, Format.MP4),
    "begins with moov": (VIDEO + MDAT, Format.MP4),
    "begins with the samples": (MDAT + VIDEO, Format.MP4),
    "a box of 64 bits": (
        FTYP + VIDEO + b"\0\0\0\1mdat" + (20).to_bytes(8, "big") + b"abcd",
        Format.MP4,
    ),
    "a box up to the end": (FTYP + VIDEO + b"\0\0\0\0mdat" + b"abcd", Format.MP4),
    "webm": (ebml(b"webm"), Format.WEBM),
    "matroska": (ebml(b"matroska"), Format.MATROSKA),
    "written live": (ebml(b"matroska", live=True), Format.MATROSKA),
    "avi": (RIFF, Format.AVI),
    "flv": (FLV, Format.FLV),
    "transport stream": (TS, Format.MPEG_TS),
    "png": (PNG, Format.PNG),
    "jpeg": (FRAME, Format.JPEG),
    "gif": (b"GIF89a" + bytes(20) + b";", Format.GIF),
    "webp": (b"RIFF\x0c\0\0\0WEBPVP8 \0\0\0\0", Format.WEBP),
}


@pytest.mark.parametrize("name", WHOLE)
def test_a_whole_file_is_known_and_whole(name: str) -> None:
    content, expected = WHOLE[name]
    assert format_of(content[:64]) is expected
    assert shape(content) == FileShape(expected, is_whole=True)


@pytest.mark.parametrize("name", WHOLE)
@pytest.mark.parametrize("cut", [1, 2, 3])
def test_a_file_that_ends_too_early_is_not_whole(name: str, cut: int) -> None:
    content, _ = WHOLE[name]
    if name != "a box up to the end":  # it has no other end
        assert not shape(content[:-cut]).is_whole
        assert not shape(content[: len(content) * cut // 4]).is_whole or name == "transport stream"


@pytest.mark.parametrize(
    "content",
    [
        FTYP + MDAT,
        FTYP + VIDEO,
        FTYP + VIDEO + MDAT + b"x",
        FTYP + VIDEO + MDAT + b"\0\0\0\1mdat",
        FTYP + VIDEO + MDAT + b"\0\0\0\7free",
        CLIP[: len(CLIP) // 3],
        b"\0\0\0\1ftyp" + b"\xff" * 8,
    ],
)
def test_an_mp4_needs_an_index_and_samples_and_must_end_where_its_boxes_end(
    content: bytes,
) -> None:
    assert shape(content) == FileShape(Format.MP4, is_whole=False)


@pytest.mark.parametrize(
    ("content", "has_pictures"),
    [
        (FTYP + movie(b"soun") + MDAT, False),
        (FTYP + movie(b"soun", b"text") + MDAT, False),
        (FTYP + movie(b"vide") + MDAT, True),
        (FTYP + movie() + MDAT, True),
        (ebml(b"webm", track=b"\x02"), False),
        (ebml(b"matroska", track=b"\x02"), False),
    ],
)
def test_a_file_with_sound_alone_is_told(content: bytes, has_pictures: bool) -> None:
    assert shape(content).has_pictures is has_pictures


@pytest.mark.parametrize(
    "content", [b"", b"ftyp", b"<!doctype html>", b'{"Code":"x"}', b"\x1f\x8b\x08", b"ID3\x04"]
)
def test_anything_else_is_nothing(content: bytes) -> None:
    assert format_of(content) is None
    assert shape(content) == FileShape(None, is_whole=False)


def test_a_virtual_object_of_the_store_is_whole() -> None:
    blob = Blob.virtual(300_000, seed=4)
    content = (blob.pattern * 5)[: blob.size]
    assert shape(content) == FileShape(Format.MP4, is_whole=True)
    assert not shape(content[:-1]).is_whole


def test_every_ending_is_that_of_a_format() -> None:
    assert {ending for one in Format for ending in one.endings} == set(EVERY_ENDING)


def test_more_bytes_are_waited_for_where_they_tell_more() -> None:
    assert is_enough(CLIP[:12])
    assert not is_enough(CLIP[:11])
    assert not is_enough(ebml(b"webm")[:20])
    assert is_enough(bytes(64))


@given(st.sampled_from(sorted(WHOLE)), st.data())
def test_nothing_in_a_file_makes_it_raise(name: str, data: st.DataObject) -> None:
    content = bytearray(WHOLE[name][0][:2000])
    for place in data.draw(st.lists(st.integers(0, len(content) - 1), max_size=20)):
        content[place] = data.draw(st.integers(0, 255))
    shape(bytes(content))


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no pipes of that kind")
def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.mp4")
    nothing = FileShape(None, is_whole=False)
    assert read_shape(tmp_path / "pipe.mp4") == nothing
    assert read_shape(tmp_path) == nothing
    assert read_shape(tmp_path / "none") == nothing
