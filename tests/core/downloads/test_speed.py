"""How fast a file comes in."""

from typing import Any

import pytest

from seedance_tui.core.downloads._speed import Speed
from tests.core.conftest import Clock


def test_the_speed_is_that_of_the_last_seconds(clock: Clock) -> None:
    speed_of = Speed(clock)
    assert speed_of.after(1_000) is None
    for second in range(1, 11):
        clock.turn(1)
        speed = speed_of.after(1_000 + second * 100)
    assert speed == 100
    for second in range(1, 7):
        clock.turn(1)
        speed = speed_of.after(2_000 + second * 500)
    assert speed == 500


def test_what_was_there_before_is_no_speed(clock: Clock) -> None:
    speed_of = Speed(clock)
    speed_of.after(10**9)
    clock.turn(1)
    assert speed_of.after(10**9) == 0


HOUR = 3600.0


@pytest.mark.parametrize(
    ("rate", "total", "left", "is_slow"),
    [
        (0.2, 45_000, 23 * HOUR, True),
        (0.2, None, None, True),
        (900, 10_000, 23 * HOUR, True),
        (1_500, 10_000, 23 * HOUR, False),
        (100_000, 300_000_000, 23 * HOUR, False),
        (10_000, 300_000_000, 23 * HOUR, True),
        (100_000, 300_000_000, HOUR, True),
        (100_000, 300_000_000, None, False),
        (100_000, 300_000_000, -5.0, False),
        (100_000, None, 60.0, False),
    ],
)
def test_what_takes_too_long_for_its_link_is_slow(
    clock: Any, rate: float, total: int | None, left: float | None, is_slow: bool
) -> None:
    speed = Speed(clock)
    for second in range(31):
        speed.after(int(second * rate))
        assert second >= 20 or not speed.is_slow(total, left), "it may show what it can"
        clock.turn(1)
    assert speed.is_slow(total, left) is is_slow


def test_a_file_that_begins_at_its_middle_has_its_own_speed(clock: Any) -> None:
    speed = Speed(clock)
    speed.after(10**8)
    clock.turn(30)
    speed.after(10**8 + 6)
    assert speed.is_slow(2 * 10**8, None)


def test_nothing_at_all_is_slow(clock: Any) -> None:
    speed = Speed(clock)
    clock.turn(30)
    assert speed.is_slow(None, None)
