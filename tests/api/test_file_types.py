"""One table of endings: names, links and content types cannot disagree about them."""

import pytest

from seedance_tui.api.file_types import ENDING_OF_TYPE, EVERY_ENDING, Medium
from seedance_tui.api.links import RESULTS, SUFFIXES, Kind


def test_an_ending_belongs_to_one_medium_and_is_written_with_its_dot() -> None:
    assert len(set(EVERY_ENDING)) == len(EVERY_ENDING)
    assert all(ending.startswith(".") and ending.islower() for ending in EVERY_ENDING)


@pytest.mark.parametrize(("content_type", "ending"), ENDING_OF_TYPE.items())
def test_a_content_type_asks_for_an_ending_of_its_medium(content_type: str, ending: str) -> None:
    medium = Medium.VIDEO if content_type.startswith("video/") else Medium.PICTURE
    assert ending in medium.endings


@pytest.mark.parametrize(
    ("kind", "is_video", "ending", "suffix"),
    [
        (Kind.RESULT, True, ".mp4", ""),
        (RESULTS[1], True, ".mp4", "_2"),
        (RESULTS[10], True, ".mp4", "_11"),
        (Kind.ORIGINAL, True, ".mp4", "_original"),
        (Kind.LAST_FRAME, False, ".png", "_last_frame"),
    ],
)
def test_a_kind_knows_its_files(kind: Kind, is_video: bool, ending: str, suffix: str) -> None:
    assert (kind.is_video, kind.spec.ending, kind.spec.suffix) == (is_video, ending, suffix)


def test_no_two_kinds_of_one_task_share_a_name() -> None:
    assert len({kind.spec.suffix for kind in Kind}) == len(Kind)
    assert set(SUFFIXES) == {kind.spec.suffix for kind in Kind if kind not in RESULTS}
