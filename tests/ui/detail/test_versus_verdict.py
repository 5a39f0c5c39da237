"""What the comparison says of two files, and of what is in them beside their pixels."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from seedance_tui.api.json_values import JSON
from seedance_tui.api.links import Kind
from seedance_tui.api.models import Task
from seedance_tui.core.media.facts import NO_SOUND, Sound, VideoFacts
from seedance_tui.core.model.entry import Entry
from seedance_tui.core.model.watched import Watched
from seedance_tui.ui.detail.page import PageContext
from seedance_tui.ui.detail.versus_page import verdict, versus_page
from tests.ui.conftest import text_of

SMALL = VideoFacts(45_177, 480, 270, 3.0, 72, "avc1")
LARGE = VideoFacts(296_809, 1280, 720, 3.0, 72, "avc1")


def entry_with(tokens: int = 0, more: int = 0) -> Entry:
    """A task that took so many tokens, and so many more for super-resolution."""
    usage: JSON = {"completion_tokens": tokens, "super_resolution_tokens": more}
    data: JSON = {"task_id": "a", "status": "SUCCESS", "data": {"usage": usage}}
    task = Task.from_json({"code": "success", "data": data})
    return Entry(Watched("a", datetime.now(UTC)), task)


@pytest.mark.parametrize("tokens", [(0, 0), (100, 225)])
@pytest.mark.parametrize("facts", [SMALL, LARGE, VideoFacts(12)])
def test_two_equal_files_are_the_same_file(tokens: tuple[int, int], facts: VideoFacts) -> None:
    said = verdict(entry_with(*tokens), {Kind.ORIGINAL: facts, Kind.RESULT: facts})
    assert said.endswith("the same file")
    assert "1.0 times" not in said


@pytest.mark.parametrize(
    "other", [replace(SMALL, size=45_178), replace(SMALL, frames=71), VideoFacts(0), LARGE]
)
def test_two_files_that_differ_in_anything_are_not(other: VideoFacts) -> None:
    for facts in ({Kind.ORIGINAL: SMALL, Kind.RESULT: other}, {Kind.RESULT: SMALL}, {}):
        assert "same" not in verdict(entry_with(), facts)


@pytest.mark.parametrize(
    ("facts", "codec", "sound"),
    [
        (replace(SMALL, sound=Sound("AAC", 2)), "H.264", "AAC 2 ch"),
        (replace(SMALL, sound=NO_SOUND, bit_depth=8), "H.264", "none"),
        (
            replace(SMALL, codec="hvc1", bit_depth=10, hdr="HDR PQ", sound=Sound("MP3", None)),
            "H.265 10 bit HDR PQ",
            "MP3",
        ),
        (SMALL, "H.264", ""),
    ],
)
def test_depth_hdr_and_sound_are_told(facts: VideoFacts, codec: str, sound: str) -> None:
    page = versus_page(entry_with(), {Kind.ORIGINAL: facts}, PageContext(100, 0.0))
    lines = [text_of(line) for line in page]
    assert (
        next(line for line in lines if line.startswith(" Codec "))
        .split(None, 1)[1]
        .startswith(codec)
    )
    assert (
        next(line for line in lines if line.startswith(" Sound ")).split()[1:][: len(sound.split())]
        == sound.split()
    )
