"""How fast a file comes in."""

from seedance_tui.core.rate import Rate


def test_the_speed_is_that_of_the_last_seconds(clock):
    rate = Rate(clock)
    assert rate.of(1_000) is None
    for second in range(1, 11):
        clock.turn(1)
        speed = rate.of(1_000 + second * 100)
    assert speed == 100
    for second in range(1, 7):
        clock.turn(1)
        speed = rate.of(2_000 + second * 500)
    assert speed == 500


def test_what_was_there_before_is_no_speed(clock):
    rate = Rate(clock)
    rate.of(10**9)
    clock.turn(1)
    assert rate.of(10**9) == 0
