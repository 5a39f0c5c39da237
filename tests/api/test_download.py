"""A file comes home whole or not at all, whatever the store and the disk do."""

import asyncio
import errno
import io
import os
import shutil
from collections import namedtuple
from contextlib import aclosing
from dataclasses import replace
from pathlib import Path

import httpx
import pytest

from seedance_tui.api import download as downloading
from seedance_tui.api.client import Client
from seedance_tui.api.download import Progress, download, looks_like_video
from seedance_tui.api.errors import (
    ApiError,
    DiskError,
    DownloadError,
    KeyRefused,
    LinkDead,
    NotAVideo,
    RateLimited,
    ServerFault,
    TimedOut,
    Unreachable,
    Weather,
)
from seedance_tui.api.errors import WrongLength as LengthIsWrong
from seedance_tui.api.key import ApiKey
from seedance_tui.api.links import Kind, link_of
from seedance_tui.demo import EVERY
from seedance_tui.demo.faults import (
    Answer,
    BlackHole,
    Cut,
    EmptyBody,
    Expired,
    GzipBomb,
    Html,
    Raw,
    Redirect,
    Reset,
    WrongLength,
)

MEBIBYTE = 1024 * 1024
MP4 = b"\x00\x00\x00\x18ftypmp42\x00\x00\x00\x00mp42isom"
Usage = namedtuple("Usage", "total used free")


class Stall:
    """Sends so many bytes of the body, and then nothing until the server ends."""

    def __init__(self, after: int) -> None:
        self._after = after

    async def __call__(self, request, handler):
        good = await handler(request)
        return replace(good, body=self._stalled(good), length=good.declared_length)

    async def _stalled(self, good):
        async with aclosing(good.chunks()) as chunks:
            async for chunk in chunks:
                yield chunk[: self._after]
                self._after -= len(chunk)
                if self._after <= 0:
                    await asyncio.Event().wait()


class Unmeasured:
    """Does not say how long the body is."""

    async def __call__(self, request, handler):
        return replace(await handler(request), length=None)


@pytest.fixture
def target(tmp_path: Path) -> Path:
    return tmp_path / "videos" / "视频.mp4"


@pytest.fixture
async def url(client, done) -> str:
    link = link_of(await client.task(done.id), Kind.RESULT)
    assert link
    return link.url


@pytest.fixture
async def own_url(client, proxied) -> str:
    """A link of the gateway's own."""
    link = link_of(await client.task(proxied.id), Kind.RESULT)
    assert link
    return link.url


def part_of(target: Path) -> Path:
    return target.with_name(target.name + ".part")


async def save(client: Client, url: str, target: Path, *, video: bool = True) -> list[Progress]:
    return [progress async for progress in download(client, url, target, video=video)]


async def failure(client: Client, url: str, target: Path, *, video: bool = True) -> ApiError:
    with pytest.raises(ApiError) as caught:
        await save(client, url, target, video=video)
    assert not os.path.lexists(target)
    return caught.value


async def test_a_video_comes_home_byte_for_byte(client, demo, url, target, content):
    seen = []
    async for progress in download(client, url, target):
        seen.append(progress)
        assert part_of(target).exists()
        assert not target.exists()
    assert target.read_bytes() == content
    assert os.listdir(target.parent) == [target.name]
    assert len(seen) > 2
    assert [p.received for p in seen] == sorted({p.received for p in seen})
    assert seen[-1] == Progress(len(content), len(content))
    assert seen[-1].fraction == 1.0


async def test_the_signed_link_is_asked_for_as_it_is(client, demo, url, target):
    await save(client, url, target)
    (request,) = demo.store.requests
    assert (request.method, demo.store.url + request.target) == ("GET", url)
    assert request.headers["accept-encoding"] == "identity"


async def test_the_store_never_gets_the_key(client, demo, url, target):
    await save(client, url, target)
    assert len(demo.store.requests) == 1
    assert not demo.store.leaks


async def test_the_gateway_gets_the_key_for_its_own_link(client, demo, own_url, target, content):
    await save(client, own_url, target)
    assert target.read_bytes() == content
    assert demo.gateway.requests[-1].path.endswith("/content")
    assert demo.gateway.requests[-1].headers["authorization"] == f"Bearer {demo.key}"
    assert not demo.store.requests


async def test_a_redirect_to_the_store_is_not_followed(client, demo, proxied, own_url, target, url):
    demo.gateway.faults.push(f"{proxied.id}/content", Redirect(url))
    assert isinstance(await failure(client, own_url, target), LinkDead)
    assert not demo.store.requests


async def test_a_file_of_unknown_length_is_whole_when_the_stream_is(
    client, demo, url, target, content
):
    demo.store.faults.push(EVERY, Unmeasured())
    *_, last = await save(client, url, target)
    assert (last, last.fraction) == (Progress(len(content), None), None)
    assert target.read_bytes() == content


@pytest.mark.parametrize(
    ("fault", "kind"),
    [
        (Expired(), LinkDead),
        (EmptyBody(404), LinkDead),
        (EmptyBody(400), LinkDead),
        (EmptyBody(401), LinkDead),
        (EmptyBody(416), LinkDead),
        (EmptyBody(429), RateLimited),
        (EmptyBody(408), RateLimited),
        (EmptyBody(500), ServerFault),
        (Html(503), ServerFault),
        (Html(), NotAVideo),
        (Answer(200, {}, b'{"Code":"AccessDenied"}'), NotAVideo),
        (Answer(200, {}, b"tiny"), NotAVideo),
        (GzipBomb(1), NotAVideo),
        (EmptyBody(), LengthIsWrong),
        (Cut(100), Unreachable),
        (Cut(2 * MEBIBYTE), Unreachable),
        (WrongLength(9 * MEBIBYTE), Unreachable),
        (Reset(), Unreachable),
        (Raw(b""), Unreachable),
        (Raw(b"not HTTP at all\r\n\r\n"), Unreachable),
    ],
)
async def test_nothing_half_gets_the_final_name(client, demo, url, target, fault, kind, content):
    demo.store.faults.push(EVERY, fault)
    caught = await failure(client, url, target)
    assert type(caught) is kind
    assert isinstance(caught, Weather) or not part_of(target).exists()
    await save(client, url, target)  # what is left of a first try does not harm a second
    assert target.read_bytes() == content


async def test_an_expired_link_is_dead(client, clock, url, target):
    clock.turn(86_401)
    caught = await failure(client, url, target)
    assert (type(caught), caught.status, caught.text) == (LinkDead, 403, "Request has expired")


async def test_a_store_that_asks_to_wait_says_how_long(client, demo, url, target):
    demo.store.faults.push(EVERY, Answer(429, {"Retry-After": "37"}))
    assert (await failure(client, url, target)).retry_after == 37.0


async def test_a_refused_key_is_no_dead_link(client, demo, own_url, target):
    demo.gateway.accept_key("sk-another")
    assert isinstance(await failure(client, own_url, target), KeyRefused)


@pytest.mark.parametrize("status", [401, 404, 429, 500])
async def test_no_error_of_a_download_tells_the_key(client, demo, proxied, own_url, target, status):
    said = Answer(status, {}, b'{"error":{"message":"key %s"}}' % demo.key.encode())
    demo.gateway.faults.push(f"{proxied.id}/content", said)
    caught = await failure(client, own_url, target)
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
async def test_what_is_no_web_link_is_dead(client, target, link):
    assert isinstance(await failure(client, link, target), LinkDead)


async def test_a_picture_need_not_be_a_video(client, demo, done, tmp_path):
    link = link_of(await client.task(done.id), Kind.LAST_FRAME)
    assert link
    await save(client, link.url, tmp_path / "frame.jpg", video=False)
    assert (tmp_path / "frame.jpg").read_bytes().startswith(b"\xff\xd8")
    demo.store.faults.push(EVERY, Html())
    caught = await failure(client, link.url, tmp_path / "page.jpg", video=False)
    assert isinstance(caught, NotAVideo)


@pytest.mark.parametrize("box", [b"ftyp", b"moov", b"mdat", b"wide", b"free", b"skip"])
def test_a_video_begins_with_a_known_box(box):
    assert looks_like_video(b"\x00\x00\x00\x08" + box)


@pytest.mark.parametrize("head", [b"", b"ftyp", MP4[:7], b"<!doctype html>", b"\x1f\x8b" * 8])
def test_anything_else_is_no_video(head):
    assert not looks_like_video(head)


@pytest.mark.usefixtures("hurry")
@pytest.mark.parametrize("fault", [BlackHole(), Stall(2 * MEBIBYTE)])
async def test_a_store_that_falls_silent_is_weather(demo, url, target, fault):
    demo.store.faults.push(EVERY, fault)
    async with Client(demo.url, ApiKey(demo.key)) as client:
        assert isinstance(await failure(client, url, target), TimedOut)


async def test_a_slow_stream_is_news_before_a_buffer_is_full(
    client, demo, url, target, monkeypatch
):
    monkeypatch.setattr(downloading, "_BUFFER_SECONDS", 0.0)
    demo.store.faults.push(EVERY, Stall(100_000))
    async with aclosing(download(client, url, target)) as steps:
        assert 0 < (await anext(steps)).received <= 100_000


async def test_a_download_that_is_cancelled_leaves_no_file(client, demo, url, target, content):
    demo.store.faults.push(EVERY, Stall(2 * MEBIBYTE))
    moving = asyncio.Event()

    async def follow() -> None:
        async for _ in download(client, url, target):
            moving.set()

    following = asyncio.create_task(follow())
    await moving.wait()
    following.cancel()
    with pytest.raises(asyncio.CancelledError):
        await following
    assert not target.exists()
    await save(client, url, target)
    assert target.read_bytes() == content


async def test_a_download_that_nobody_follows_leaves_no_file(client, url, target):
    async with aclosing(download(client, url, target)) as steps:
        await anext(steps)
    assert not target.exists()


@pytest.mark.parametrize("kind", ["file", "folder", "dangling link"])
async def test_what_is_there_is_never_overwritten(client, demo, url, target, kind):
    target.parent.mkdir()
    match kind:
        case "file":
            target.write_bytes(b"mine")
        case "folder":
            target.mkdir()
        case _:
            target.symlink_to("nowhere")
    with pytest.raises(FileExistsError):
        await save(client, url, target)
    assert not demo.store.requests
    assert kind != "file" or target.read_bytes() == b"mine"


@pytest.mark.parametrize("links", [True, False])
async def test_what_appears_meanwhile_is_not_overwritten(client, url, target, monkeypatch, links):
    if not links:
        monkeypatch.setattr(os, "link", refuse(errno.EPERM))
    with pytest.raises(FileExistsError):
        async for _ in download(client, url, target):
            target.write_bytes(b"mine")
    assert target.read_bytes() == b"mine"
    assert not part_of(target).exists()


async def test_a_disk_without_hard_links_will_do(client, url, target, content, monkeypatch):
    monkeypatch.setattr(os, "link", refuse(errno.EPERM))
    await save(client, url, target)
    assert target.read_bytes() == content
    assert os.listdir(target.parent) == [target.name]


def refuse(number: int):
    def refused(*_: object, **__: object) -> None:
        raise OSError(number, os.strerror(number))

    return refused


@pytest.mark.parametrize("name", ["mkdir", "open"])
@pytest.mark.parametrize("number", [errno.EACCES, errno.EROFS, errno.ENOSPC])
async def test_a_folder_that_cannot_be_written_is_the_disks_refusal(
    client, url, target, monkeypatch, name, number
):
    monkeypatch.setattr(Path, name, refuse(number))
    caught = await failure(client, url, target)
    assert (type(caught), caught.text) == (DiskError, os.strerror(number))


async def test_a_file_in_the_place_of_the_folder_is_the_disks_refusal(client, url, target):
    target.parent.write_bytes(b"mine")
    assert isinstance(await failure(client, url, target), DiskError)
    assert target.parent.read_bytes() == b"mine"


async def test_a_name_that_is_too_long_is_the_disks_refusal(client, url, tmp_path):
    assert isinstance(await failure(client, url, tmp_path / ("x" * 300)), DiskError)


async def test_a_full_disk_is_seen_before_anything_is_written(client, url, target, monkeypatch):
    monkeypatch.setattr(shutil, "disk_usage", lambda path: Usage(100, 99, 17 * MEBIBYTE))
    caught = await failure(client, url, target)
    assert isinstance(caught, DiskError)
    assert f"{17 * MEBIBYTE} are free" in caught.text
    assert not part_of(target).exists()


async def test_a_file_that_another_window_saves_is_left_to_it(client, url, target, content):
    async with aclosing(download(client, url, target)) as steps:
        await anext(steps)
        caught = await failure(client, url, target)
        assert (type(caught), caught.text) == (DiskError, "another window is saving this file")
        async for _ in steps:
            assert part_of(target).exists()
    assert target.read_bytes() == content


class FullDisk(io.FileIO):
    """Refuses every byte."""

    def write(self, data: object) -> int:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


@pytest.mark.parametrize("size", [100, MEBIBYTE], ids=["when flushed", "when written"])
async def test_a_disk_that_fills_up_is_the_disks_refusal(
    client, demo, url, target, monkeypatch, size
):
    monkeypatch.setattr(Path, "open", lambda path, mode: io.BufferedWriter(FullDisk(path, "w")))
    demo.store.faults.push(EVERY, Answer(200, {}, MP4 + bytes(size)))
    caught = await failure(client, url, target)
    assert (type(caught), caught.text) == (DiskError, os.strerror(errno.ENOSPC))
    assert not part_of(target).exists()


async def test_a_move_that_is_refused_is_the_disks_refusal(client, url, target, monkeypatch):
    monkeypatch.setattr(os, "link", refuse(errno.EPERM))
    monkeypatch.setattr(Path, "rename", refuse(errno.EACCES))
    assert isinstance(await failure(client, url, target), DiskError)


async def test_a_download_raises_what_it_says(client, demo, url, target):
    """A DownloadError or Weather: nothing of httpx and no OSError."""
    faults = [Expired(), Html(), Cut(10), Reset(), EmptyBody(), EmptyBody(500), Redirect("/x")]
    for fault in faults:
        demo.store.faults.push(EVERY, fault)
        assert isinstance(await failure(client, url, target), DownloadError | Weather)


async def test_many_files_come_at_once(client, url, tmp_path, content):
    targets = [tmp_path / f"{number}.mp4" for number in range(6)]
    await asyncio.gather(*(save(client, url, target) for target in targets))
    assert all(target.read_bytes() == content for target in targets)


async def test_a_length_that_is_no_number_is_no_length(target):
    def answer(request: httpx.Request) -> httpx.Response:
        headers = [(b"Content-Length", b"\xb2")]
        return httpx.Response(200, headers=headers, stream=httpx.ByteStream(MP4))

    transport = httpx.MockTransport(answer)
    async with Client("https://gw.example", ApiKey("k"), transport=transport) as client:
        assert await save(client, "https://s.example/v", target) == [Progress(len(MP4), None)]
