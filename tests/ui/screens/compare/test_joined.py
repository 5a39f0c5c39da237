"""One picture of two: what they differ in is seen, however little that is."""

from __future__ import annotations

import pytest

from seedance_tui.core.media.picture import Picture
from seedance_tui.ui.screens.compare._joined import Joint, joined
from seedance_tui.ui.screens.compare._stage import Mode, StageState

DIFFERENCE = StageState(mode=Mode.DIFFERENCE)


def grey(level: int) -> Picture:
    return Picture(20, 10, bytes([level]) * 600)


@pytest.mark.parametrize(
    ("apart", "amplified"), [(0, 32), (3, 32), (7, 32), (8, 16), (20, 8), (60, 4), (200, 4)]
)
def test_a_difference_is_made_as_bright_as_it_can_be_seen_in(apart: int, amplified: int) -> None:
    joint = joined(DIFFERENCE, [grey(20), grey(20 + apart)])
    assert joint.amplified == amplified
    assert joint.picture == grey(min(255, apart * amplified))


def test_one_pixel_that_differs_much_hides_no_other() -> None:
    far = Picture(20, 10, b"\xff\xff\xff" + bytes([22]) * 597)
    joint = joined(DIFFERENCE, [grey(20), far])
    assert joint.amplified == 32
    assert joint.picture
    assert joint.picture.rgb[:6] == b"\xff\xff\xff" + bytes([64]) * 3


def test_both_ways_round_they_differ_alike() -> None:
    one, other = grey(9), grey(30)
    assert joined(DIFFERENCE, [one, other]) == joined(DIFFERENCE.swapped(), [one, other])


def test_there_is_nothing_in_another_mode_or_where_one_is_missing() -> None:
    assert joined(StageState(), [grey(1), grey(2)]) == Joint()
    assert joined(DIFFERENCE, [grey(1), None]) == Joint()
