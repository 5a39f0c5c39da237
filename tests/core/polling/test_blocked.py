"""What follows when nothing is granted: longer and longer pauses, and the average after them."""

import pytest

from seedance_tui.core.polling.rate_limit import RateLimit

UNKNOWN = float("inf")


def refuse(limit: RateLimit, now: float, count: int, wait: float | None = None) -> None:
    for _ in range(count):
        limit.reserve(now)
        limit.refused(now, now, wait)


def test_the_fourth_refusal_in_a_row_blocks() -> None:
    limit = RateLimit()
    refuse(limit, 0.0, 3)
    assert not limit.is_blocked
    refuse(limit, 10.0, 1)
    assert limit.is_blocked
    assert limit.next_at >= 10.5


def test_a_grant_among_them_begins_the_count_anew() -> None:
    limit = RateLimit()
    for _ in range(5):
        refuse(limit, 0.0, 3)
        limit.reserve(0.0)
        limit.granted(0.0, 0.0)
    assert not limit.is_blocked


def pauses(limit: RateLimit, now: float, count: int) -> list[float]:
    """Be refused again each time; return how long was waited before."""
    found = []
    for _ in range(count):
        turn = limit.next_at
        found.append(turn - now)
        assert not limit.admit(turn - 0.01)
        assert limit.admit(turn)
        limit.refused(turn, turn)
        now = turn
    return found


def test_the_pauses_double_up_to_half_a_minute() -> None:
    limit = RateLimit()
    for n in range(16):  # the limit is found to be a hundred a second
        limit.reserve(n / 100)
        limit.granted(n / 100, n / 100)
    refuse(limit, 0.2, 4)
    waits = pauses(limit, 0.2, 9)
    assert waits[1:] == pytest.approx([1.0, 2.0, 4.0, 8.0, 16.0, 30.0, 30.0, 30.0], rel=0.01)


def test_what_was_asked_before_the_block_does_not_lengthen_it() -> None:
    limit = RateLimit()
    refuse(limit, 0.0, 4, wait=2.0)
    at = limit.next_at
    for _ in range(5):
        limit.refused(-0.5, 0.5)
    assert limit.next_at == at


@pytest.mark.parametrize(("wait", "until"), [(3.0, 3.0), (30.0, 30.0), (31.0, 30.0)])
def test_a_wait_that_is_told_blocks_for_so_long_and_for_half_a_minute_at_most(
    wait: float, until: float
) -> None:
    limit = RateLimit()
    refuse(limit, 0.0, 1, wait)
    assert limit.is_blocked
    assert limit.next_at == pytest.approx(until)


def test_a_grant_of_what_was_asked_before_the_block_does_not_end_it() -> None:
    limit = RateLimit()
    limit.reserve(0.0)
    limit.block(1.0, 5.0)
    limit.granted(0.0, 1.5)
    assert limit.is_blocked
    limit.reserve(6.0)
    limit.granted(6.0, 6.2)
    assert not limit.is_blocked


def hurried() -> RateLimit:
    """Let a person ask in the very moment in which it is known that nothing is granted."""
    limit = RateLimit()
    limit.block(0.0, 8.0)
    limit.hurry(0.0)
    assert limit.admit(0.0)
    return limit


def test_what_a_person_asks_in_the_moment_of_the_block_shows_whether_it_stands() -> None:
    stands, ends = hurried(), hurried()
    stands.refused(0.0, 0.5)
    assert stands.next_at == 0.5 + 16.0
    ends.granted(0.0, 0.5)
    assert not ends.is_blocked


def test_after_a_silence_the_first_probe_is_no_bold_one() -> None:
    limit = after_a_silence(100, 20.0)
    parts = asked_for(limit, 30.0, 3)
    assert [part for part in parts if part > 1] == [1.15]


def test_a_person_who_asks_waits_for_no_turn() -> None:
    limit = RateLimit()
    limit.block(0.0, 20.0)
    assert not limit.admit(5.0)
    limit.hurry(5.0)
    assert limit.admit(5.0)
    limit.hurry(1000.0)
    assert limit.next_at < 1000.0


def after_a_silence(grants: int, silence: float) -> RateLimit:
    """Grant so many in ten seconds, then nothing for so long, and then one."""
    limit = RateLimit()
    for n in range(grants):
        at = 10 * n / max(1, grants - 1)
        limit.reserve(at)
        limit.granted(at, at)
    limit.block(10.1, 1.0)
    limit.reserve(10.0 + silence)
    limit.granted(10.0 + silence, 10.0 + silence)
    assert not limit.is_blocked
    return limit


@pytest.mark.parametrize("silence", [5.0, 20.0, 60.0, 299.0])
def test_after_a_silence_the_rate_is_what_was_granted_on_average(silence: float) -> None:
    limit = after_a_silence(50, silence)
    assert limit.rate == pytest.approx(51 / (10 + silence))


def test_after_less_than_five_seconds_nothing_is_learnt() -> None:
    assert after_a_silence(50, 4.9).rate == UNKNOWN


@pytest.mark.parametrize(("grants", "silence"), [(50, 300.0), (3, 20.0)])
def test_after_a_long_silence_or_few_grants_it_is_one_a_second(grants: int, silence: float) -> None:
    assert after_a_silence(grants, silence).rate == 1.0


def test_five_grants_make_an_average() -> None:
    assert after_a_silence(4, 20.0).rate == pytest.approx(5 / 30)


def asked_for(limit: RateLimit, now: float, samples: int) -> list[float]:
    """Grant so many samples; return the part of the rate that each asked for."""
    found = []
    for _ in range(samples):
        rate, last = limit.rate, now
        for _ in range(16):
            last, now = now, limit.reserve(now)
            limit.granted(now, now)
        found.append(round(1 / (now - last) / rate, 3))
    return found


@pytest.mark.parametrize(("silence", "first_probe"), [(29.0, 2), (30.0, 5), (90.0, 6)])
def test_a_silence_of_half_a_minute_is_a_window_and_not_questioned_for_as_long(
    silence: float, first_probe: int
) -> None:
    limit = after_a_silence(100, silence)
    parts = asked_for(limit, 10 + silence, 12)
    probes = [n for n, part in enumerate(parts) if part > 1]
    assert probes[0] == first_probe


def test_of_a_window_two_samples_count() -> None:
    limit = after_a_silence(100, 200.0)
    rate, now = limit.rate, 210.0
    for sample in range(2):
        for n in range(16):
            now = limit.reserve(now)
            (limit.refused if n in (3, 6, 9, 12) else limit.granted)(now, now)
        assert limit.rate == pytest.approx(rate if sample == 0 else rate * 0.75)
