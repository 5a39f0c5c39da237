"""Files that are no clip that can be shown, each with why; run as a script it opens them all.

As a script it bounds its own memory first, and prints what it found, a line a file.
"""

from __future__ import annotations

import struct
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from seedance_tui.core.media.clip import open_file
from seedance_tui.core.media.no_picture import NoPicture, Obstacle
from tests.core.media import films
from tests.core.media.clips import Recipe, make

MOST_MEMORY = 900 * 1024 * 1024
_SIZE_AT = 24 + 8
"""Where width and height are, from the beginning of a sample description."""


def bad_clips(folder: Path, boxes: int = 1_000_000) -> Iterator[tuple[str, bytes, Obstacle]]:
    """Every bad file, by its name; one has so many boxes."""
    first = make(Recipe("first", movflags="faststart", options={"g": "250"}), folder).read_bytes()
    last = make(Recipe("last", options={"g": "250"}), folder).read_bytes()
    yield "cut_in_its_pictures", first[: len(first) * 6 // 10], Obstacle.TRUNCATED
    yield "cut_before_its_index", last[: len(last) // 2], Obstacle.TRUNCATED
    yield "encrypted", _encrypted(first), Obstacle.ENCRYPTED
    no_frames = films.track(1, films.picture_entry(), samples=0)
    yield "without_frames", _film(no_frames), Obstacle.NO_PICTURES
    sound = films.track(1, films.sound_entry(), handler=b"soun")
    yield "sound_only", _film(sound), Obstacle.NO_PICTURES
    yield "page", b"<!doctype html><html><body>Sign in</body></html>" * 20, Obstacle.NOT_A_VIDEO
    yield "json", b'{"code": "fail", "message": "gone"}', Obstacle.NOT_A_VIDEO
    yield "picture", b"\x89PNG\r\n\x1a\n" + bytes(200), Obstacle.NOT_A_VIDEO
    yield "empty", b"", Obstacle.NOT_A_VIDEO
    yield "8k", _claiming(first, 7680, 4320), Obstacle.TOO_LARGE
    yield "widest", _claiming(first, 65_535, 65_535), Obstacle.TOO_LARGE
    yield "large_within", _claiming(_really_large(folder), 192, 108), Obstacle.TOO_LARGE
    yield "large_webm", _really_large(folder, "libvpx-vp9", "webm"), Obstacle.TOO_LARGE
    yield "two_billion_samples", _with_count(first, b"stsz", 8, 2_000_000_000), Obstacle.TOO_LARGE
    yield "two_billion_sounds", _with_many_sounds(folder), Obstacle.TOO_LARGE
    yield "a_million_samples", _with_count(first, b"stsz", 8, 1_000_000), Obstacle.TOO_LARGE
    yield "number_of_a_track", _with_number(first, 0xFFFF_FFFF), Obstacle.BROKEN
    yield "samples_elsewhere", _with_places(first, 0xFFFF_0000), Obstacle.BROKEN
    yield "samples_of_zeros", _with_places(first, 8), Obstacle.BROKEN
    yield "a_billion_in_a_fragment", _claiming_fragment(), Obstacle.TOO_LARGE
    yield "a_million_boxes", first[:32] + b"\0\0\0\x08free" * boxes, Obstacle.TRUNCATED
    yield "noise_behind_a_head", first[:40] + bytes(range(256)) * 40, Obstacle.NO_PICTURES


def bombs(folder: Path) -> Iterator[bytes]:
    """Files of which libav makes gigabytes, unless it has no more than so much memory."""
    first = make(Recipe("bomb", movflags="faststart", options={"g": "250"}), folder).read_bytes()
    yield _with_many_edits(first, 2000, 20_000)
    yield _with_second_sizes(first, 60_000_000)
    yield _padded_fragment(folder, 50_000_000)


def _at(data: bytes, kind: bytes) -> int:
    return data.index(kind) + 4


def _claiming(data: bytes, width: int, height: int) -> bytes:
    """Say another size in the sample description."""
    at = data.index(b"avc1", data.index(b"stsd")) + 4 + 24
    return data[:at] + struct.pack(">HH", width, height) + data[at + 4 :]


def _with_count(data: bytes, kind: bytes, place: int, count: int) -> bytes:
    at = _at(data, kind) + 4
    head = struct.pack(">II", 100, count) if kind == b"stsz" else struct.pack(">I", count)
    return data[:at] + head + data[at + len(head) :]


def _with_many_sounds(folder: Path) -> bytes:
    """The index of the sound, which comes second, claims to be endless."""
    data = make(Recipe("heard", movflags="faststart", sound="aac"), folder).read_bytes()
    at = data.index(b"soun")
    return data[:at] + _with_count(data[at:], b"stsz", 8, 2_000_000_000)


def _with_number(data: bytes, value: int) -> bytes:
    at = _at(data, b"tkhd") + 12
    return data[:at] + struct.pack(">I", value) + data[at + 4 :]


def _with_places(data: bytes, place: int) -> bytes:
    at = _at(data, b"stco")
    count = int.from_bytes(data[at + 4 : at + 8], "big")
    return data[: at + 8] + struct.pack(">I", place) * count + data[at + 8 + count * 4 :]


def _really_large(folder: Path, codec: str = "libx264", container: str = "mp4") -> bytes:
    quick = {"cpu-used": "8", "deadline": "realtime", "crf": "63", "b": "1000"}
    fast = {"preset": "ultrafast"} if codec == "libx264" else quick
    recipe = Recipe("large", codec, container, size=(4800, 2400), frames=1, options=fast)
    return make(recipe, folder).read_bytes()


def _film(track: bytes) -> bytes:
    return films.film(track, behind=films.box(b"mdat", bytes(50)))


def _with_many_edits(data: bytes, edits: int, samples: int) -> bytes:
    """Have each edit play all of very many samples: libav writes down which for each of them."""
    data = _with_count(data, b"stsz", 8, samples)
    for kind, table in ((b"stts", (1, samples, 100)), (b"stsc", (1, 1, samples, 1))):
        at = _at(data, kind) + 4
        data = data[:at] + films.numbers(*table) + data[at + 4 * len(table) :]
    data = data.replace(b"ctts", b"free")
    edit = struct.pack(">Iii", 100_000_000, 0, 1 << 16)
    listed = films.full(b"elst", films.numbers(edits), edit * edits)
    return _instead(data, data.index(b"elst") - 4, listed, (b"moov", b"trak", b"edts"))


def _with_second_sizes(data: bytes, count: int) -> bytes:
    at = data.index(b"stsz") - 4
    length = int.from_bytes(data[at : at + 4], "big")
    both = data[at : at + length] + films.full(b"stsz", films.numbers(1, count))
    return _instead(data, at, both, (b"moov", b"trak", b"mdia", b"minf", b"stbl"))


def _instead(data: bytes, at: int, new: bytes, around: tuple[bytes, ...]) -> bytes:
    """Put a box in the place of the one at `at`, in the first of the boxes around it."""
    length = int.from_bytes(data[at : at + 4], "big")
    data = data[:at] + new + data[at + length :]
    for kind in around:
        place = data.index(kind) - 4
        size = int.from_bytes(data[place : place + 4], "big") + len(new) - length
        data = data[:place] + struct.pack(">I", size) + data[place + 4 :]
    return data


def _padded_fragment(folder: Path, samples: int) -> bytes:
    """Samples behind more padding than is read of a fragment."""
    recipe = Recipe("parts", movflags="frag_keyframe+empty_moov", options={"g": "6"})
    data = make(recipe, folder).read_bytes()
    many = films.part(1, films.full(b"trun", films.numbers(samples)), lasts=1)
    padding = films.box(b"free", bytes(70_000))
    whole = films.box(b"moof", films.full(b"mfhd", films.numbers(1)), padding, many)
    return _instead(data, data.index(b"moof") - 4, whole, ())


def _encrypted(data: bytes) -> bytes:
    at = data.index(b"avc1", data.index(b"stsd"))
    return data[:at] + b"encv" + data[at + 4 :]


def _claiming_fragment() -> bytes:
    many = films.full(b"trun", films.numbers(1_000_000_000), flags=0)
    track = films.track(1, films.picture_entry(), samples=0)
    behind = films.fragment(films.part(1, many, lasts=25))
    return films.film(track, defaults={1: 25}, behind=behind)


def found(path: Path) -> str:
    """Open a file, ask for a frame from everywhere; return why there is none."""
    try:
        with closing(open_file(path)) as clip:
            for index in (0, len(clip.moments) - 1):
                clip.frame(index, (32, 18))
            clip.facts  # noqa: B018
    except NoPicture as error:
        assert error.sentence
        return error.why
    return "a picture"


def main(folder: Path) -> None:
    import resource

    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    for path in sorted(folder.glob("*.bad")):
        begun = time.monotonic()
        why = found(path)
        print(path.stem, why, round(time.monotonic() - begun, 2), flush=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
