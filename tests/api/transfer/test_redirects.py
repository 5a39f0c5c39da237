"""Where a link may lead on to, and how far the key goes along."""

import asyncio
import ssl
from collections.abc import Awaitable, Callable
from pathlib import Path

import httpx
import pytest

from seedance_tui.api.client import Client
from seedance_tui.api.errors import (
    ApiError,
    LinkRefused,
    StoreTimedOut,
    StoreUnreachable,
    StoreUntrusted,
    TimedOut,
    Unreachable,
)
from seedance_tui.api.key import ApiKey
from seedance_tui.api.transfer._cancel import CancelToken
from seedance_tui.api.transfer._redirects import MOST_HOPS
from seedance_tui.api.transfer.remote_file import probe
from seedance_tui.demo import EVERY, Demo, DemoTask
from seedance_tui.demo.faults import Cut, Redirect

KEY = "sk-test-key-of-a-usual-length-0123456789"
API = "https://gw.example"
Go = Callable[..., list[tuple[str, bool]]]


@pytest.fixture
def go() -> Go:
    """Asks for a link, is sent on as `moves` say; tells who was asked, and whether with the key."""

    def go(link: str, moves: dict[str, str], *, api: str = API) -> list[tuple[str, bool]]:
        asked: list[tuple[str, bool]] = []

        def answer(request: httpx.Request) -> httpx.Response:
            url = str(request.url)
            asked.append((url, KEY in request.headers.get("Authorization", "")))
            assert "Cookie" not in request.headers
            assert "Referer" not in request.headers
            headers = {"Set-Cookie": "a=b", "Location": moves.get(url, "")}
            return httpx.Response(302 if url in moves else 206, headers=headers)

        client = Client(api, ApiKey(KEY), transport=httpx.MockTransport(answer))
        probe(client.files, link, CancelToken())
        return asked

    return go


def test_the_key_goes_as_far_as_the_chain_stays_at_the_apis_origin(go: Go) -> None:
    moves = {f"{API}/a": "/b", f"{API}/b": f"{API}:443/c", f"{API}/c": "https://s.example/v"}
    moves |= {"https://s.example/v": f"{API}/d", f"{API}/d": f"{API}/e"}
    asked = go(f"{API}/a", moves)
    assert [with_key for _url, with_key in asked] == [True, True, True, False, False, False]


def test_a_chain_that_began_elsewhere_never_gets_the_key(go: Go) -> None:
    asked = go("https://s.example/v", {"https://s.example/v": f"{API}/a", f"{API}/a": "/b"})
    assert [with_key for _url, with_key in asked] == [False, False, False]


@pytest.mark.parametrize("query", ["X-Amz-Signature=x", "sig=x", "signature=x", "e=1&token=x"])
def test_a_signed_link_takes_no_key_on_whatever_host(go: Go, query: str) -> None:
    assert go(f"{API}/bucket/v?{query}", {}) == [(f"{API}/bucket/v?{query}", False)]
    assert go(f"{API}/a", {f"{API}/a": f"/bucket/v?{query}"})[1][1] is False


@pytest.mark.parametrize(
    "location",
    [
        *("http://s.example/v", "ftp://s.example/v", "file:///etc/passwd", "data:,x"),
        *("https://127.0.0.1/", "https://127.1/", "https://2130706433/", "https://localhost/"),
        *("https://[::1]/", "https://[::ffff:10.0.0.1]/", "https://169.254.169.254/latest"),
        *("https://10.0.0.1/", "https://192.168.0.1:8443/", "https://a.localhost/", "https://"),
        *("https://[", "https://s:port/", "https://xn--.example/"),
    ],
)
def test_a_redirect_that_may_not_be_followed_is_refused_and_not_asked(
    go: Go, location: str
) -> None:
    with pytest.raises(LinkRefused) as caught:
        asked = go("https://s.example/v", {"https://s.example/v": location})
        assert not asked, "the next one is not asked"
    assert caught.value.status is None


def test_an_api_in_a_private_network_may_send_into_one(go: Go) -> None:
    api = "http://192.168.0.9:3000"
    asked = go(f"{api}/a", {f"{api}/a": "http://192.168.0.10/v"}, api=api)
    assert [with_key for _url, with_key in asked] == [True, False]


def test_a_first_link_is_asked_wherever_it_leads(go: Go) -> None:
    assert go("http://127.0.0.1:1/v", {}) == [("http://127.0.0.1:1/v", False)]


def test_five_hops_are_followed_and_a_sixth_is_not(go: Go) -> None:
    moves = {f"https://s.example/{n}": f"/{n + 1}" for n in range(MOST_HOPS)}
    assert len(go("https://s.example/0", moves)) == MOST_HOPS + 1
    with pytest.raises(LinkRefused, match="more than 5 times"):
        go("https://s.example/0", {**moves, "https://s.example/5": "/6"})


@pytest.mark.parametrize("location", ["javascript:alert(1)", "mailto:a@b", "https://[", "x:y"])
async def test_what_no_address_is_made_of_is_told_in_our_own_words(
    demo: Demo, client: Client, url: str, location: str
) -> None:
    demo.store.faults.push(EVERY, Redirect(location), times=None)
    with pytest.raises(LinkRefused, match=r"it redirects to (an impossible|what is not)"):
        await asyncio.to_thread(probe, client.files, url, CancelToken())


Save = Callable[..., Awaitable[object]]


async def test_a_download_that_was_cut_starts_at_the_link_again(
    demo: Demo, done: DemoTask, url: str, target: Path, content: bytes, save: Save
) -> None:
    first, second = "cdn/v.mp4", "edge/v.mp4"
    demo.store.faults.push(first, Redirect(f"/{second}", 307), times=None)
    demo.store.faults.push(second, Redirect(url, 301), times=None)
    demo.store.faults.push(done.video_key, Cut(100_000))
    await save(f"{demo.store.url}/{first}")
    assert target.read_bytes() == content
    paths = [request.path for request in demo.store.requests]
    assert paths == [f"/{first}", f"/{second}", f"/{done.video_key}"] * 2
    ranges = {request.headers["range"] for request in list(demo.store.requests)[3:]}
    assert ranges == {"bytes=100000-"}


async def _raised(client: Client, url: str) -> type[ApiError]:
    with pytest.raises(ApiError) as caught:
        await asyncio.to_thread(probe, client.files, url, CancelToken())
    return type(caught.value)


@pytest.mark.parametrize(
    ("error", "of_gateway", "of_store"),
    [
        (httpx.ReadTimeout("x"), TimedOut, StoreTimedOut),
        (httpx.ConnectError("x"), Unreachable, StoreUnreachable),
    ],
)
async def test_the_trouble_with_a_store_is_the_stores(
    error: httpx.HTTPError, of_gateway: type[ApiError], of_store: type[ApiError]
) -> None:
    def fail(request: httpx.Request) -> httpx.Response:
        raise error

    client = Client(API, ApiKey(KEY), transport=httpx.MockTransport(fail))
    assert await _raised(client, f"{API}/v") is of_gateway
    assert await _raised(client, "https://s.example/v") is of_store


async def test_a_certificate_that_is_not_trusted_needs_a_person() -> None:
    def fail(request: httpx.Request) -> httpx.Response:
        raise httpx.ConnectError("x") from ssl.SSLCertVerificationError("self-signed")

    client = Client(API, ApiKey(KEY), transport=httpx.MockTransport(fail))
    assert await _raised(client, "https://s.example/v") is StoreUntrusted


@pytest.mark.parametrize("userinfo", ["", "[::1]@", "[::1]:3000@"])
def test_what_brackets_hide_is_no_part_of_the_apis_origin(go: Go, userinfo: str) -> None:
    api = "http://[::1]:3000"
    with pytest.raises(LinkRefused):
        go(f"{api}/a", {f"{api}/a": f"http://{userinfo}x[HOST].evil.test/v"}, api=api)
    moves = {f"{api}/a": f"http://{userinfo}evil.test/v"}
    assert [with_key for _url, with_key in go(f"{api}/a", moves, api=api)] == [True, False]
