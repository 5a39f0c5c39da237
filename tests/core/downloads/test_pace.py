"""To the second and the byte, how fast a file is said to be, and when it is too slow."""

import pytest

from seedance_tui.core.downloads._speed import TRIAL, Speed
from tests.core.conftest import Clock


def received(clock: Clock, *counts: tuple[float, int]) -> tuple[Speed, float | None]:
    """Take in how many bytes are there, each so many seconds after the one before."""
    speed, told = Speed(clock), None
    for seconds, count in counts:
        clock.turn(seconds)
        told = speed.after(count)
    return speed, told


def test_the_speed_is_told_from_the_second_count_on(clock: Clock) -> None:
    assert received(clock, (0, 0))[1] is None
    assert received(clock, (0, 0), (0, 500))[1] is None, "no time has passed"
    assert received(clock, (0, 0), (0.5, 500))[1] == 1000
    assert received(clock, (3, 100), (2, 500))[1] == 200


@pytest.mark.parametrize(
    ("pauses", "speed"),
    [
        ((4.9, 0.05), 1000 / 4.95),
        ((1.0, 5.0), 500 / 5.0),
        ((1.0, 4.9), 1000 / 5.9),
        ((30.0, 1.0), 1000 / 31.0),
        ((30.0, 5.0), 500 / 5.0),
    ],
)
def test_the_speed_is_that_of_the_last_five_seconds_and_a_bit(
    clock: Clock, pauses: tuple[float, float], speed: float
) -> None:
    first, second = pauses
    assert received(clock, (0, 0), (first, 500), (second, 1000))[1] == pytest.approx(speed)


@pytest.mark.parametrize(("age", "is_slow"), [(TRIAL - 0.1, False), (TRIAL, True)])
def test_a_file_may_show_for_twenty_seconds_how_fast_it_comes(
    clock: Clock, age: float, is_slow: bool
) -> None:
    assert TRIAL == 20.0
    speed = Speed(clock)
    clock.turn(age)
    assert speed.is_slow(None, None) is is_slow


@pytest.mark.parametrize(("rate", "is_slow"), [(999, True), (1000, False)])
def test_less_than_a_thousand_bytes_a_second_is_slow_whatever_the_link(
    clock: Clock, rate: int, is_slow: bool
) -> None:
    speed, _ = received(clock, (0, 0), (20, 20 * rate))
    assert speed.is_slow(None, None) is is_slow


@pytest.mark.parametrize(
    ("left", "missing", "is_slow"),
    [
        (1000.0, 2_500_000, False),
        (1000.0, 2_500_001, True),
        (None, 216_000_000, False),
        (None, 216_000_001, True),
        (-1.0, 216_000_000, False),
        (0.0, 216_000_000, False),
        (0.5, 2_000, True),
        (1000.0, -5, False),
    ],
)
def test_what_takes_more_than_a_quarter_of_the_time_that_its_link_has_is_slow(
    clock: Clock, left: float | None, missing: int, is_slow: bool
) -> None:
    speed, _ = received(clock, (0, 0), (20, 200_000))  # ten thousand a second
    assert speed.is_slow(200_000 + missing, left) is is_slow


def test_a_file_that_has_stopped_becomes_slow_as_time_goes_on(clock: Clock) -> None:
    speed, _ = received(clock, (20, 0), (1, 6_000))
    assert not speed.is_slow(None, None), "six thousand within five seconds"
    clock.turn(4.9)
    assert not speed.is_slow(None, None)
    clock.turn(0.2)
    assert speed.is_slow(None, None)
