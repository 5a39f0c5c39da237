"""A file comes home whole or not at all, whatever the store does."""

import asyncio
import os
from dataclasses import replace
from pathlib import Path

import httpx
import pytest

from seedance_tui.api.client import Client
from seedance_tui.api.errors import (
    ApiError,
    ChecksumWrong,
    DownloadError,
    KeyRefused,
    LinkExpired,
    LinkRefused,
    NotAVideo,
    NotThere,
    StoreBusy,
    StoreFault,
    StoreUnreachable,
    TimedOut,
    TransientError,
    WrongLength,
)
from seedance_tui.api.key import ApiKey
from seedance_tui.api.links import Kind, link_of
from seedance_tui.api.transfer._cancel import Cancelled, CancelToken
from seedance_tui.api.transfer._first_bytes import is_wanted
from seedance_tui.api.transfer._progress import Progress
from seedance_tui.demo import EVERY, Demo, DemoTask, ManualClock
from seedance_tui.demo.clips import clip
from seedance_tui.demo.faults import (
    Answer,
    BlackHole,
    Cut,
    EmptyBody,
    Expired,
    FalseLength,
    Fault,
    GzipBomb,
    Headers,
    Html,
    Raw,
    Redirect,
    Reset,
    Stall,
)
from seedance_tui.demo.messages import Handler, Request, Response
from tests.api.conftest import Fail, Save

MEBIBYTE = 1024 * 1024
MP4 = b"\x00\x00\x00\x18ftypmp42\x00\x00\x00\x00mp42isom"
WRONG_CHECKSUM = Headers({"x-tos-hash-crc64ecma": "1"})


async def unmeasured(request: Request, handler: Handler) -> Response:
    """Does not say how long the body is."""
    return replace(await handler(request), length=None)


@pytest.fixture
async def own_url(client: Client, proxied: DemoTask) -> str:
    """A link of the gateway's own."""
    link = link_of(await client.task(proxied.id), Kind.RESULT)
    assert link
    return link.url


@pytest.mark.usefixtures("every_report")
async def test_a_video_comes_home_byte_for_byte(
    target: Path, part: Path, content: bytes, save: Save
) -> None:
    there = []
    seen = await save(on_progress=lambda _: there.append((part.exists(), target.exists())))
    assert {*there} == {(True, False)}
    assert target.read_bytes() == content
    assert os.listdir(target.parent) == [target.name]
    assert len(seen) > 3
    assert [p.received for p in seen] == sorted({p.received for p in seen})
    assert (seen[0], seen[-1]) == (Progress(0, len(content)), Progress(len(content), len(content)))
    assert seen[-1].fraction == 1.0


async def test_reports_are_few_and_the_last_is_among_them(
    content: bytes, save: Save, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("seedance_tui.api.transfer._progress.REPORT_SECONDS", 600.0)
    first, _, last = [progress.received for progress in await save()]
    assert (first, last) == (0, len(content))


async def test_the_signed_link_is_asked_for_as_it_is(demo: Demo, url: str, save: Save) -> None:
    await save()
    (request,) = demo.store.requests
    assert (request.method, demo.store.url + request.target) == ("GET", url)
    assert request.headers["accept-encoding"] == "identity"
    assert "range" not in request.headers


async def test_the_store_never_gets_the_key(demo: Demo, save: Save) -> None:
    demo.store.faults.push(EVERY, Cut(MEBIBYTE))
    await save()
    assert len(demo.store.requests) == 2
    assert not demo.store.leaks


async def test_the_gateway_gets_the_key_for_its_own_link(
    demo: Demo, proxied: DemoTask, own_url: str, target: Path, content: bytes, save: Save
) -> None:
    demo.gateway.faults.push(f"{proxied.id}/content", Cut(MEBIBYTE))
    await save(own_url)
    assert target.read_bytes() == content
    for request in list(demo.gateway.requests)[-2:]:
        assert request.path.endswith("/content")
        assert request.headers["authorization"] == f"Bearer {demo.key}"
    assert not demo.store.requests


async def test_a_redirect_to_the_store_is_followed_without_the_key(
    demo: Demo, proxied: DemoTask, own_url: str, url: str, target: Path, content: bytes, save: Save
) -> None:
    demo.gateway.faults.push(f"{proxied.id}/content", Redirect(url))
    await save(own_url)
    assert target.read_bytes() == content
    assert demo.store.requests
    assert not demo.store.leaks


async def test_a_file_of_unknown_length_is_whole_when_the_stream_is(
    demo: Demo, target: Path, content: bytes, save: Save
) -> None:
    demo.store.faults.push(EVERY, unmeasured)
    *_, last = await save()
    assert (last, last.fraction) == (Progress(len(content), None), None)
    assert target.read_bytes() == content


@pytest.mark.parametrize(
    ("fault", "kind"),
    [
        (Expired(), LinkExpired),
        (EmptyBody(410), LinkExpired),
        (EmptyBody(404), NotThere),
        (EmptyBody(400), LinkRefused),
        (EmptyBody(401), LinkRefused),
        (EmptyBody(403), LinkRefused),
        (EmptyBody(416), LinkRefused),
        (EmptyBody(206), LinkRefused),
        (EmptyBody(429), StoreBusy),
        (EmptyBody(408), StoreBusy),
        (EmptyBody(500), StoreFault),
        (Html(503), StoreFault),
        (Html(), NotAVideo),
        (Answer(200, {}, b'{"Code":"AccessDenied"}'), NotAVideo),
        (Answer(200, {}, b"tiny"), NotAVideo),
        (GzipBomb(1), NotAVideo),
        (EmptyBody(), WrongLength),
        (Cut(3), WrongLength),
        (Reset(), StoreUnreachable),
        (Raw(b""), StoreUnreachable),
        (Raw(b"not HTTP at all\r\n\r\n"), StoreUnreachable),
        (WRONG_CHECKSUM, ChecksumWrong),
        (FalseLength(2 * MEBIBYTE), ChecksumWrong),
    ],
)
async def test_nothing_half_gets_the_final_name(
    demo: Demo,
    target: Path,
    part: Path,
    content: bytes,
    save: Save,
    failure: Fail,
    fault: Fault,
    kind: type[ApiError],
) -> None:
    demo.store.faults.push(EVERY, fault, times=None)
    caught = await failure()
    assert type(caught) is kind
    passes = isinstance(caught, TransientError | WrongLength)
    assert len(demo.store.requests) == (3 if passes else 1)
    assert not os.listdir(target.parent)
    demo.store.faults.clear()
    await save()  # what is left of a first try does not harm a second
    assert target.read_bytes() == content


@pytest.mark.parametrize(
    "fault",
    [
        EmptyBody(429),
        EmptyBody(500),
        Html(503),
        EmptyBody(),
        Cut(0),
        Cut(100),
        Cut(2 * MEBIBYTE),
        FalseLength(9 * MEBIBYTE),
        Reset(),
        Raw(b""),
    ],
)
async def test_what_passes_is_tried_again(
    demo: Demo, target: Path, content: bytes, save: Save, fault: Fault
) -> None:
    demo.store.faults.push(EVERY, fault, times=2)
    await save()
    assert target.read_bytes() == content


async def test_an_expired_link_is_dead(clock: ManualClock, url: str, failure: Fail) -> None:
    clock.turn(86_401)
    caught = await failure()
    assert (type(caught), caught.status, caught.text) == (LinkExpired, 403, "Request has expired")


async def test_a_refused_key_is_no_dead_link(demo: Demo, own_url: str, failure: Fail) -> None:
    demo.gateway.accept_key("sk-another")
    assert isinstance(await failure(own_url), KeyRefused)


@pytest.mark.parametrize("status", [401, 404, 429, 500])
async def test_no_error_of_a_download_tells_the_key(
    demo: Demo, proxied: DemoTask, own_url: str, failure: Fail, status: int
) -> None:
    said = Answer(status, {}, b'{"error":{"message":"key %s"}}' % demo.key.encode())
    demo.gateway.faults.push(f"{proxied.id}/content", said, times=None)
    caught = await failure(own_url)
    assert "key …" in caught.text
    assert demo.key not in str(caught)


@pytest.mark.parametrize(
    "link",
    [
        "file:///etc/passwd",
        "javascript:alert(1)",
        "/v1/videos/x/content",
        "",
        "https://xn--.example/",
    ],
)
async def test_what_is_no_web_link_is_refused(failure: Fail, link: str) -> None:
    assert isinstance(await failure(link), LinkRefused)


async def test_a_picture_need_not_be_a_video(
    client: Client, demo: Demo, done: DemoTask, tmp_path: Path, save: Save, failure: Fail
) -> None:
    link = link_of(await client.task(done.id), Kind.LAST_FRAME)
    assert link
    await save(link.url, tmp_path / "frame.jpg", video=False)
    assert (tmp_path / "frame.jpg").read_bytes().startswith(b"\xff\xd8")
    demo.store.faults.push(EVERY, Html())
    caught = await failure(link.url, tmp_path / "page.jpg", video=False)
    assert isinstance(caught, NotAVideo)


@pytest.mark.parametrize(
    "box", [b"ftyp", b"moov", b"mdat", b"wide", b"free", b"skip", b"uuid", b"styp"]
)
def test_a_video_begins_with_a_known_box(box: bytes) -> None:
    assert is_wanted(b"\x00\x00\x00\x08" + box, "", video=True)


@pytest.mark.parametrize("head", [b"", b"ftyp", MP4[:7], b"<!doctype html>", b"\x1f\x8b" * 8])
def test_anything_else_is_no_video(head: bytes) -> None:
    assert not is_wanted(head, "", video=True)


@pytest.mark.usefixtures("hurry")
@pytest.mark.parametrize("fault", [BlackHole(), Stall(100_000), Stall(2 * MEBIBYTE)])
async def test_a_store_that_falls_silent_is_transient(
    demo: Demo, failure: Fail, fault: Fault
) -> None:
    demo.store.faults.push(EVERY, fault)
    demo.store.faults.push(EVERY, BlackHole(), times=None)
    async with Client(demo.url, ApiKey(demo.key)) as client:
        assert isinstance(await failure(client=client), TimedOut)


@pytest.mark.usefixtures("every_report")
async def test_what_was_received_before_a_stall_is_on_the_disk_and_reported(
    demo: Demo, part: Path, save: Save
) -> None:
    demo.store.faults.push(EVERY, Stall(100_000))
    cancel, on_the_disk = CancelToken(), []

    def look(progress: Progress) -> None:
        on_the_disk.append(part.stat().st_size)
        assert progress.received == on_the_disk[-1]
        if progress.received == 100_000:
            cancel.cancel()

    with pytest.raises(Cancelled):
        await save(on_progress=look, cancel=cancel)
    assert (on_the_disk[0], on_the_disk[-1]) == (0, 100_000)


async def test_a_download_raises_what_it_says(demo: Demo, failure: Fail) -> None:
    """A DownloadError or TransientError: nothing of httpx and no OSError."""
    for fault in (Expired(), Html(), Cut(0), Reset(), EmptyBody(), EmptyBody(500), Redirect("/x")):
        demo.store.faults.push(EVERY, fault, times=None)
        assert isinstance(await failure(), DownloadError | TransientError)


async def test_many_files_come_at_once(tmp_path: Path, content: bytes, save: Save) -> None:
    targets = [tmp_path / f"{number}.mp4" for number in range(6)]
    await asyncio.gather(*(save(target=target) for target in targets))
    assert all(target.read_bytes() == content for target in targets)


async def test_a_length_that_is_no_number_is_no_length(target: Path, save: Save) -> None:
    def answer(request: httpx.Request) -> httpx.Response:
        headers = [(b"Content-Length", b"\xb2")]
        return httpx.Response(200, headers=headers, stream=httpx.ByteStream(clip("original.mp4")))

    transport = httpx.MockTransport(answer)
    async with Client("https://gw.example", ApiKey("k"), transport=transport) as client:
        *_, last = await save("https://s.example/v", client=client)
    assert last == Progress(len(clip("original.mp4")), None)
