"""What the headers of an answer say of the next one."""

from __future__ import annotations

import httpx
import pytest

from seedance_tui.api.client import Client
from seedance_tui.api.errors import RateLimited
from seedance_tui.api.rate_headers import exhausted_for, retry_after
from seedance_tui.demo import Demo, DemoTask
from seedance_tui.demo.faults import Answer

NOON = "Tue, 21 Jul 2026 02:13:20 GMT"
NOON_EPOCH = 1_784_600_000


def answer(headers: dict[str, str], status: int = 200) -> httpx.Response:
    """An answer with these headers: `_` stands for a hyphen."""
    names = {name.replace("_", "-"): value for name, value in headers.items()}
    return httpx.Response(status, headers={"Date": NOON, **names})


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({"RateLimit_Remaining": "0", "RateLimit_Reset": "7"}, 7.0),
        ({"x_ratelimit_remaining": "0", "x_ratelimit_reset": "7.5"}, 7.5),
        ({"X_RateLimit_Remaining": "0", "X_RateLimit_Reset": str(NOON_EPOCH + 30)}, 30.0),
        ({"X_RateLimit_Remaining": "0", "X_RateLimit_Reset": f"{NOON_EPOCH + 3}000"}, 3.0),
        ({"X_RateLimit_Remaining": "0", "X_RateLimit_Reset": str(NOON_EPOCH - 30)}, 0.0),
        ({"X_RateLimit_Remaining_Requests": "0", "X_RateLimit_Reset_Requests": "1m30s"}, 90.0),
        ({"X_RateLimit_Remaining_Requests": "0", "X_RateLimit_Reset_Requests": "120ms"}, 0.12),
        ({"X_Rate_Limit_Remaining": "0", "X_Rate_Limit_Reset": NOON.replace("20 G", "50 G")}, 30.0),
        ({"RateLimit": '"default";r=0;t=5'}, 5.0),
        ({"RateLimit": "limit=100, remaining=0, reset=5"}, 5.0),
        ({"RateLimit_Remaining": "3", "RateLimit_Reset": "7"}, None),
        ({"RateLimit": '"default";r=2;t=5'}, None),
        ({"RateLimit_Remaining": "0"}, None),
        ({"RateLimit_Remaining": "0", "RateLimit_Reset": "soon"}, None),
        ({"RateLimit_Remaining": "-1", "RateLimit_Reset": "9"}, None),
        ({"RateLimit_Reset": "9"}, None),
        ({}, None),
    ],
)
def test_a_good_answer_says_when_it_was_the_last_one(
    headers: dict[str, str], seconds: float | None
) -> None:
    assert exhausted_for(answer(headers)) == pytest.approx(seconds)


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({"Retry_After": "37", "RateLimit_Reset": "9"}, 37.0),
        ({"Retry_After": "0.5"}, 0.5),
        ({"RateLimit_Reset": "9"}, 9.0),
        ({"RateLimit_Remaining": "0", "RateLimit_Reset": "9"}, 9.0),
        ({"RateLimit_Remaining": "4", "RateLimit_Reset": "9"}, None),
        ({"Retry_After": "soon", "RateLimit": '"a";r=0;t=4'}, 4.0),
        ({}, None),
    ],
)
def test_a_refusal_says_how_long_to_wait(headers: dict[str, str], seconds: float | None) -> None:
    assert retry_after(answer(headers, 429)) == pytest.approx(seconds)


def test_a_moment_needs_the_servers_own_clock() -> None:
    headers = {"X-RateLimit-Remaining": "0", "X-RateLimit-Reset": str(NOON_EPOCH)}
    assert exhausted_for(httpx.Response(200, headers=headers)) is None


async def test_the_client_knows_what_its_last_answer_said(
    client: Client, demo: Demo, done: DemoTask
) -> None:
    heard: list[float | None] = [client.exhausted_for]
    body = b'{"data": {"task_id": "%s", "status": "QUEUED"}}' % done.id.encode()
    for left in "210":
        said = {"RateLimit-Remaining": left, "RateLimit-Reset": "4"}
        demo.gateway.faults.push(done.id, Answer(200, said, body))
        await client.task(done.id)
        heard.append(client.exhausted_for)
    await client.task(done.id)
    assert [*heard, client.exhausted_for] == [None, None, None, 4.0, None]


async def test_a_refusal_that_says_it_with_the_quota_is_understood(
    client: Client, demo: Demo, done: DemoTask
) -> None:
    demo.gateway.faults.push(done.id, Answer(429, {"X-RateLimit-Reset": "6"}))
    with pytest.raises(RateLimited) as caught:
        await client.task(done.id)
    assert caught.value.retry_after == 6
