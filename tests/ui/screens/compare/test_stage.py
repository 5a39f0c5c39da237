"""What is looked at: moment, crop, mode."""

from __future__ import annotations

import pytest

from seedance_tui.core.media.picture import WHOLE, Picture
from seedance_tui.ui.screens.compare._joined import slid
from seedance_tui.ui.screens.compare._stage import MOST_ZOOM, Mode, StageState


def test_zooming_in_and_out_again_is_the_whole_picture() -> None:
    stage = StageState()
    for steps in (1, 1, 1, -1, -1, -1):
        stage = stage.zoomed(steps)
    assert stage.crop == WHOLE
    assert stage.zoomed(-1).crop == WHOLE


def test_there_is_an_end_to_zooming() -> None:
    assert StageState().zoomed(99).zoom == pytest.approx(MOST_ZOOM)


def test_zooming_keeps_what_is_in_the_middle() -> None:
    crop = StageState().zoomed(3).crop
    assert crop.left + crop.width / 2 == pytest.approx(0.5)
    assert crop.top + crop.height / 2 == pytest.approx(0.5)


def test_the_crop_stays_within_the_picture() -> None:
    stage = StageState().zoomed(2)
    for _ in range(50):
        stage = stage.moved(1, -1)
    assert stage.crop.left + stage.crop.width == pytest.approx(1)
    assert stage.crop.top == 0
    assert StageState().moved(3, 3).crop == WHOLE


def test_a_mode_is_left_by_choosing_it_again() -> None:
    stage = StageState().turned(Mode.SLIDER)
    assert stage.mode is Mode.SLIDER
    assert stage.turned(Mode.DIFFERENCE).mode is Mode.DIFFERENCE
    assert stage.turned(Mode.SLIDER).mode is Mode.PAIR


def test_there_is_nothing_before_the_beginning() -> None:
    assert StageState().moved_to(-5).at == 0


@pytest.mark.parametrize(("split", "reds"), [(0.0, 0), (0.5, 5), (1.0, 9), (7.0, 9)])
def test_the_slider_has_one_left_and_the_other_right_of_a_line(split: float, reds: int) -> None:
    red, blue = (Picture(10, 2, color * 20) for color in (b"\xff\0\0", b"\0\0\xff"))
    seen = slid(red, blue, StageState().with_split(split).split)
    row = b"\xff\0\0" * reds + b"\xff\xff\xff" + b"\0\0\xff" * (9 - reds)
    assert seen == Picture(10, 2, row * 2)
