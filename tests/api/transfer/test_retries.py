"""How soon a cut connection is tried again, and when it is enough."""

from dataclasses import replace

import pytest

from seedance_tui.api.errors import ApiError, RateLimited, Unreachable
from seedance_tui.api.transfer._cancel import CancelToken
from seedance_tui.api.transfer.retries import Backoff, Retries

CUT = Unreachable("cut")


@pytest.fixture
def slept() -> list[float]:
    """The seconds slept, which pass at once."""
    return []


@pytest.fixture
def retries(slept: list[float]) -> Retries:
    def pause(cancel: CancelToken, seconds: float) -> None:
        slept.append(seconds)

    return Retries(first=1, pause=pause)


def fail(backoff: Backoff, *lengths: int, error: ApiError = CUT) -> None:
    for length in lengths:
        backoff.wait(error, length)


def test_each_try_in_vain_waits_twice_as_long(retries: Retries, slept: list[float]) -> None:
    backoff = Backoff(replace(retries, most=8, first=0.5, longest=6), 0, CancelToken())
    fail(backoff, *[0] * 6)
    assert slept == [0.5, 1, 2, 4, 6, 6]


def test_after_so_many_in_vain_the_last_error_is_raised(
    retries: Retries, slept: list[float]
) -> None:
    backoff = Backoff(replace(retries, most=3), 10, CancelToken())
    fail(backoff, 10, 5)
    with pytest.raises(Unreachable) as caught:
        fail(backoff, 10)
    assert caught.value is CUT
    assert len(slept) == 2


def test_a_file_that_grew_beyond_its_best_begins_the_count_anew(
    retries: Retries, slept: list[float]
) -> None:
    backoff = Backoff(replace(retries, most=2), 0, CancelToken())
    fail(backoff, 10, 10, 11, 11, 12)
    assert slept == [1] * 5
    with pytest.raises(Unreachable):
        fail(backoff, 5, 12)


def test_a_store_that_asks_to_wait_is_waited_for(retries: Retries, slept: list[float]) -> None:
    backoff = Backoff(retries, 0, CancelToken())
    fail(backoff, 0, error=RateLimited(retry_after=37.0))
    fail(backoff, 0, error=RateLimited(retry_after=0.1))
    assert slept == [37.0, 2.0]


def test_a_store_that_asks_to_wait_for_long_is_left(retries: Retries, slept: list[float]) -> None:
    with pytest.raises(RateLimited):
        fail(Backoff(retries, 0, CancelToken()), 0, error=RateLimited(retry_after=3_600.0))
    assert not slept


@pytest.mark.parametrize("most", [0, 1])
def test_one_try_may_be_all(retries: Retries, most: int) -> None:
    with pytest.raises(Unreachable):
        fail(Backoff(replace(retries, most=most), 0, CancelToken()), 0)
