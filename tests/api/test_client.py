"""One question over a real socket, and every way in which it can go wrong."""

import asyncio
import gzip
import json
import logging
import os
import socket
import sys
import traceback
import tracemalloc
import zlib
from collections.abc import Callable
from pathlib import Path

import httpx
import pytest

from seedance_tui.api.client import Client
from seedance_tui.api.errors import (
    ApiError,
    BadAnswer,
    Forbidden,
    KeyExhausted,
    KeyMissing,
    KeyRefused,
    PageInstead,
    RateLimited,
    ServerFault,
    SetupFailed,
    TaskNotFound,
    TimedOut,
    TransientError,
    Unreachable,
    WrongAddress,
    WrongPage,
)
from seedance_tui.api.key import ApiKey
from seedance_tui.api.links import Kind, link_of
from seedance_tui.api.models import Phase
from seedance_tui.api.transfer._cancel import CancelToken
from seedance_tui.demo import Demo, DemoTask, ManualClock
from seedance_tui.demo.clock import http_date
from seedance_tui.demo.faults import (
    Answer,
    BlackHole,
    Cut,
    EmptyBody,
    FalseLength,
    Fault,
    GzipBomb,
    Html,
    Huge,
    Raw,
    Redirect,
    Reset,
    Slow,
)
from seedance_tui.demo.messages import Handler, Request, Response

MEBIBYTE = 1024 * 1024
PLAIN = {"Content-Type": "text/plain"}
HTML = {"Content-Type": "text/html"}


XML = {"Content-Type": "application/xml"}
XHTML = b'<?xml version="1.0"?>\n<!DOCTYPE html>\n<html><code>Code</code></html>'


def denied(code: str, message: str) -> bytes:
    """An error as S3 writes it."""
    inner = f"<Code>{code}</Code><Message>{message}</Message>"
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<Error>{inner}</Error>'.encode()


def says(status: int, answer: object, **headers: str) -> Answer:
    return Answer(status, {"Content-Type": "application/json"} | headers, dump(answer))


def dump(answer: object) -> bytes:
    return json.dumps(answer).encode()


def error(message: str, code: str = "") -> dict[str, dict[str, str]]:
    return {"error": {"code": code, "message": message, "type": "new_api_error"}}


async def failure(client: Client, task_id: str) -> ApiError:
    with pytest.raises(ApiError) as caught:
        await client.task(task_id)
    return caught.value


async def test_a_task_is_read(client: Client, demo: Demo, done: DemoTask) -> None:
    task = await client.task(done.id)
    assert (task.id, task.status.phase) == (done.id, Phase.DONE)
    (request,) = demo.gateway.requests
    assert request.target == f"/v1/video/generations/{done.id}"
    assert request.headers["authorization"] == f"Bearer {demo.key}"
    assert request.headers["user-agent"].startswith("seedance-tui/")


@pytest.mark.parametrize(
    ("fault", "kind", "text"),
    [
        (says(401, error("bad key")), KeyRefused, "bad key"),
        (Answer(401, HTML, b"<html>"), PageInstead, "HTTP 401"),
        (says(403, error("not your address")), Forbidden, "not your address"),
        (Answer(403, HTML, b"<html>"), PageInstead, "HTTP 403"),
        (EmptyBody(401), KeyRefused, "HTTP 401"),
        (EmptyBody(403), Forbidden, "HTTP 403"),
        (says(402, error("pay")), KeyExhausted, "pay"),
        (Answer(401, XML, denied("InvalidAccessKeyId", "No such key")), KeyRefused, "No such key"),
        (Answer(403, XML, denied("AccessDenied", "")), Forbidden, "AccessDenied"),
        (
            Answer(403, HTML, b"<error>No entry &amp; no way</error>"),
            Forbidden,
            "No entry & no way",
        ),
        (Answer(403, XML, denied("QuotaExceeded", "no more")), KeyExhausted, "no more"),
        (Answer(401, XML, b"<!-- a --><a:Fault xmlns:a='b'/>"), KeyRefused, "HTTP 401"),
        (
            Answer(401, XML, b"<problem><title>T</title><detail>D</detail></problem>"),
            KeyRefused,
            "D",
        ),
        (Answer(403, XML, XHTML), PageInstead, "HTTP 403"),
        (Answer(403, PLAIN, b"<WISPAccessGatewayParam/>"), PageInstead, "HTTP 403"),
        (Answer(404, XML, denied("NoSuchBucket", "none")), WrongAddress, "none"),
        (Answer(503, XML, denied("SlowDown", "busy")), ServerFault, "busy"),
        (Answer(200, XML, denied("InternalError", "sorry")), BadAnswer, "sorry"),
        (
            says(401, {"base_resp": {"status_code": 1004, "status_msg": "bad key"}}),
            KeyRefused,
            "bad",
        ),
        (says(403, {"ResponseMetadata": {"Error": {"Message": "arrears"}}}), KeyExhausted, "arr"),
        (says(403, {"Response": {"Error": {"Code": "X.QuotaExceeded"}}}), KeyExhausted, "X.Quota"),
        (says(403, {"code": "quota_used", "error": {"message": "no"}}), KeyExhausted, "no"),
        (says(200, {"code": 401, "message": "bad key", "data": None}), KeyRefused, "bad key"),
        (says(200, {"code": "403", "msg": "not you"}), Forbidden, "not you"),
        (says(200, {"code": 403, "msg": "余额不足"}), KeyExhausted, "余额不足"),
        (says(200, {"error": {"code": 429, "message": "slow"}}), RateLimited, "slow"),
        (says(200, {"status_code": 503, "error": "busy"}), ServerFault, "busy"),
        (says(200, {"code": 404, "message": "gone"}), TaskNotFound, "gone"),
        (says(200, {"code": 1004, "message": "odd"}), BadAnswer, "odd"),
        (EmptyBody(402), KeyExhausted, "HTTP 402"),
        (Answer(402, HTML, b"<html>"), PageInstead, "HTTP 402"),
        (says(401, error("TokenStatusExhausted")), KeyExhausted, "TokenStatusExhausted"),
        (says(403, error("no", "insufficient_user_quota")), KeyExhausted, "no"),
        (says(403, error("Insufficient credits. Please top up")), KeyExhausted, "Insufficient"),
        (says(403, error("额度已用完")), KeyExhausted, "额度已用完"),
        (says(403, error("blocked by the load balancer")), Forbidden, "blocked by"),
        (says(401, {"error": "Insufficient balance, please recharge"}), KeyExhausted, "Insuff"),
        (says(401, {"msg": "余额不足"}), KeyExhausted, "余额不足"),
        (says(401, {"detail": "quota exhausted"}), KeyExhausted, "quota"),
        (says(403, {"errors": [{"message": "quota exhausted"}]}), KeyExhausted, "quota"),
        (says(403, error("账户可用金额不足，请续费")), KeyExhausted, "账户可用金额不足"),
        (says(403, error("Your wallet is empty")), KeyExhausted, "Your wallet"),
        (Answer(403, PLAIN, b"quota exhausted"), KeyExhausted, "quota exhausted"),
        (says(429, error("check your plan", "insufficient_quota")), KeyExhausted, "check your"),
        (says(403, error("request quota per minute exceeded")), RateLimited, "request quota"),
        (says(400, error("任务不存在")), TaskNotFound, "任务不存在"),
        (says(400, error("", "task_not_found")), TaskNotFound, "task_not_found"),
        (says(200, {"code": "task_not_exist", "data": None}), TaskNotFound, "task_not_exist"),
        (says(401, error("check your billing page", "invalid_api_key")), KeyRefused, "check"),
        (says(404, {"code": "x", "message": "no task"}), TaskNotFound, "no task"),
        (EmptyBody(404), TaskNotFound, "HTTP 404"),
        (Html(404), WrongPage, "HTTP 404"),
        (says(404, error("Invalid URL (GET /x)")), WrongAddress, "Invalid URL (GET /x)"),
        (says(400, {"code": "task_not_exist", "message": ""}), TaskNotFound, "task_not_exist"),
        (says(400, error("", "task_not_exist")), TaskNotFound, "task_not_exist"),
        (says(400, {"code": "invalid", "message": "no"}), BadAnswer, "no"),
        (Html(400), WrongPage, "HTTP 400"),
        (says(408, {}), RateLimited, "HTTP 408"),
        (says(429, error("slow down")), RateLimited, "slow down"),
        (EmptyBody(429), RateLimited, "HTTP 429"),
        (says(500, error("panic")), ServerFault, "panic"),
        (Html(502), ServerFault, "HTTP 502"),
        (EmptyBody(503), ServerFault, "HTTP 503"),
        (EmptyBody(204), BadAnswer, "empty response"),
        (EmptyBody(202), BadAnswer, "empty response"),
        (says(202, {"message": "accepted"}), BadAnswer, "accepted"),
        (EmptyBody(), BadAnswer, "empty response"),
        (Answer(200, HTML, b""), BadAnswer, "empty response"),
        (Html(), WrongPage, "got an HTML page instead of an API response"),
        (Answer(200, PLAIN, b"\xef\xbb\xbf <p>"), WrongPage, "got an HTML page"),
        (Answer(200, HTML, b"Sign in"), WrongPage, "got an HTML page"),
        (
            Answer(200, body=b'{"code":"success","data":{"ta'),
            BadAnswer,
            "response is not valid JSON",
        ),
        (Answer(200, body=b"\xff\xfe\x00"), BadAnswer, "response is not valid JSON"),
        (Answer(200, body=b"[" * 100_000), BadAnswer, "response is not valid JSON"),
        (Answer(200, body=b'{"n":%s}' % (b"9" * 5000)), BadAnswer, "response is not valid JSON"),
        (says(200, {"code": "fail", "message": "no", "data": None}), BadAnswer, "no"),
        (says(200, error("no")), BadAnswer, "no"),
        (says(200, ["a", "list"]), BadAnswer, "response contains no task"),
        (Huge(64 * MEBIBYTE), BadAnswer, "response larger than 4 MiB"),
        (GzipBomb(64), BadAnswer, "response larger than 4 MiB"),
        (
            Answer(200, {"Content-Encoding": "gzip"}, b"no gzip"),
            BadAnswer,
            "corrupt compressed data",
        ),
        (
            Answer(200, {"Content-Encoding": "br"}, b"{}"),
            BadAnswer,
            "unsupported Content-Encoding: br",
        ),
        (Cut(20), Unreachable, "peer closed connection"),
        (FalseLength(9_999), Unreachable, "peer closed connection"),
        (FalseLength(20), BadAnswer, "response is not valid JSON"),
        (Reset(), Unreachable, ""),
        (Raw(b""), Unreachable, "Server disconnected"),
        (Raw(b"SSH-2.0-OpenSSH_9.6\r\n\r\n"), Unreachable, ""),
    ],
)
async def test_a_bad_answer_has_a_name(
    client: Client, demo: Demo, done: DemoTask, fault: Fault, kind: type[ApiError], text: str
) -> None:
    demo.gateway.faults.push(done.id, fault)
    caught = await failure(client, done.id)
    assert type(caught) is kind
    assert caught.text.startswith(text)
    assert caught.text
    assert (await client.task(done.id)).id == done.id  # and the next question is answered


@pytest.mark.parametrize(
    "fault",
    [Cut(20), Reset(), EmptyBody(429), EmptyBody(408), Html(502), EmptyBody(), Huge(5 * MEBIBYTE)],
)
async def test_what_passes_is_weather(
    client: Client, demo: Demo, done: DemoTask, fault: Fault
) -> None:
    demo.gateway.faults.push(done.id, fault)
    assert isinstance(await failure(client, done.id), TransientError)


async def test_an_unknown_id_is_a_task_not_found(client: Client) -> None:
    caught = await failure(client, "asyntask_unknown")
    assert (type(caught), caught.status) == (TaskNotFound, 400)
    assert caught.request_id


async def test_a_wrong_key_is_refused(demo: Demo, done: DemoTask) -> None:
    async with Client(demo.url, ApiKey("sk-wrong")) as client:
        assert isinstance(await failure(client, done.id), KeyRefused)


async def test_a_wrong_path_is_a_wrong_address(demo: Demo, done: DemoTask) -> None:
    async with Client(f"{demo.url}/wrong/", ApiKey(demo.key)) as client:
        assert isinstance(await failure(client, done.id), WrongAddress)


async def test_without_a_key_nothing_is_asked(demo: Demo, done: DemoTask) -> None:
    async with Client(demo.url, None) as client:
        assert isinstance(await failure(client, done.id), KeyMissing)
    assert not demo.gateway.requests


async def test_a_base_url_may_have_a_path(done: DemoTask) -> None:
    async with (
        Demo(prefix="/api", scenario=(done,)) as demo,
        Client(f"{demo.url}/", ApiKey(demo.key)) as client,
    ):
        assert (await client.task(done.id)).id == done.id


@pytest.mark.parametrize("task_id", ["../x", "a/b", "%2F", "..", "任务", "a?b#c", "\ud800"])
async def test_an_odd_id_arrives_as_one_segment(client: Client, demo: Demo, task_id: str) -> None:
    assert isinstance(await failure(client, task_id), TaskNotFound)
    (request,) = demo.gateway.requests
    assert len(request.segments) == 4
    if task_id.isprintable():
        assert request.segments[-1] == task_id


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        ("37", 37.0),
        ("0", 0.0),
        (http_date(1_784_600_090), 90.0),
        (http_date(1_784_599_000), 0.0),
        ("", None),
        ("-5", None),
        ("soon", None),
        ("\u00b2", None),
        ("Tue, 21 Jul 99999999999 02:13:20 GMT", None),
        ("Tue, 21 Jul 2026 02:13:20 +99999999999999999", None),
    ],
)
async def test_the_wait_asked_for_is_a_number_or_a_date(
    client: Client, demo: Demo, done: DemoTask, value: str, seconds: float | None
) -> None:
    demo.gateway.faults.push(done.id, says(429, {}, **{"Retry-After": value}))
    caught = await failure(client, done.id)
    assert (type(caught), caught.retry_after) == (RateLimited, seconds)


@pytest.mark.parametrize(("coding", "pack"), [("gzip", gzip.compress), ("deflate", zlib.compress)])
async def test_a_packed_answer_is_read(
    client: Client, demo: Demo, done: DemoTask, coding: str, pack: Callable[[bytes], bytes]
) -> None:
    body = dump({"data": {"task_id": done.id, "fail_reason": "x" * 300_000}})
    demo.gateway.faults.push(done.id, Answer(200, {"Content-Encoding": coding}, pack(body)))
    task = await client.task(done.id)
    assert len(task.fail_reason or "") == 300_000


def dense_bomb() -> Answer:
    """200 MiB of blank in 200 kB that come at once, so that one piece of them is a bomb too."""
    packer, blank = zlib.compressobj(9, wbits=31), b" " * MEBIBYTE
    first, block = (packer.compress(blank) + packer.flush(zlib.Z_FULL_FLUSH) for _ in range(2))
    return Answer(200, {"Content-Encoding": "gzip"}, first + block * 199)


@pytest.mark.parametrize("fault", [Huge(1024 * MEBIBYTE), GzipBomb(1024), dense_bomb()])
async def test_a_bomb_needs_little_memory(
    client: Client, demo: Demo, done: DemoTask, fault: Fault
) -> None:
    demo.gateway.faults.push(done.id, fault)
    tracemalloc.start()
    try:
        assert isinstance(await failure(client, done.id), BadAnswer)
        assert tracemalloc.get_traced_memory()[1] < 24 * MEBIBYTE
    finally:
        tracemalloc.stop()


@pytest.mark.usefixtures("hurry")
async def test_no_answer_in_time_is_weather(demo: Demo, done: DemoTask) -> None:
    demo.gateway.faults.push(done.id, BlackHole())
    async with Client(demo.url, ApiKey(demo.key)) as client:
        assert isinstance(await failure(client, done.id), TimedOut)
        assert (await client.task(done.id)).id == done.id


async def test_an_answer_that_drips_is_given_up(
    client: Client, demo: Demo, done: DemoTask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("seedance_tui.api.client._WHOLE_ANSWER", 0.1)
    demo.gateway.faults.push(done.id, Slow(100))
    assert isinstance(await failure(client, done.id), TimedOut)
    assert (await client.task(done.id)).id == done.id


@pytest.mark.parametrize("fault", [Html(), Html(404), Redirect("https://portal.example/")])
async def test_an_address_that_was_right_does_not_turn_wrong(
    client: Client, demo: Demo, done: DemoTask, fault: Fault
) -> None:
    await client.task(done.id)
    demo.gateway.faults.push(done.id, fault)
    caught = await failure(client, done.id)
    assert type(caught) is BadAnswer
    assert caught.status in (200, 302, 404)


async def test_an_id_that_is_too_long_is_not_asked_about(client: Client, demo: Demo) -> None:
    assert isinstance(await failure(client, "x" * 9_000), TaskNotFound)
    assert not demo.gateway.requests


async def test_an_answer_that_echoes_the_key_is_kept_without_it(
    client: Client, demo: Demo, done: DemoTask
) -> None:
    echo = {"data": {"task_id": done.id, "fail_reason": f"key {demo.key}", "data": {"k": demo.key}}}
    demo.gateway.faults.push(done.id, says(200, echo))
    task = await client.task(done.id)
    assert task.fail_reason == "key …"
    assert demo.key not in json.dumps(task.raw)


async def test_a_question_that_is_cancelled_blocks_no_other(
    client: Client, demo: Demo, done: DemoTask
) -> None:
    arrived = asyncio.Semaphore(0)

    async def silence(request: Request, handler: Handler) -> Response:
        arrived.release()
        await asyncio.Event().wait()
        return Response()

    demo.gateway.faults.push("silence", silence, times=None)
    asked = [asyncio.create_task(client.task("silence")) for _ in range(8)]
    for _ in asked:
        await arrived.acquire()
    for question in asked:
        question.cancel()
    await asyncio.gather(*asked, return_exceptions=True)
    assert (await client.task(done.id)).id == done.id


async def test_answers_that_are_left_unread_use_up_no_connection(
    client: Client, demo: Demo, done: DemoTask
) -> None:
    demo.gateway.faults.push(done.id, Huge(64 * MEBIBYTE), times=9)
    async with asyncio.timeout(5):
        unread = [await failure(client, done.id) for _ in range(9)]
        assert (await client.task(done.id)).id == done.id
    assert {type(caught) for caught in unread} == {BadAnswer}


async def test_many_questions_at_once_wait_for_one_another(
    client: Client, demo: Demo, done: DemoTask
) -> None:
    tasks = await asyncio.gather(*(client.task(done.id) for _ in range(40)))
    assert {task.id for task in tasks} == {done.id}


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
async def test_a_redirect_is_not_followed(
    client: Client, demo: Demo, done: DemoTask, status: int
) -> None:
    demo.gateway.faults.push(done.id, Redirect(f"{demo.store.url}/elsewhere", status))
    assert isinstance(await failure(client, done.id), WrongAddress)
    assert not demo.store.requests


@pytest.mark.parametrize(
    ("location", "kind"),
    [
        ("https://portal.example/login?to={url}", WrongPage),
        ("/login", WrongPage),
        ("http://[", WrongPage),
        ("https://www.gw.example{path}", WrongAddress),
        ("{path}/", WrongAddress),
        ("/api{path}", WrongAddress),
        ("", WrongAddress),
    ],
)
async def test_a_redirect_to_a_page_is_a_login_and_one_to_the_task_a_wrong_base_url(
    client: Client, demo: Demo, done: DemoTask, location: str, kind: type[ApiError]
) -> None:
    path = f"/v1/video/generations/{done.id}"
    to = location.format(url=demo.url + path, path=path)
    demo.gateway.faults.push(done.id, Answer(302, {"Location": to, **HTML}, b"<html>Found"))
    assert type(await failure(client, done.id)) is kind


def status_of(client: Client, url: str) -> int:
    """Ask for a file, in a thread."""
    with client.files.get(url, {"Range": "bytes=0-0"}, CancelToken()) as response:
        return response.status_code


async def test_the_key_goes_to_the_gateway_alone(
    client: Client, demo: Demo, done: DemoTask, proxied: DemoTask
) -> None:
    for task_id in (done.id, proxied.id):
        link = link_of(await client.task(task_id), Kind.RESULT)
        assert link
        assert await asyncio.to_thread(status_of, client, link.url) in (200, 206)
    assert len(demo.store.requests) == 1
    assert not demo.store.leaks
    for request in demo.gateway.requests:
        assert request.headers["authorization"] == f"Bearer {demo.key}"


@pytest.mark.parametrize("status", [200, 400, 401, 403, 404, 429, 500])
@pytest.mark.parametrize("key", ["sk-aVeryLongKey0123456789", "another kind/of+key='0123'"])
async def test_no_error_tells_the_key(demo: Demo, done: DemoTask, status: int, key: str) -> None:
    said = f"Incorrect key {key} in 'Bearer {key}', not sk-abc***xyz or AKLTabc"
    demo.gateway.faults.push(done.id, says(status, error(said)))
    async with Client(demo.url, ApiKey(key)) as client:
        caught = await failure(client, done.id)
    told = "".join(traceback.format_exception(caught)) + repr(caught) + repr(client) + caught.text
    assert "Incorrect key" in caught.text
    for secret in (key, "sk-abc", "xyz", "AKLTabc"):
        assert secret not in told


async def test_a_log_tells_neither_the_key_nor_a_link(
    client: Client, demo: Demo, done: DemoTask, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG):
        link = link_of(await client.task(done.id), Kind.RESULT)
        assert link
        await asyncio.to_thread(status_of, client, link.url)
    assert "connect_tcp" in caplog.text
    for secret in (demo.key, "Signature"):
        assert secret not in caplog.text


@pytest.mark.parametrize(("behind", "skew"), [(100, 100.0), (-30, -30.0), (90_000, 90_000.0)])
async def test_the_clocks_are_compared(
    demo: Demo, done: DemoTask, clock: ManualClock, behind: int, skew: float | None
) -> None:
    async with Client(demo.url, ApiKey(demo.key), clock=lambda: clock() - behind) as client:
        await client.task(done.id)
        assert client.clock_skew == skew


@pytest.fixture
def closed_port() -> int:
    with socket.socket() as plug:
        plug.bind(("127.0.0.1", 0))
        port: int = plug.getsockname()[1]
        return port


async def test_a_refused_port_is_weather(closed_port: int) -> None:
    async with Client(f"http://127.0.0.1:{closed_port}", ApiKey("k")) as client:
        assert isinstance(await failure(client, "t"), Unreachable)


async def test_a_name_that_nobody_knows_is_weather(monkeypatch: pytest.MonkeyPatch) -> None:
    def unknown(*_: object, **__: object) -> None:
        raise socket.gaierror(-2, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", unknown)
    async with Client("https://nowhere.invalid", ApiKey("k")) as client:
        assert isinstance(await failure(client, "t"), Unreachable)


async def test_tls_to_a_plain_port_is_weather(demo: Demo, done: DemoTask) -> None:
    async with Client(demo.url.replace("http:", "https:"), ApiKey(demo.key)) as client:
        assert isinstance(await failure(client, done.id), Unreachable)
    assert not demo.gateway.requests


@pytest.mark.parametrize("host", ["xn--.example", "\u2100.example"])
async def test_a_host_that_cannot_be_is_a_wrong_address(host: str) -> None:
    with pytest.raises((WrongAddress, SetupFailed)):
        async with Client(f"http://{host}", ApiKey("k")) as client:
            await client.task("t")


@pytest.mark.parametrize(
    "base_url", ["", "www.anyfast.com.cn", "ftp://gw.example", "https://", "https://gw:port"]
)
def test_a_base_url_that_is_no_web_address_is_refused(base_url: str) -> None:
    with pytest.raises(SetupFailed, match="base URL"):
        Client(base_url, ApiKey("k"))


@pytest.mark.parametrize("scheme", ["socks5", "socks5h", "socks"])
def test_a_socks_proxy_without_its_extra_names_the_extra(
    monkeypatch: pytest.MonkeyPatch, scheme: str
) -> None:
    monkeypatch.setitem(sys.modules, "socksio", None)
    monkeypatch.setenv("ALL_PROXY", f"{scheme}://127.0.0.1:1080")
    with pytest.raises(SetupFailed, match=r"seedance-tui\[socks\]"):
        Client("https://gw.example", ApiKey("k"))


def test_the_environment_is_left_as_it_was(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ALL_PROXY", "socks://127.0.0.1:1080")
    with pytest.raises(SetupFailed):
        Client("https://gw.example", ApiKey("k"))
    assert os.environ["ALL_PROXY"] == "socks://127.0.0.1:1080"


@pytest.mark.parametrize("proxy", ["gopher://127.0.0.1:70", "http://127.0.0.1:port"])
def test_a_proxy_that_cannot_be_used_is_a_failed_setup(
    monkeypatch: pytest.MonkeyPatch, proxy: str
) -> None:
    monkeypatch.setenv("HTTPS_PROXY", proxy)
    with pytest.raises(SetupFailed, match="proxy"):
        Client("https://gw.example", ApiKey("k"))


async def test_a_proxy_of_the_environment_is_used(
    demo: Demo, done: DemoTask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HTTP_PROXY", demo.url)
    async with Client("http://gw.invalid", ApiKey(demo.key)) as client:
        assert (await client.task(done.id)).id == done.id
    (request,) = demo.gateway.requests
    assert request.target.startswith("http://gw.invalid/")


async def test_a_proxy_that_is_not_there_is_weather(
    demo: Demo, done: DemoTask, closed_port: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HTTP_PROXY", f"http://127.0.0.1:{closed_port}")
    async with Client(demo.url, ApiKey(demo.key)) as client:
        assert isinstance(await failure(client, done.id), Unreachable)
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    async with Client(demo.url, ApiKey(demo.key)) as client:
        assert (await client.task(done.id)).id == done.id


@pytest.mark.parametrize("content", [None, b"no certificate"])
def test_certificates_that_cannot_be_read_are_a_failed_setup(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, content: bytes | None
) -> None:
    path = tmp_path / "certificates.pem"
    if content:
        path.write_bytes(content)
    monkeypatch.setenv("SSL_CERT_FILE", str(path))
    with pytest.raises(SetupFailed, match="SSL_CERT_FILE"):
        Client("https://gw.example", ApiKey("k"))


def test_a_key_shows_itself_to_nobody() -> None:
    assert "secret" not in f"{ApiKey('secret')} {ApiKey('secret')!r}"
    assert ApiKey("a") == ApiKey("a") != ApiKey("b")


async def test_no_http_error_comes_out_as_it_is(done: DemoTask) -> None:
    """Whatever httpx may raise is one of ours: also what no server on a socket provokes."""
    kinds = [httpx.PoolTimeout, httpx.ProxyError, httpx.UnsupportedProtocol, httpx.WriteError]
    for kind in [*kinds, httpx.DecodingError, httpx.TooManyRedirects, httpx.LocalProtocolError]:

        def fail(request: httpx.Request, kind: Callable[..., Exception] = kind) -> httpx.Response:
            raise kind("Bearer sk-secret", request=request)

        transport = httpx.MockTransport(fail)
        async with Client("https://gw.example", ApiKey("sk-secret"), transport=transport) as client:
            caught = await failure(client, done.id)
        assert isinstance(caught, TransientError)
        assert "secret" not in caught.text
