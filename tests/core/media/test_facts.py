"""What a video file says of itself, whoever wrote it and whatever is left of it."""

import io
import os
import struct
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from seedance_tui.core.media.facts import VideoFacts, facts_of, read_facts
from seedance_tui.demo.clips import clip

MOST = 600_000
"""Bytes that may be read of one file."""
CLIPS = [clip("original.mp4"), clip("upscaled.mp4")]


class Counted(io.BytesIO):
    """A file that knows how much was read of it."""

    read_so_far = 0

    def read(self, size: int | None = -1) -> bytes:
        data = super().read(size)
        self.read_so_far += len(data)
        return data


def facts(data: bytes) -> VideoFacts:
    file = Counted(data)
    found = facts_of(file, len(data))
    assert file.read_so_far <= MOST
    return found


def box(kind: bytes, *parts: bytes, long: bool = False) -> bytes:
    inside = b"".join(parts)
    if long:
        return struct.pack(">I4sQ", 1, kind, len(inside) + 16) + inside
    return struct.pack(">I4s", len(inside) + 8, kind) + inside


def track(
    handler: bytes = b"vide",
    *,
    version: int = 0,
    seconds: int = 5,
    frames: int = 120,
    count: bytes = b"stsz",
    long: bool = False,
) -> bytes:
    """A track with headers of either version; the frames of 1080 × 1920 are shown as 540 × 960."""
    scale, wide = 600, version == 1
    version_and_flags = bytes((version, 0, 0, 0))
    before = bytes(84 if wide else 72)
    shown = box(b"tkhd", version_and_flags, before, struct.pack(">II", 540 << 16, 960 << 16))
    lasts = struct.pack(">IQ" if wide else ">II", scale, seconds * scale)
    timed = box(b"mdhd", version_and_flags, bytes(16 if wide else 8), lasts, bytes(4))
    handled = box(b"hdlr", bytes(8), handler, bytes(13))
    entry = box(b"hvc1", bytes(24), struct.pack(">HH", 1080, 1920), bytes(50))
    described = box(b"stsd", bytes(4), struct.pack(">I", 1), entry)
    counted = box(count, bytes(8), struct.pack(">I", frames))
    samples = box(b"minf", box(b"vmhd", bytes(12)), box(b"stbl", described, counted))
    return box(b"trak", shown, box(b"mdia", timed, handled, samples, long=long))


def test_the_clips_of_the_demo_say_what_they_are() -> None:
    small, large = map(facts, CLIPS)
    assert (small.size, *_told(small)) == (len(CLIPS[0]), 480, 270, 3.0, 72, "avc1")
    assert (large.size, *_told(large)) == (len(CLIPS[1]), 1280, 720, 3.0, 72, "avc1")
    assert (small.pixels, small.frames_per_second) == (480 * 270, 24.0)
    assert small.bits_per_second == pytest.approx(small.size * 8 / 3, rel=0.01)


@pytest.mark.parametrize("version", [0, 1])
@pytest.mark.parametrize("count", [b"stsz", b"stz2"])
def test_a_long_film_whose_index_comes_last_is_found_by_64_bits(version: int, count: bytes) -> None:
    """Its pictures are not read, nor is the sound, which comes first."""
    begin = box(b"ftyp", b"isom") + box(b"mdat", bytes(200_000), long=True)
    film = track(version=version, count=count, long=True)
    data = begin + box(b"moov", box(b"mvhd", bytes(100)), track(b"soun", seconds=9), film)
    assert _told(facts(data)) == (1080, 1920, 5.0, 120, "hvc1")


def test_a_box_of_no_length_goes_to_the_end_of_the_file() -> None:
    data = struct.pack(">I4s", 0, b"moov") + track()
    assert facts(data).pixels == 1080 * 1920


@pytest.mark.parametrize("seconds", [0, 0xFFFF_FFFF / 600])
def test_a_duration_that_its_writer_did_not_know_is_none(seconds: float) -> None:
    data = bytearray(box(b"moov", track(seconds=0)))
    at = data.index(b"mdhd") + 4 + 16
    data[at : at + 4] = struct.pack(">I", round(seconds * 600))
    found = facts(bytes(data))
    assert (found.seconds, found.frames_per_second, found.bits_per_second) == (None, None, None)
    assert found.pixels == 1080 * 1920


def test_a_file_that_was_cut_says_what_is_left_of_it() -> None:
    whole = box(b"moov", track())
    said = [sum(x is not None for x in _told(facts(whole[:n]))) for n in range(len(whole) + 1)]
    assert (said[0], said[-1]) == (0, 5)
    assert {1, 2, 3, 4} & set(said)


def _told(found: VideoFacts) -> tuple[object, ...]:
    return found.width, found.height, found.seconds, found.frames, found.codec


@given(st.binary(max_size=400))
@example(box(b"moov") * 40_000)
@example(box(b"moov", box(b"trak") * 40_000))
@example(box(b"moov", *[box(b"trak", box(b"mdia", box(b"hdlr", bytes(12))))] * 20_000))
@example(struct.pack(">I4sQ", 1, b"moov", 2**64 - 1) + track())
@example(struct.pack(">I4sQ", 1, b"moov", 3) * 9)
@example(struct.pack(">I4s", 0, b"moov") * 9000)
def test_no_bytes_make_it_raise_or_read_without_end(data: bytes) -> None:
    assert facts(data).size == len(data)


@given(
    st.sampled_from([CLIPS[0][:4000], box(b"moov", track(version=1, long=True))]),
    st.lists(st.tuples(st.integers(0, 3999), st.binary(max_size=9)), max_size=6),
    st.integers(0, 4000),
)
def test_no_change_to_a_video_makes_it_raise(
    data: bytes, changes: list[tuple[int, bytes]], end: int
) -> None:
    changed = bytearray(data)
    for place, new in changes:
        changed[place : place + len(new)] = new
    found = facts(bytes(changed[:end]))
    for number in (found.pixels, found.seconds, found.frames_per_second, found.bits_per_second):
        assert number is None or number > 0


def test_what_is_no_file_is_none(tmp_path: Path) -> None:
    for path in (tmp_path, tmp_path / "gone.mp4", Path("a\0b")):
        assert read_facts(path) is None
    (tmp_path / "text.mp4").write_text("no video")
    assert read_facts(tmp_path / "text.mp4") == VideoFacts(8)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no pipes with names")
def test_a_pipe_in_place_of_a_video_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.mp4")
    assert read_facts(tmp_path / "pipe.mp4") is None


def test_a_disk_that_fails_while_it_is_read_leaves_the_size() -> None:
    class Broken(io.BytesIO):
        def read(self, size: int | None = -1) -> bytes:
            raise OSError(5, "Input/output error")

    assert facts_of(Broken(CLIPS[0]), 99) == VideoFacts(99)
