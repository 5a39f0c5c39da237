"""How long an answer may take in all, and how often a file is asked for again by itself."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace

import httpx
import pytest
from virtual import VirtualLoop, run

from seedance_tui.api.client import Client
from seedance_tui.api.errors import ApiError, RateLimited, TimedOut, Unreachable
from seedance_tui.api.key import ApiKey
from seedance_tui.api.transfer._cancel import CancelToken
from seedance_tui.api.transfer.retries import Backoff, Retries


class Drip(httpx.AsyncByteStream):
    """A body of which a byte comes each second, without end."""

    async def __aiter__(self) -> AsyncIterator[bytes]:
        while True:
            yield b" "
            await asyncio.sleep(1.0)


def test_a_whole_answer_may_take_a_minute() -> None:
    loop = VirtualLoop()

    async def ask() -> None:
        transport = httpx.MockTransport(lambda request: httpx.Response(200, stream=Drip()))
        async with Client("https://x.example", ApiKey("sk-x"), transport=transport) as client:
            with pytest.raises(TimedOut):
                await client.task("a")

    run(ask(), loop)
    assert loop.moment == pytest.approx(60, abs=0.1)


@pytest.fixture
def slept() -> list[float]:
    """The seconds slept, which pass at once."""
    return []


@pytest.fixture
def retries(slept: list[float]) -> Retries:
    return Retries(pause=lambda cancel, seconds: slept.append(seconds))


def in_vain(retries: Retries, times: int, error: ApiError) -> None:
    backoff = Backoff(retries, 0, CancelToken())
    for _ in range(times):
        backoff.wait(error, 0)


def test_a_cut_file_is_asked_for_six_times_within_sixteen_seconds(
    retries: Retries, slept: list[float]
) -> None:
    cut = Unreachable("cut")
    with pytest.raises(Unreachable):
        in_vain(retries, 6, cut)
    assert slept == [0.5, 1, 2, 4, 8]


def test_no_pause_is_longer_than_fifteen_seconds(retries: Retries, slept: list[float]) -> None:
    in_vain(replace(retries, most=10), 8, Unreachable("cut"))
    assert slept[-3:] == [15, 15, 15]


def test_a_store_may_ask_to_wait_two_minutes(retries: Retries, slept: list[float]) -> None:
    in_vain(retries, 1, RateLimited(retry_after=120.0))
    with pytest.raises(RateLimited):
        in_vain(retries, 1, RateLimited(retry_after=120.1))
    assert slept == [120]
