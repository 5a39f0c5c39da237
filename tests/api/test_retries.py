"""How soon a cut connection is tried again, and when it is enough."""

from dataclasses import replace

import pytest

from seedance_tui.api.errors import ApiError, RateLimited, Unreachable
from seedance_tui.api.retries import Patience, Retries

CUT = Unreachable("cut")


@pytest.fixture
def slept():
    """The seconds slept, which pass at once."""
    return []


@pytest.fixture
def retries(slept):
    async def pause(seconds: float) -> None:
        slept.append(seconds)

    return Retries(first=1, pause=pause)


async def fail(patience: Patience, *lengths: int, error: ApiError = CUT) -> None:
    for length in lengths:
        await patience.wait(error, length)


async def test_each_try_in_vain_waits_twice_as_long(retries, slept):
    patience = Patience(replace(retries, most=8, first=0.5, longest=6), 0)
    await fail(patience, *[0] * 6)
    assert slept == [0.5, 1, 2, 4, 6, 6]


async def test_after_so_many_in_vain_the_last_error_is_raised(retries, slept):
    patience = Patience(replace(retries, most=3), 10)
    await fail(patience, 10, 5)
    with pytest.raises(Unreachable) as caught:
        await fail(patience, 10)
    assert caught.value is CUT
    assert len(slept) == 2


async def test_a_file_that_grew_beyond_its_best_begins_the_count_anew(retries, slept):
    patience = Patience(replace(retries, most=2), 0)
    await fail(patience, 10, 10, 11, 11, 12)
    assert slept == [1] * 5
    with pytest.raises(Unreachable):
        await fail(patience, 5, 12)


async def test_a_store_that_asks_to_wait_is_waited_for(retries, slept):
    patience = Patience(retries, 0)
    await fail(patience, 0, error=RateLimited(retry_after=37.0))
    await fail(patience, 0, error=RateLimited(retry_after=0.1))
    assert slept == [37.0, 2.0]


async def test_a_store_that_asks_to_wait_for_long_is_left(retries, slept):
    with pytest.raises(RateLimited):
        await fail(Patience(retries, 0), 0, error=RateLimited(retry_after=3_600.0))
    assert not slept


@pytest.mark.parametrize("most", [0, 1])
async def test_one_try_may_be_all(retries, most):
    with pytest.raises(Unreachable):
        await fail(Patience(replace(retries, most=most), 0), 0)
