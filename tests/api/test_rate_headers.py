"""What the headers of an answer say of the next one."""

from __future__ import annotations

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

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
        ({"RateLimit": '"burst";r=0;t=2, "daily";r=100;t=40000'}, 2.0),
        ({"RateLimit": '"burst";r=9;t=2, "daily";r=0;t=400'}, 400.0),
        (
            {
                "anthropic_ratelimit_requests_remaining": "0",
                "anthropic_ratelimit_requests_reset": "2026-07-21T02:13:50Z",
            },
            30.0,
        ),
        (
            {
                "anthropic_ratelimit_input_tokens_remaining": "0",
                "anthropic_ratelimit_input_tokens_reset": "2026-07-21T10:13:50.5+08:00",
            },
            30.5,
        ),
        ({"x_ratelimit_remaining": "0", "x_ratelimit_reset": "2026-07-21T02:14:20Z"}, 60.0),
        (
            {
                "x_ratelimit_remaining": "0",
                "x_ratelimit_reset": "soon",
                "x_ratelimit_reset_after": "3",
            },
            3.0,
        ),
        ({"x_ratelimit_remaining": "0", "x_ratelimit_reset_ms": "1500"}, 1.5),
        (
            {
                "x_ratelimit_remaining_requests": "4",
                "x_ratelimit_reset_requests": "1s",
                "x_ratelimit_remaining_tokens": "0",
                "x_ratelimit_reset_tokens": "6m0s",
            },
            360.0,
        ),
        (
            {
                "x_ratelimit_remaining_minute": "0",
                "RateLimit_Remaining": "0",
                "RateLimit_Reset": "8",
            },
            8.0,
        ),
        ({"X_Amzn_RateLimit_Remaining": "0", "X_Amzn_RateLimit_Reset": "1h2m3s"}, 3723.0),
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
        ({"Retry_After": NOON.replace("20 G", "50 G")}, 30.0),
        ({"Retry_After": "2026-07-21T02:13:25Z"}, 5.0),
        ({"Retry_After": NOON.replace("20 G", "10 G")}, 0.0),
        ({"Retry_After": "1m30s"}, 90.0),
        ({"Retry_After": "5, 5"}, 5.0),
        ({"Retry_After_Ms": "1500", "Retry_After": "2"}, 1.5),
        ({"x_ms_retry_after_ms": "250"}, 0.25),
        ({"retry_after_ms": "soon", "Retry_After": "2"}, 2.0),
        ({"X_RateLimit_Retry_After": "4"}, 4.0),
        ({"x_ratelimit_reset_requests": "1s", "x_ratelimit_reset_tokens": "6m0s"}, 1.0),
        ({"x_ratelimit_remaining_requests": "4", "x_ratelimit_reset_requests": "1s"}, None),
        ({"anthropic_ratelimit_requests_reset": "2026-07-21T02:13:50Z"}, 30.0),
        ({"X_RateLimit_Reset": "1m 30s"}, 90.0),
        ({"Retry_After": "-1"}, None),
        ({"RateLimit_Reset": "9"}, 9.0),
        ({"RateLimit_Remaining": "0", "RateLimit_Reset": "9"}, 9.0),
        ({"RateLimit_Remaining": "4", "RateLimit_Reset": "9"}, None),
        ({"Retry_After": "soon", "RateLimit": '"a";r=0;t=4'}, 4.0),
        ({}, None),
    ],
)
def test_a_refusal_says_how_long_to_wait(headers: dict[str, str], seconds: float | None) -> None:
    assert retry_after(answer(headers, 429)) == pytest.approx(seconds)


@given(
    st.dictionaries(
        st.from_regex(
            r"(x-|anthropic-)?rate-?limit-(reset|remaining)(-[a-z]{1,6})?", fullmatch=True
        )
        | st.sampled_from(["retry-after", "retry-after-ms", "ratelimit"]),
        st.text(st.characters(min_codepoint=32, max_codepoint=126), max_size=50)
        | st.from_regex(r"[0-9:.TZmsh+, -]{0,30}", fullmatch=True),
    )
)
def test_whatever_the_headers_say_a_wait_is_no_less_than_nothing(headers: dict[str, str]) -> None:
    for read in (retry_after, exhausted_for):
        seconds = read(answer(headers, 429))
        assert seconds is None or seconds >= 0


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
