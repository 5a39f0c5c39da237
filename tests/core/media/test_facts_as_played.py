"""Files are told as they are played: turned, cut, in fragments, with the sound that they have."""

import io
from dataclasses import astuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from seedance_tui.core.media.facts import NO_SOUND, Sound, VideoFacts, facts_of
from tests.core.media.films import (
    SCALE,
    box,
    esds,
    film,
    fragment,
    full,
    numbers,
    part,
    picture_entry,
    run,
    run_of,
    segment_index,
    sound_entry,
    track,
)

FRAME = SCALE // 24
PICTURES = track(1, picture_entry())
AAC = sound_entry(esds(b"\x11\x90"))


def facts(data: bytes) -> VideoFacts:
    return facts_of(io.BytesIO(data), len(data))


def entry_facts(*boxes: bytes, kind: bytes = b"avc1") -> VideoFacts:
    return facts(film(track(1, picture_entry(*boxes, kind=kind))))


@pytest.mark.parametrize(
    ("matrix", "size"),
    [
        ((1, 0, 0, 1), (320, 180)),
        ((0, 1, -1, 0), (180, 320)),
        ((-1, 0, 0, -1), (320, 180)),
        ((0, -1, 1, 0), (180, 320)),
        ((0, 1, 1, 0), (180, 320)),
    ],
    ids=["straight", "90", "180", "270", "mirrored"],
)
def test_pictures_are_as_large_as_they_are_shown(
    matrix: tuple[int, int, int, int], size: tuple[int, int]
) -> None:
    found = facts(film(track(1, picture_entry(), matrix=matrix)))
    assert (found.width, found.height) == size


@pytest.mark.parametrize(
    ("aspect", "size"), [((4, 3), (427, 180)), ((1, 2), (160, 180)), ((0, 0), (320, 180))]
)
def test_pixels_that_are_not_square_are_shown_wider(
    aspect: tuple[int, int], size: tuple[int, int]
) -> None:
    aspected = picture_entry(box(b"pasp", numbers(*aspect)))
    straight = facts(film(track(1, aspected)))
    turned = facts(film(track(1, aspected, matrix=(0, 1, -1, 0))))
    assert (straight.width, straight.height) == (turned.height, turned.width) == size


@pytest.mark.parametrize(
    "behind",
    [
        fragment(part(1, run(12))) * 3,
        fragment(part(1, run(12), lasts=FRAME)) * 3,
        fragment(part(1, run_of(*[FRAME] * 12))) * 3,
        fragment(part(1, run(6), run_of(*[FRAME] * 6)), part(2, run(40))) * 3,
    ],
    ids=["usual durations", "one duration", "each its duration", "several runs and tracks"],
)
@pytest.mark.parametrize("in_index", [0, 12])
def test_fragments_are_added_to_what_the_index_has(behind: bytes, in_index: int) -> None:
    first = track(1, picture_entry(), seconds=in_index / 24, samples=in_index)
    found = facts(film(first, defaults={1: FRAME, 2: 5}, behind=behind))
    count = 36 + in_index
    assert (found.frames, found.seconds, found.frames_per_second) == (count, count / 24, 24.0)
    assert found.bits_per_second == found.size * 8 / (count / 24)


def test_of_more_fragments_than_are_read_nothing_is_added_up() -> None:
    first = track(1, picture_entry(), seconds=0, samples=0)
    found = facts(film(first, defaults={1: FRAME}, behind=fragment(part(1, run(12))) * 5000))
    assert (found.width, found.frames, found.seconds, found.bits_per_second) == (
        320,
        None,
        None,
        None,
    )


def test_what_an_edit_list_leaves_out_is_not_played() -> None:
    cut = track(1, picture_entry(), seconds=6, samples=144, edits=((5.2, 0.8),))
    found = facts(film(cut))
    assert (found.seconds, found.frames, found.frames_per_second) == (5.2, 144, 24.0)
    assert found.bits_per_second == found.size * 8 / 5.2


@pytest.mark.parametrize(
    ("edits", "seconds"),
    [
        (((1, -1), (2, 0)), 2.0),
        (((0.5, 0), (0.25, 1.5)), 0.75),
        (((0, 0.1),), 2.0),
        (((900, 0),), 2.0),
    ],
    ids=["a wait", "two pieces", "to the end", "more than there is"],
)
def test_an_edit_list_says_how_long_pictures_are_played(
    edits: tuple[tuple[float, float], ...], seconds: float
) -> None:
    assert facts(film(track(1, picture_entry(), edits=edits))).seconds == seconds


def test_the_bit_rate_is_of_all_that_is_played_sound_and_pictures() -> None:
    longer = track(2, AAC, seconds=4, samples=200, handler=b"soun")
    found = facts(film(PICTURES, longer))
    assert (found.seconds, found.file_seconds) == (2.0, 4.0)
    later = track(2, AAC, seconds=2, samples=100, handler=b"soun", edits=((1, -1), (2, 0)))
    assert facts(film(PICTURES, later)).file_seconds == 3.0


@pytest.mark.parametrize(
    ("kind", "config", "depth"),
    [
        (b"avc1", box(b"avcC", b"\x01\x42\x00\x1e\xff\xe1\x00\x02ab\x01\x00\x01c"), 8),
        (b"avc1", box(b"avcC", b"\x01\x6e\x00\x1e\xff\xe1\x00\x02ab\x01\x00\x01c\xfd\xfa\xfa"), 10),
        (b"avc1", box(b"avcC", b"\x01\x6e\x00\x1e\xff\xe1\x00\x02ab"), None),
        (b"hvc1", box(b"hvcC", bytes(17) + b"\xfa" + bytes(5)), 10),
        (b"av01", box(b"av1C", b"\x81\x00\x40"), 10),
        (b"av01", box(b"av1C", b"\x81\x00\x60"), 12),
        (b"vp09", full(b"vpcC", b"\x02\x1f\xa0\x09\x10\x09"), 10),
        (b"apch", b"", 10),
        (b"xyz1", b"", None),
    ],
)
def test_the_depth_is_read_from_the_configuration(
    kind: bytes, config: bytes, depth: int | None
) -> None:
    assert entry_facts(config, kind=kind).bit_depth == depth


@pytest.mark.parametrize(
    ("boxes", "hdr"),
    [
        (box(b"colr", b"nclx\x00\x09\x00\x10\x00\x09\x00"), "HDR PQ"),
        (box(b"colr", b"nclc\x00\x09\x00\x12\x00\x09"), "HDR HLG"),
        (box(b"colr", b"nclx\x00\x01\x00\x01\x00\x01\x00"), None),
        (full(b"vpcC", b"\x02\x1f\xa0\x09\x10\x09"), "HDR PQ"),
        (box(b"dvvC", bytes(24)), "Dolby Vision"),
        (b"", None),
    ],
)
def test_hdr_is_known_by_the_transfer_function(boxes: bytes, hdr: str | None) -> None:
    assert entry_facts(boxes).hdr == hdr


@pytest.mark.parametrize(
    ("entry", "sound"),
    [
        (sound_entry(esds(b"\x11\x88")), Sound("AAC", 1)),
        (sound_entry(esds(b"\x11\x90")), Sound("AAC", 2)),
        (sound_entry(esds(b"\x11\xb0")), Sound("AAC", 6)),
        (sound_entry(esds(b"\xeb\x09\x88\x00")), Sound("AAC", 2)),
        (sound_entry(esds(b"", kind=0x6B)), Sound("MP3", None)),
        (sound_entry(), Sound("AAC", None)),
        (sound_entry(box(b"dOps", b"\x00\x06"), kind=b"Opus"), Sound("Opus", 6)),
        (sound_entry(box(b"dac3", b"\x10\x3d\xe0"), kind=b"ac-3"), Sound("AC-3", 6)),
        (sound_entry(box(b"wave", esds(b"\x11\x88")), version=1), Sound("AAC", 1)),
        (sound_entry(kind=b"sowt", channels=1), Sound("PCM", 1)),
        (sound_entry(kind=b"zzzz", channels=3), Sound("zzzz", 3)),
    ],
)
def test_the_sound_is_told_by_its_coding_and_channels(entry: bytes, sound: Sound) -> None:
    assert facts(film(PICTURES, track(2, entry, handler=b"soun"))).sound == sound


def test_no_sound_is_told_from_none_known() -> None:
    assert facts(film(PICTURES)).sound == NO_SOUND
    assert facts(b"no film at all").sound is None


def test_a_file_of_sound_alone_has_sound_and_no_pictures() -> None:
    found = facts(film(track(1, AAC, handler=b"soun")))
    assert (found.pixels, found.codec, found.sound) == (None, None, Sound("AAC", 2))


def test_a_film_that_begins_late_is_no_longer_than_it_is() -> None:
    """It was cut out of a stream that is older."""
    late = [fragment(part(1, run(12), begins=FRAME * (9000 + at))) for at in (0, 12)]
    found = facts(film(EMPTY, defaults={1: FRAME}, behind=b"".join(late)))
    assert (found.seconds, found.file_seconds, found.frames_per_second) == (1.0, 1.0, 24.0)


def test_a_sample_that_is_said_to_be_far_behind_the_file_is_not_looked_for() -> None:
    far = full(b"tfhd", numbers(1), b"\xff" * 8, flags=0x1)
    sound = track(1, MP3, handler=b"soun", seconds=0, samples=0)
    behind = fragment(box(b"traf", far, run(3)))
    assert facts(film(sound, defaults={1: 5}, behind=behind)).sound == Sound("MP3", None)


EMPTY = track(1, picture_entry(), seconds=0, samples=0)
MP3 = sound_entry(esds(b"", kind=0x6B))
LATER = fragment(part(1, run_of(1, 2, 3), begins=6), part(2, run(9), begins=50))
WHOLE = film(
    track(1, picture_entry(box(b"pasp", numbers(4, 3))), edits=((1, 0),)),
    track(2, MP3, handler=b"soun", seconds=0, samples=0),
    defaults={1: FRAME, 2: 5},
    behind=segment_index(1, (len(LATER), 6), (len(LATER), 6)) + LATER * 2,
)


@given(
    st.lists(st.tuples(st.integers(0, len(WHOLE)), st.binary(max_size=9)), max_size=6),
    st.integers(0, len(WHOLE)),
)
def test_no_change_to_a_film_makes_it_raise_or_say_less_than_nothing(
    changes: list[tuple[int, bytes]], end: int
) -> None:
    changed = bytearray(WHOLE)
    for place, new in changes:
        changed[place : place + len(new)] = new
    found = facts(bytes(changed[:end]))
    told = [value for value in astuple(found)[1:] if isinstance(value, int | float)]
    assert all(value > 0 for value in told)
