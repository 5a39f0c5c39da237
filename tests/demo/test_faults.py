"""What the servers do wrong when they are told to."""

import gzip
import time
from collections.abc import Awaitable, Callable

import httpx
import pytest

from seedance_tui.demo import EVERY, Blob, Demo, ManualClock
from seedance_tui.demo.faults import (
    BlackHole,
    Cut,
    EmptyBody,
    Expired,
    FalseLength,
    Fault,
    GzipBomb,
    Gzipped,
    Headers,
    Html,
    Huge,
    IgnoreIfRange,
    IgnoreRange,
    Late,
    NoLength,
    Raw,
    Redirect,
    Replaced,
    Reset,
    Slow,
    Stall,
)
from seedance_tui.demo.scenario import GLASS, SUNRISE
from tests.demo.conftest import Api

Ask = Callable[[Fault], Awaitable[httpx.Response]]
Fetch = Callable[..., Awaitable[httpx.Response]]


@pytest.fixture
def ask(demo: Demo, api: Api) -> Ask:
    """Asks for a task that the gateway answers with a fault."""

    async def ask_spoiled(fault: Fault) -> httpx.Response:
        demo.gateway.faults.push(SUNRISE.id, fault)
        return await api.query(SUNRISE.id)

    return ask_spoiled


@pytest.fixture
def fetch(demo: Demo, web: httpx.AsyncClient, clock: ManualClock) -> Fetch:
    """Fetches an object of 100 bytes that the store serves with a fault."""
    demo.store.put("file.mp4", Blob.of(b"x" * 100))

    async def fetch_spoiled(fault: Fault, **headers: str) -> httpx.Response:
        demo.store.faults.push("file.mp4", fault)
        return await web.get(demo.store.link("file.mp4", clock()), headers=headers)

    return fetch_spoiled


async def test_a_cut_declares_the_whole_and_sends_a_part(
    demo: Demo, web: httpx.AsyncClient, clock: ManualClock, fetch: Fetch
) -> None:
    demo.store.faults.push("file.mp4", Cut(40))
    received = b""
    async with web.stream("GET", demo.store.link("file.mp4", clock())) as answer:
        assert answer.headers["Content-Length"] == "100"
        with pytest.raises(httpx.RemoteProtocolError):
            async for chunk in answer.aiter_raw():
                received += chunk
    assert received == b"x" * 40


async def test_a_body_can_stall(
    demo: Demo, web: httpx.AsyncClient, clock: ManualClock, fetch: Fetch
) -> None:
    demo.store.faults.push("file.mp4", Stall(40))
    async with web.stream("GET", demo.store.link("file.mp4", clock()), timeout=0.1) as answer:
        chunks = answer.aiter_raw()
        assert await anext(chunks) == b"x" * 40
        with pytest.raises(httpx.ReadTimeout):
            await anext(chunks)


async def test_a_reset_ends_the_connection(ask: Ask) -> None:
    with pytest.raises(httpx.ReadError) as caught:
        await ask(Reset())
    assert "ConnectionReset" in repr(_causes(caught.value))


async def test_a_black_hole_never_answers_and_ends_with_the_server(clock: ManualClock) -> None:
    async with Demo(clock=clock) as demo:
        demo.gateway.faults.push(EVERY, BlackHole())
        async with httpx.AsyncClient(trust_env=False, verify=False, timeout=0.05) as client:
            with pytest.raises(httpx.ReadTimeout):
                await client.get(demo.url)


async def test_a_slow_body_takes_its_time(fetch: Fetch) -> None:
    began = time.monotonic()
    assert len((await fetch(Slow(1000))).content) == 100
    assert time.monotonic() - began >= 0.09


async def test_a_late_answer_is_whole(ask: Ask) -> None:
    assert (await ask(Late(0.01))).json()["code"] == "success"


@pytest.mark.parametrize("declared", [10, 101])
async def test_a_length_can_lie(
    demo: Demo, web: httpx.AsyncClient, clock: ManualClock, fetch: Fetch, declared: int
) -> None:
    demo.store.faults.push("file.mp4", FalseLength(declared))
    async with web.stream("GET", demo.store.link("file.mp4", clock())) as answer:
        assert answer.headers["Content-Length"] == str(declared)


async def test_a_shorter_length_hides_the_rest(fetch: Fetch) -> None:
    assert (await fetch(FalseLength(10))).content == b"x" * 10


async def test_a_longer_length_is_a_broken_answer(fetch: Fetch) -> None:
    with pytest.raises(httpx.RemoteProtocolError):
        await fetch(FalseLength(101))


async def test_a_page_comes_where_json_should(ask: Ask) -> None:
    answer = await ask(Html(502))
    assert (answer.status_code, answer.headers["Content-Type"]) == (502, "text/html; charset=utf-8")
    assert answer.content.startswith(b"<!doctype html>")


async def test_a_body_can_be_empty(ask: Ask) -> None:
    answer = await ask(EmptyBody(429))
    assert (answer.status_code, answer.content) == (429, b"")


async def test_a_redirect_leads_elsewhere(ask: Ask) -> None:
    answer = await ask(Redirect("http://127.0.0.1:9/elsewhere"))
    assert (answer.status_code, answer.headers["Location"]) == (302, "http://127.0.0.1:9/elsewhere")


async def test_bytes_need_not_be_http(ask: Ask) -> None:
    with pytest.raises(httpx.RemoteProtocolError):
        await ask(Raw(b"SSH-2.0-OpenSSH_9.6\r\n"))


async def test_a_huge_body_is_as_large_as_it_says(ask: Ask) -> None:
    answer = await ask(Huge(3_000_000))
    assert len(answer.content) == int(answer.headers["Content-Length"]) == 3_000_000


async def test_a_bomb_is_small_until_it_is_unpacked(
    demo: Demo, web: httpx.AsyncClient, api: Api
) -> None:
    demo.gateway.faults.push(SUNRISE.id, GzipBomb(mebibytes=8))
    url = f"{demo.url}/v1/video/generations/{SUNRISE.id}"
    async with web.stream("GET", url) as answer:
        packed = b"".join([chunk async for chunk in answer.aiter_raw()])
    assert answer.headers["Content-Encoding"] == "gzip"
    assert len(packed) < 20_000
    assert len(gzip.decompress(packed)) == 8 * 1024 * 1024


async def test_a_range_can_be_ignored(fetch: Fetch) -> None:
    answer = await fetch(IgnoreRange(), Range="bytes=90-")
    assert (answer.status_code, len(answer.content)) == (200, 100)


async def test_a_change_can_be_ignored(fetch: Fetch) -> None:
    asked = {"Range": "bytes=90-", "If-Range": '"of another"'}
    assert (await fetch(Headers({}), **asked)).status_code == 200
    answer = await fetch(IgnoreIfRange(), **asked)
    assert (answer.status_code, len(answer.content)) == (206, 10)


async def test_headers_can_be_others_or_missing(fetch: Fetch) -> None:
    answer = await fetch(Headers({"ETag": 'W/"weak"', "Last-Modified": None}))
    assert answer.headers["ETag"] == 'W/"weak"'
    assert "Last-Modified" not in answer.headers
    assert len(answer.content) == 100


async def test_a_link_can_be_too_old_before_its_time(fetch: Fetch) -> None:
    answer = await fetch(Expired())
    assert (answer.status_code, answer.json()["Message"]) == (403, "Request has expired")


async def test_an_object_can_turn_into_another(fetch: Fetch) -> None:
    other = Blob.of(b"y" * 50)
    answer = await fetch(Replaced(other), Range="bytes=40-")
    assert (answer.status_code, answer.content) == (206, b"y" * 10)
    assert answer.headers["ETag"] == other.etag


async def test_a_fault_strikes_as_often_as_it_is_told(demo: Demo, api: Api) -> None:
    demo.gateway.faults.push(SUNRISE.id, EmptyBody(500), times=2)
    assert await _statuses(api, 4) == [500, 500, 200, 200]


async def test_faults_come_in_the_order_they_were_pushed_before_the_standing_one(
    demo: Demo, api: Api
) -> None:
    demo.gateway.faults.push(SUNRISE.id, EmptyBody(503), times=None)
    demo.gateway.faults.push(SUNRISE.id, EmptyBody(500))
    demo.gateway.faults.push(SUNRISE.id, EmptyBody(502))
    assert await _statuses(api, 4) == [500, 502, 503, 503]
    demo.gateway.faults.clear()
    assert await _statuses(api, 1) == [200]


async def test_a_fault_strikes_its_own_task_alone(demo: Demo, api: Api) -> None:
    demo.gateway.faults.push(SUNRISE.id, EmptyBody(500), times=None)
    assert (await api.query(GLASS.id)).status_code == 200


async def test_chance_spoils_a_fraction_and_the_same_one_each_time(demo: Demo, api: Api) -> None:
    demo.gateway.faults.random(0.5, [EmptyBody(500), Html(502)], seed=4)
    first = await _statuses(api, 40)
    assert {200, 500, 502} == set(first)
    assert 10 < first.count(200) < 30
    demo.gateway.faults.random(0.5, [EmptyBody(500), Html(502)], seed=4)
    assert await _statuses(api, 40) == first


async def _statuses(api: Api, count: int) -> list[int]:
    return [(await api.query(SUNRISE.id)).status_code for _ in range(count)]


def _causes(error: BaseException | None) -> list[BaseException]:
    causes = []
    while error is not None:
        causes.append(error)
        error = error.__cause__ or error.__context__
    return causes


async def test_a_body_without_a_length_ends_with_its_connection(fetch: Fetch) -> None:
    whole, part = await fetch(NoLength()), await fetch(NoLength(40))
    assert "Content-Length" not in whole.headers
    assert "Transfer-Encoding" not in whole.headers
    assert (len(whole.content), len(part.content)) == (100, 40)


async def test_a_packed_body_is_packed_whatever_was_asked_for(fetch: Fetch) -> None:
    answer = await fetch(Gzipped(), **{"Accept-Encoding": "identity"})
    assert answer.headers["Content-Encoding"] == "gzip"
    assert answer.content == b"x" * 100
    other = await fetch(Gzipped(of_the_packed=True))
    assert other.headers["x-tos-hash-crc64ecma"] != answer.headers["x-tos-hash-crc64ecma"]
