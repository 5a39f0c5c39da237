"""What libav works out of a film is told as it tells it: of fragments, and of sound."""

from __future__ import annotations

import io
from collections.abc import Callable
from contextlib import closing
from fractions import Fraction
from pathlib import Path
from typing import cast

import av
import pytest
from av import AudioFrame
from av.audio.stream import AudioStream

from seedance_tui.api.client import Client
from seedance_tui.api.transfer.background import CancelToken
from seedance_tui.core.media._link_file import BLOCK
from seedance_tui.core.media.budget import Budget
from seedance_tui.core.media.clip import open_file, open_link
from seedance_tui.core.media.facts import Sound, VideoFacts, facts_of, read_facts
from tests.core.media.clips import FRAMES, Recipe, make

SEGMENTS = "frag_keyframe+empty_moov+default_base_moof+global_sidx"
EVERY_FRAME = "frag_every_frame+empty_moov+default_base_moof"


def fragmented(name: str, movflags: str, *, key: int = 8, late: int = 0, sound: str = "") -> Recipe:
    """Small pictures with a key frame each `key`, and so many that are coded before their turn."""
    options = {"g": str(key), "bf": str(late), "preset": "ultrafast", "x264-params": "b-adapt=0"}
    return Recipe(name, size=(48, 32), movflags=movflags, options=options, sound=sound)


FILMS = [
    fragmented("an index before each", "frag_keyframe+dash", sound="aac"),
    fragmented("an index before all", SEGMENTS, sound="aac"),
    fragmented("an index before all, no sound", SEGMENTS, late=2),
    fragmented("an index behind the first", "frag_keyframe+global_sidx", sound="aac"),
    fragmented("few pictures in front", "frag_keyframe+dash+negative_cts_offsets", sound="aac"),
    fragmented("more in front", "frag_keyframe+dash+negative_cts_offsets", key=11, sound="aac"),
    fragmented("shown before their turn", "cmaf", late=2, sound="aac"),
    fragmented("shown before their turn, no sound", "cmaf", late=1),
    fragmented("with an index, too", "cmaf+dash", late=2, sound="aac"),
    fragmented("a fragment for each frame", EVERY_FRAME, sound="libmp3lame"),
    fragmented("no index at all", "frag_keyframe+empty_moov", late=2, sound="aac"),
]


@pytest.fixture(params=FILMS, ids=lambda film: film.name)
def path(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    return make(request.param, tmp_path)


def test_a_film_in_fragments_has_the_rate_and_the_duration_that_libav_tells(path: Path) -> None:
    found = facts(path)
    with av.open(str(path)) as container:
        pictures = container.streams.video[0]
        assert found.frames_per_second == pytest.approx(float(pictures.average_rate or 0), 1e-6)
        seconds = (container.duration or 0) / av.time_base
    assert found.file_seconds == pytest.approx(seconds, abs=2e-6)
    assert found.bits_per_second == pytest.approx(found.size * 8 / seconds, 1e-5)
    assert found.frames == FRAMES


def test_behind_a_link_it_is_told_the_same_and_takes_no_more_than_its_headers(
    client: Client, linked: Callable[[bytes], str], tmp_path: Path
) -> None:
    data = make(fragmented("film", SEGMENTS, key=12, sound="aac"), tmp_path).read_bytes()
    at = data.index(b"moof", data.index(b"moof") + 4) - 4
    far = data[:at] + box_of_nothing(20 * BLOCK) + data[at:]  # before the last of its fragments
    saved = facts_of(io.BytesIO(far), len(far))
    link = open_link(client.files, [linked(far)], Budget(), "task", CancelToken())
    with closing(link):
        assert link.facts == saved
        assert link.fetched <= 3 * BLOCK


def test_its_frames_behind_a_link_are_spread_over_all_of_it(
    client: Client, linked: Callable[[bytes], str], tmp_path: Path
) -> None:
    """The rate that libav tells is that of the durations written in it, which are wrong here."""
    path = make(fragmented("film", EVERY_FRAME, sound="libmp3lame"), tmp_path)
    link = open_link(client.files, [linked(path.read_bytes())], Budget(), "task", CancelToken())
    with closing(link), closing(open_file(path)) as saved:
        assert link.moments[-1] == pytest.approx(saved.moments[-1], abs=0.1)


@pytest.mark.parametrize("movflags", ["", "faststart", "frag_keyframe+empty_moov", "cmaf"])
@pytest.mark.parametrize("layout", ["mono", "stereo"])
@pytest.mark.parametrize("rate", [24_000, 44_100])
def test_the_channels_of_mp3_are_those_of_its_frames(
    movflags: str, layout: str, rate: int, tmp_path: Path
) -> None:
    path = tmp_path / "sound.mp4"
    write_sound(path, "libmp3lame", layout, rate, movflags)
    assert facts(path).sound == Sound("MP3", channels_by_libav(path))


@pytest.mark.parametrize(
    ("codec", "name", "layouts"),
    [
        ("aac", "AAC", ("mono", "stereo", "2.1", "5.1")),
        ("libopus", "Opus", ("mono", "stereo", "5.1")),
        ("flac", "FLAC", ("mono", "stereo", "5.1")),
        ("ac3", "AC-3", ("mono", "stereo", "2.1", "5.1")),
    ],
)
def test_the_channels_of_other_sound_are_those_of_its_configuration(
    codec: str, name: str, layouts: tuple[str, ...], tmp_path: Path
) -> None:
    for layout in layouts:
        path = tmp_path / f"{layout}.mp4"
        write_sound(path, codec, layout, 48_000)
        assert facts(path).sound == Sound(name, channels_by_libav(path))


def facts(path: Path) -> VideoFacts:
    found = read_facts(path)
    assert found
    return found


def box_of_nothing(size: int) -> bytes:
    return size.to_bytes(4, "big") + b"free" + bytes(size - 8)


def channels_by_libav(path: Path) -> int:
    with av.open(str(path)) as container:
        return container.streams.audio[0].channels


def write_sound(path: Path, codec: str, layout: str, rate: int, movflags: str = "") -> None:
    """Write a film of a few frames of silence."""
    options = {"movflags": movflags} if movflags else {}
    with av.open(str(path), "w", options=options) as container:
        stream = cast(AudioStream, container.add_stream(codec, rate=rate, layout=layout))
        context = stream.codec_context
        context.open()
        samples = context.frame_size or 1024
        for at in range(0, 4 * samples, samples):
            frame = AudioFrame(format=context.format.name, layout=layout, samples=samples)
            for plane in frame.planes:
                plane.update(bytes(plane.buffer_size))
            frame.sample_rate, frame.pts, frame.time_base = rate, at, Fraction(1, rate)
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
