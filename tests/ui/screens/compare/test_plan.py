"""How the screen is shared among pictures, film strip and facts."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from seedance_tui.ui.screens.compare._plan import Facts, plan

WIDE, TALL, SQUARE = (1280, 720), (720, 1280), (512, 512)


@given(
    st.integers(1, 300),
    st.integers(1, 120),
    st.tuples(st.integers(1, 8000), st.integers(1, 8000)),
    st.sampled_from([1, 2]),
)
def test_all_of_it_fits_any_screen(
    width: int, height: int, shape: tuple[int, int], count: int
) -> None:
    made = plan(width, height, shape, count)
    down, across = (count, 1) if made.is_stacked else (1, count)
    assert made.columns >= 1
    assert made.lines >= 1
    if width >= 8 and height >= 8:
        assert made.left + across * made.columns + across - 1 <= width
        assert down * (made.lines + 1) + 1 + made.strip <= height


@pytest.mark.parametrize(
    ("size", "shape", "is_stacked"),
    [
        ((160, 42), WIDE, False),
        ((80, 21), WIDE, False),
        ((50, 47), WIDE, True),
        ((160, 42), TALL, False),
        ((40, 47), SQUARE, True),
    ],
)
def test_two_stand_as_they_are_largest(
    size: tuple[int, int], shape: tuple[int, int], is_stacked: bool
) -> None:
    assert plan(*size, shape, 2).is_stacked is is_stacked


def test_portraits_leave_room_for_the_facts_beside_them() -> None:
    assert plan(160, 42, TALL, 2).facts is Facts.BESIDE


def test_wide_pictures_leave_room_for_the_facts_below_them() -> None:
    assert plan(160, 42, WIDE, 2).facts is Facts.BELOW


def test_a_small_screen_is_for_the_pictures_alone() -> None:
    made = plan(40, 9, WIDE, 2)
    assert (made.strip, made.facts) == (0, Facts.NOWHERE)


@pytest.mark.parametrize(
    ("width", "height", "left"), [(80, 21, 1), (120, 37, 1), (160, 42, 1), (81, 21, 0)]
)
def test_pictures_begin_below_the_words_where_that_costs_them_no_column(
    width: int, height: int, left: int
) -> None:
    made = plan(width, height, WIDE, 2)
    assert (made.left, made.columns) == (left, (width - 1) // 2)
