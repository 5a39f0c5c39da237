"""To the request, how a rate is found, questioned and taken back; in simulated time."""

from collections.abc import Collection, Sequence
from itertools import pairwise

import pytest

from seedance_tui.core.polling.rate_limit import RateLimit

SPARSE = (3, 6, 9, 12, 15, 2, 5, 8)
"""Which requests of a sample are refused, of those that come in no row."""


class Stream:
    """Requests that each go out at their turn, and are answered in the same moment."""

    def __init__(self, limit: RateLimit | None = None) -> None:
        self.limit = limit or RateLimit()
        self.now = 0.0
        self.probes = 0
        """Samples in a row, up to the last one, that boldly asked for more than the rate."""

    def ask(self, *, refused: bool = False) -> float:
        """Ask at the next turn; return the moment."""
        turn = self.limit.reserve(self.now)
        self.now = turn
        (self.limit.refused if refused else self.limit.granted)(turn, turn)
        return turn

    def sample(self, refused: Collection[int] = ()) -> float:
        """Ask a sample of sixteen, a first probe for six seconds; return the rate of its end."""
        rate, turns = self.limit.rate, [self.now]
        while len(turns) <= 16 or self.is_short(rate, turns):
            turns.append(self.ask(refused=len(turns) - 1 in refused))
        gaps = [after - before for before, after in pairwise(turns)][-3:]
        assert max(gaps) == pytest.approx(min(gaps))
        asked_for = round(1 / gaps[-1], 6)
        self.probes = self.probes + 1 if asked_for > 1.1 * rate else 0
        return asked_for

    def is_short(self, rate: float, turns: Sequence[float]) -> bool:
        """Return whether these turns are a first probe that has not lasted six seconds."""
        is_probe = turns[-1] - turns[-2] < 1 / rate
        return is_probe and not self.probes and turns[-1] - turns[0] < 6

    def rates(self, count: int) -> list[float]:
        """Ask so many samples that are granted; return the part of the rate that each asked for."""
        return [round(self.sample() / rate, 4) for _ in range(count) if (rate := self.limit.rate)]


def known(rate: float) -> Stream:
    """Let a limit be known: sixteen requests were sent in their time, and the last ones refused."""
    stream = Stream()
    sent = rate / (1 - 3 / 16)
    for n in range(16):
        stream.now = n / sent * 16 / 15
        stream.limit.reserve(stream.now)
        if n < 13:
            stream.limit.granted(stream.now, stream.now)
        else:
            stream.limit.refused(stream.now, stream.now)
    assert stream.limit.rate == pytest.approx(rate)
    return stream


def test_where_no_limit_is_known_nothing_waits() -> None:
    limit = RateLimit()
    assert all(limit.admit(0.0) for _ in range(1000))
    assert limit.rate == float("inf")


def test_two_refusals_show_no_limit_and_three_do() -> None:
    stream = Stream()
    for refused in (True, True, False):
        stream.now += 0.1
        stream.ask(refused=refused)
    assert stream.limit.rate == float("inf")
    stream.now += 0.1
    stream.ask(refused=True)
    assert stream.limit.rate == pytest.approx(4 / 0.3 * 0.5)


def test_a_sample_of_refusals_alone_leaves_half_of_what_was_sent() -> None:
    stream = Stream()
    for _ in range(3):
        stream.now += 0.1
        stream.ask(refused=True)
    assert stream.limit.rate == pytest.approx(3 / 0.2 * 0.5)


def test_too_few_requests_do_not_refute_one_a_second() -> None:
    stream = Stream()
    for _ in range(3):
        stream.now += 10
        stream.ask(refused=True)
    assert stream.limit.rate == pytest.approx(0.5)


def test_what_is_asked_for_is_a_little_less_than_what_was_granted() -> None:
    assert known(20.0).rates(1) == [0.97]


def test_each_probe_that_finds_more_is_followed_by_a_bolder_one() -> None:
    stream = known(20.0)
    assert stream.rates(7) == [0.97, 1.15, 1.25, 1.4, 1.6, 2.0, 2.0]
    assert stream.limit.rate == pytest.approx(20 * 1.15 * 1.25 * 1.4 * 1.6 * 2 * 2)


def test_a_bold_probe_adds_half_a_request_a_second_at_least() -> None:
    stream = known(1.25)
    assert stream.sample() == pytest.approx(1.25 * 0.97)
    assert stream.sample() == pytest.approx(1.75)
    assert stream.limit.rate == pytest.approx(1.75)


def test_one_refusal_fails_no_probe_and_two_do_which_leaves_the_rate_as_it_was() -> None:
    stream = known(20.0)
    stream.sample()
    stream.sample(refused=SPARSE[:1])
    rate = stream.limit.rate
    assert rate == pytest.approx(20 * 1.15 * 137 / 138)
    for n in range(7):
        stream.ask(refused=n in SPARSE[:2])
    assert stream.limit.rate == rate
    assert stream.rates(1) == [0.97]


def failed(rate: float) -> Stream:
    """Let the first probe above that rate fail."""
    stream = known(rate)
    stream.sample()
    for n in range(7):
        stream.ask(refused=n in SPARSE[:2])
    assert stream.limit.rate == pytest.approx(rate)
    return stream


def test_after_a_probe_that_failed_eight_samples_pass_and_the_next_one_is_careful() -> None:
    assert failed(20.0).rates(11) == [*[0.97] * 8, 1.05, 1.15, 1.25]


def test_where_samples_take_long_two_pass_and_fifteen_seconds_and_a_quarter_is_added() -> None:
    assert failed(1.6).rates(3) == [0.97, 0.97, round(1.85 / 1.6, 4)]
    assert failed(3.0).rates(4) == [0.97, 0.97, 0.97, round(3.25 / 3, 4)]


def test_a_careful_probe_that_fails_is_followed_by_a_bold_one() -> None:
    stream = failed(20.0)
    stream.rates(8)
    for n in range(7):
        stream.ask(refused=n in SPARSE[:2])
    assert stream.rates(9)[-1] == 1.15


def refused_now_and_then(rate: float) -> Stream:
    """Let one in sixteen be refused in three of four samples, and the next one be a probe."""
    stream = failed(rate)
    for n in range(8):
        stream.sample(refused=SPARSE[:1] if n % 4 else ())
    assert stream.limit.rate == pytest.approx(rate)
    return stream


def test_a_careful_probe_that_is_granted_no_more_is_followed_by_a_bold_one() -> None:
    stream = refused_now_and_then(20.0)
    stream.sample(refused=range(17, 126, 18))
    assert stream.limit.rate == pytest.approx(20.0)
    assert stream.rates(9) == [*[0.97] * 8, 1.15]


def test_refusals_as_many_as_ever_fail_no_probe() -> None:
    stream = refused_now_and_then(20.0)
    stream.sample(refused=range(25, 126, 25))
    assert stream.limit.rate > 20.0


def test_a_probe_that_fails_gives_a_little_away_once_the_noise_is_known() -> None:
    stream = failed(20.0)
    stream.rates(8)
    for n in range(7):
        stream.ask(refused=n in SPARSE[:2])
    assert stream.limit.rate == pytest.approx(20 * 0.96)


def test_of_a_known_limit_seven_refusals_are_noise_and_eight_show_that_it_fell() -> None:
    stream = known(20.0)
    stream.sample(refused=SPARSE[:7])
    assert stream.limit.rate == pytest.approx(20.0)
    fallen = known(20.0)
    for n in range(16):
        fallen.ask(refused=n in SPARSE)
    assert fallen.limit.rate == pytest.approx(10, abs=2)


def test_the_best_of_six_samples_counts() -> None:
    stream = failed(20.0)
    for _ in range(5):
        stream.sample(refused=SPARSE[:4])
        assert stream.limit.rate == pytest.approx(20.0)
    stream.sample(refused=SPARSE[:4])
    assert stream.limit.rate == pytest.approx(20 * 0.75)


def test_a_sample_that_nothing_kept_waiting_tells_nothing() -> None:
    stream = known(20.0)
    for _ in range(64):
        stream.now += 1.0
        stream.ask()
    assert stream.limit.rate == pytest.approx(20.0)
    assert stream.rates(2) == [0.97, 1.15]


def test_a_turn_that_was_not_used_can_be_made_up_for_within_a_twentieth_of_a_second() -> None:
    stream = known(20.0)
    stream.now += 10.0
    first, second = stream.ask(), stream.ask()
    assert second - first == pytest.approx(max(0.0, 1 / (0.97 * 20) - 0.05), abs=1e-6)
    third = stream.ask()
    assert third - second == pytest.approx(1 / (0.97 * 20))
