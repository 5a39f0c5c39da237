"""How fast a file comes in."""

from seedance_tui.core.downloads._runner import Speed
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
