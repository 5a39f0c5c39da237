"""The environment's proxy on a real socket: used as it is meant, named in trouble, never shown."""

import asyncio
import re
import socket
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from seedance_tui.api import proxied_transports
from seedance_tui.api.client import Client
from seedance_tui.api.errors import (
    ApiError,
    DownloadError,
    SetupFailed,
    TimedOut,
    TransientError,
    Unreachable,
)
from seedance_tui.api.key import ApiKey
from seedance_tui.api.links import Kind, link_of
from seedance_tui.api.proxies import Proxies, Proxy
from seedance_tui.api.transfer._cancel import CancelToken
from seedance_tui.api.transfer.download import download
from seedance_tui.api.transfer.retries import Retries
from seedance_tui.demo import Demo, DemoTask
from tests.api.loopback_proxy import LoopbackProxy, running_proxy, silent_server

SECRET = "s3cr3t"
HTTPS_GATEWAY = "https://gw.invalid"


@pytest.fixture
def proxy() -> Iterator[LoopbackProxy]:
    with running_proxy(LoopbackProxy()) as proxy:
        yield proxy


@pytest.fixture
def closed_port() -> int:
    """A port at which nobody is."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])


@pytest.fixture
def locked_proxy() -> Iterator[LoopbackProxy]:
    """A proxy that wants a login with everything in it that is not quoted as it should be."""
    with running_proxy(LoopbackProxy(login=f"me:{SECRET}#/@?%")) as proxy:
        yield proxy


async def answer(base_url: str, key: str, task_id: str) -> str:
    async with Client(base_url, ApiKey(key)) as client:
        return (await client.task(task_id)).id or ""


async def failure(base_url: str) -> ApiError:
    with pytest.raises(ApiError) as caught:
        await answer(base_url, "sk-key", "task_1")
    return caught.value


@pytest.mark.parametrize("variable", ["HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"])
@pytest.mark.parametrize("form", ["http://{}", "{}", "http://{}/", " HTTP://{} ", "'http://{}'"])
async def test_a_proxy_is_found_however_it_is_written(
    demo: Demo,
    done: DemoTask,
    proxy: LoopbackProxy,
    monkeypatch: pytest.MonkeyPatch,
    variable: str,
    form: str,
) -> None:
    monkeypatch.setenv(variable, form.format(proxy.place))
    assert await answer(demo.url, demo.key, done.id) == done.id
    assert len(proxy.asked) == 1


@pytest.mark.parametrize(
    "no_proxy",
    ["127.0.0.1", "127.0.0.0/8", "*", " x.example , 127.0.0.1 ", "fe80::/10,[::1],::1/128,127.*"],
)
async def test_who_needs_no_proxy_is_asked_directly(
    demo: Demo,
    done: DemoTask,
    proxy: LoopbackProxy,
    monkeypatch: pytest.MonkeyPatch,
    no_proxy: str,
) -> None:
    monkeypatch.setenv("HTTP_PROXY", f"http://{proxy.place}")
    monkeypatch.setenv("NO_PROXY", no_proxy)
    assert await answer(demo.url, demo.key, done.id) == done.id
    assert proxy.asked == []


@pytest.mark.parametrize("no_proxy", ["fe80::/10", "[::1]", "::1/128", "[::1", "128.0.0.0/8"])
async def test_who_is_not_meant_goes_through_the_proxy(
    demo: Demo,
    done: DemoTask,
    proxy: LoopbackProxy,
    monkeypatch: pytest.MonkeyPatch,
    no_proxy: str,
) -> None:
    monkeypatch.setenv("HTTP_PROXY", f"http://{proxy.place}")
    monkeypatch.setenv("NO_PROXY", no_proxy)
    assert await answer(demo.url, demo.key, done.id) == done.id
    assert len(proxy.asked) == 1


def save(client: Client, url: str, target: Path) -> None:
    download(client.files, url, target, CancelToken(), video=True, retries=Retries(most=1, first=0))


async def test_files_go_the_same_way(
    demo: Demo,
    done: DemoTask,
    proxy: LoopbackProxy,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    monkeypatch.setenv("HTTP_PROXY", f"http://{proxy.place}")
    async with Client(demo.url, ApiKey(demo.key)) as client:
        link = link_of(await client.task(done.id), Kind.RESULT)
        assert link
        await asyncio.to_thread(save, client, link.url, tmp_path / "a.mp4")
    assert (tmp_path / "a.mp4").exists()
    assert link.url in proxy.asked[-1]


async def test_a_proxy_in_trouble_ends_no_download_for_good(
    demo: Demo,
    done: DemoTask,
    locked_proxy: LoopbackProxy,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    monkeypatch.setenv("HTTP_PROXY", f"http://{locked_proxy.place}")
    async with Client(demo.url, ApiKey(demo.key)) as client:
        with pytest.raises(TransientError, match="requires a user name and password") as caught:
            await asyncio.to_thread(save, client, f"{demo.url}/x.mp4", tmp_path / "a.mp4")
    assert not isinstance(caught.value, DownloadError)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("login", [f"me:{SECRET}#/@?%", f"me:{SECRET}%23%2F%40%3F%25"])
async def test_a_password_is_understood_quoted_or_not(
    demo: Demo,
    done: DemoTask,
    locked_proxy: LoopbackProxy,
    monkeypatch: pytest.MonkeyPatch,
    login: str,
) -> None:
    monkeypatch.setenv("HTTP_PROXY", f"http://{login}@{locked_proxy.place}")
    assert await answer(demo.url, demo.key, done.id) == done.id


@pytest.mark.parametrize("base_url", ["http://gw.invalid", HTTPS_GATEWAY])
@pytest.mark.parametrize(
    ("login", "words"),
    [
        ("", "requires a user name and password"),
        (f"me:x{SECRET}/#@", "rejects the user name and password"),
    ],
)
async def test_a_refused_login_is_a_sentence_with_the_proxy_in_it(
    locked_proxy: LoopbackProxy,
    monkeypatch: pytest.MonkeyPatch,
    base_url: str,
    login: str,
    words: str,
) -> None:
    for name in ("http_proxy", "https_proxy"):
        monkeypatch.setenv(name, f"http://{login}{locked_proxy.place}")
    error = await failure(base_url)
    assert isinstance(error, SetupFailed)
    assert words in error.text
    assert f"http://{locked_proxy.place}" in error.text
    assert "_proxy" in error.text
    assert len(locked_proxy.asked) == 1, "it is not asked again and again"
    assert SECRET not in f"{error!r} {error} {error.__cause__!r} {error.__context__!r}"


async def test_what_a_proxy_says_of_a_tunnel_is_told(
    proxy: LoopbackProxy, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HTTPS_PROXY", f"http://{proxy.place}")
    error = await failure(HTTPS_GATEWAY)
    assert isinstance(error, Unreachable)
    assert f"the proxy http://{proxy.place}: 502" in error.text


async def test_an_http_proxy_named_https_is_told_at_once(
    proxy: LoopbackProxy, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HTTPS_PROXY", f"https://{proxy.place}")
    error = await failure(HTTPS_GATEWAY)
    assert isinstance(error, SetupFailed)
    assert error.text == (
        f"the proxy https://{proxy.place} does not speak TLS: use http:// in HTTPS_PROXY"
    )


async def test_a_proxy_that_is_silent_in_tls_is_not_waited_for_long(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(proxied_transports, "_TLS_SECONDS", 0.2)
    with silent_server() as port:
        monkeypatch.setenv("ALL_PROXY", f"https://me:{SECRET}@127.0.0.1:{port}")
        began = time.monotonic()
        error = await failure(HTTPS_GATEWAY)
    assert isinstance(error, SetupFailed)
    assert "does not speak TLS" in error.text
    assert "ALL_PROXY" in error.text
    assert time.monotonic() - began < 5


async def test_a_proxy_that_is_not_there_is_named_as_the_one_in_trouble(
    closed_port: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HTTPS_PROXY", f"http://me:{SECRET}@127.0.0.1:{closed_port}")
    error = await failure(HTTPS_GATEWAY)
    assert isinstance(error, Unreachable)
    assert error.text == f"the proxy http://127.0.0.1:{closed_port} cannot be reached"


async def test_a_proxy_that_does_not_answer_is_named(
    hurry: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    with silent_server() as port:
        monkeypatch.setenv("HTTP_PROXY", f"http://127.0.0.1:{port}")
        assert isinstance(await failure("http://gw.invalid"), TimedOut)


BAD = [
    ("http://h:99999", "port"),
    ("http://h:0", "port"),
    ("http://h:-1", "port"),
    ("http://h:8o8o", "port"),
    (f"http://me:{SECRET}", "port"),
    (f"http://me:{SECRET}#x@h:99999", "port"),
    (f"http://me:{SECRET}/x@h:port", "port"),
    (f"http://me:{SECRET}@", "host"),
    (f"http://me:{SECRET}@:3128", "host"),
    (f"http://me:{SECRET}@h h:3128", "host"),
    (f"http://me:{SECRET}@\u2100\u2100:3128", "host"),
    (f"gopher://me:{SECRET}@h:70", "kind"),
    (f"://me:{SECRET}@h:70", "kind"),
    (f"http:/me:{SECRET}@h:3128", "not a proxy URL"),
    (f"http//me:{SECRET}@h:3128", "not a proxy URL"),
    (f"http:\\\\me:{SECRET}@h:3128", "not a proxy URL"),
]


@pytest.mark.parametrize(("value", "about"), BAD)
@pytest.mark.parametrize("variable", ["HTTP_PROXY", "https_proxy", "ALL_PROXY"])
def test_a_proxy_that_cannot_be_is_a_sentence_without_its_secret(
    monkeypatch: pytest.MonkeyPatch, value: str, about: str, variable: str
) -> None:
    monkeypatch.setenv(variable, value)
    with pytest.raises(SetupFailed, match=about) as caught:
        Client(HTTPS_GATEWAY, ApiKey("k"))
    assert caught.value.text.startswith(f"{variable}: ")
    assert SECRET not in f"{caught.value} {caught.value.__cause__!r}"


@pytest.mark.parametrize(
    ("value", "url"),
    [
        ("socks://127.0.0.1", "socks5://127.0.0.1:1080"),
        ("socks4://127.0.0.1:7891", "socks5://127.0.0.1:7891"),
        ("SOCKS5H://h", "socks5h://h:1080"),
        ("http://[::1]:3128", "http://[::1]:3128"),
        ("https://proxy.example", "https://proxy.example:443"),
        ("proxy.example", "http://proxy.example:80"),
        ("me:a@b@proxy.example:8080/path?x#y", "http://proxy.example:8080"),
    ],
)
def test_a_value_says_kind_host_and_port(value: str, url: str) -> None:
    proxy = Proxy.read("ALL_PROXY", value)
    assert proxy.url == url
    assert "a@b" not in repr(proxy)


@given(st.text(), st.text(min_size=6).map(lambda text: f"{SECRET}{text}"))
def test_whatever_a_variable_holds_its_login_is_never_told(before: str, password: str) -> None:
    try:
        proxy = Proxy.read("ALL_PROXY", f"{before}://me:{password}@proxy.example:3128")
    except SetupFailed as error:
        told = f"{error}"
    else:
        told = f"{proxy} {proxy.url}"
    assert SECRET not in told


def test_the_proxy_of_a_scheme_comes_before_the_one_for_all() -> None:
    http, rest = Proxy.read("http_proxy", "a:1"), Proxy.read("all_proxy", "b:2")
    proxies = Proxies({"http": http, "all": rest})
    assert proxies.on_the_way_to("http", "gw.example", None) is http
    assert proxies.on_the_way_to("https", "gw.example", None) is rest
    assert Proxies({"http": http}).on_the_way_to("https", "gw.example", None) is None


def test_no_message_has_a_value_in_it() -> None:
    source = Path(proxied_transports.__file__).with_name("proxies.py").read_text(encoding="utf-8")
    assert re.findall(r"SetupFailed\([^)]*value", source) == []
