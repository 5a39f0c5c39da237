"""A download ends within a second of being cancelled, whatever it is waiting for."""

import asyncio
import json
import signal
import socket
import ssl
import subprocess
import sys
import threading
import time
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, suppress
from functools import partial
from pathlib import Path
from typing import Any

import httpx
import pytest

from seedance_tui.api.client import Client
from seedance_tui.api.transfer._cancel import Cancelled, CancelToken
from seedance_tui.api.transfer._progress import Progress
from seedance_tui.api.transfer.background import in_loop, in_thread
from seedance_tui.api.transfer.download import Placed, download
from seedance_tui.api.transfer.file_client import FileClient
from seedance_tui.api.transfer.part_file import Part
from seedance_tui.api.transfer.remote_file import RemoteFile, probe
from seedance_tui.api.transfer.retries import Retries
from seedance_tui.api.transfer.same_file import is_same
from seedance_tui.demo import EVERY, Blob, Demo
from seedance_tui.demo.faults import Answer, BlackHole, Reset, Stall

MEBIBYTE = 1024 * 1024
ELSEWHERE = "http://store.example/video.mp4"


Begin = Callable[..., asyncio.Task[Placed]]


@pytest.fixture
def begin(client: Client, url: str, target: Path) -> Begin:
    """Begins a download in the background."""

    def begin(url: str = url, retries: Retries = Retries()) -> asyncio.Task[Placed]:  # noqa: B008
        return asyncio.create_task(
            in_thread(lambda cancel: download(client.files, url, target, cancel, retries=retries))
        )

    return begin


async def ends_at_once(task: asyncio.Task[object]) -> None:
    began = time.monotonic()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert time.monotonic() - began < 0.9


async def until(holds: Callable[[], object]) -> None:
    async with asyncio.timeout(10):
        while not holds():  # noqa: ASYNC110 -- a thread's work
            await asyncio.sleep(0.002)


class Blocking:
    """Stands for a function of the system that does not return."""

    def __init__(self) -> None:
        self.called, self.release = threading.Event(), threading.Event()

    def __call__(self, *_: object, **__: object) -> None:
        self.called.set()
        self.release.wait(30)
        raise OSError("released")


@pytest.fixture
def blocking() -> Iterator[Blocking]:
    blocking = Blocking()
    yield blocking
    blocking.release.set()


@pytest.mark.parametrize("call", ["getaddrinfo", "create_connection"])
async def test_while_the_name_resolves_or_the_connection_is_made(
    begin: Begin, part: Path, monkeypatch: pytest.MonkeyPatch, blocking: Blocking, call: str
) -> None:
    monkeypatch.setattr(socket, call, blocking)
    task = begin(ELSEWHERE)
    await until(blocking.called.is_set)
    await ends_at_once(task)
    assert not part.exists(), "the file is not held by what was left behind"


@asynccontextmanager
async def silent_server(said: bytes = b"") -> AsyncIterator[tuple[str, list[asyncio.StreamWriter]]]:
    """Takes connections and says nothing more; gives its address and who is there."""
    there: list[asyncio.StreamWriter] = []
    gone = asyncio.Event()

    async def say_nothing(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        there.append(writer)
        writer.write(said)
        with suppress(ConnectionError):
            while await reader.read(1024):
                pass
        gone.set()
        writer.close()

    server = await asyncio.start_server(say_nothing, "127.0.0.1", 0)
    async with server:
        yield f"127.0.0.1:{server.sockets[0].getsockname()[1]}", there
        await asyncio.wait_for(gone.wait(), 10)


async def test_a_connection_that_is_made_after_the_cancellation_is_ended(
    begin: Begin, monkeypatch: pytest.MonkeyPatch
) -> None:
    resolve, called, release = socket.getaddrinfo, threading.Event(), threading.Event()

    def late(*arguments: Any, **options: Any) -> object:
        called.set()
        release.wait(30)
        return resolve(*arguments, **options)

    async with silent_server() as (address, there):
        monkeypatch.setattr(socket, "getaddrinfo", late)
        task = begin(f"http://{address}/video.mp4")
        await until(called.is_set)
        await ends_at_once(task)
        release.set()
        await until(lambda: there)  # and the server sees the connection end


async def test_an_answer_that_comes_after_the_cancellation_is_closed(target: Path) -> None:
    asked, release, closed = threading.Event(), threading.Event(), threading.Event()

    class Body(httpx.SyncByteStream):
        def __iter__(self) -> Iterator[bytes]:
            yield b""

        def close(self) -> None:
            closed.set()

    def answer(request: httpx.Request) -> httpx.Response:
        asked.set()
        release.wait(30)
        return httpx.Response(200, stream=Body())

    trust, late = ssl.create_default_context(), httpx.MockTransport(answer)
    files = FileClient(ELSEWHERE, None, trust, transport=late)
    task = asyncio.create_task(in_thread(partial(download, files, ELSEWHERE, target)))
    await until(asked.is_set)
    await ends_at_once(task)
    release.set()
    await until(closed.is_set)


async def test_while_tls_is_negotiated(begin: Begin) -> None:
    async with silent_server() as (address, there):
        task = begin(f"https://{address}/video.mp4")
        await until(lambda: there)
        await ends_at_once(task)  # and the server sees the connection end, or it waits for ever


async def test_while_the_headers_do_not_come(begin: Begin, demo: Demo, part: Path) -> None:
    demo.store.faults.push(EVERY, BlackHole())
    task = begin()
    await until(lambda: demo.store.requests)
    await ends_at_once(task)
    assert not part.exists()


async def test_while_the_body_stalls(begin: Begin, demo: Demo, part: Path) -> None:
    demo.store.faults.push(EVERY, Stall(MEBIBYTE))
    task = begin()
    await until(lambda: part.exists() and part.stat().st_size == MEBIBYTE)
    await ends_at_once(task)
    assert part.stat().st_size == MEBIBYTE


async def test_while_the_body_of_a_second_try_stalls(begin: Begin, demo: Demo, part: Path) -> None:
    """Its connection is a new one: a token does not know those that were made before it."""
    demo.store.faults.push(EVERY, Answer(503, body=b"busy"))
    demo.store.faults.push(EVERY, Stall(MEBIBYTE))
    task = begin(retries=Retries(first=0))
    await until(lambda: part.exists() and part.stat().st_size == MEBIBYTE)
    await ends_at_once(task)


async def test_while_it_waits_for_the_next_try(begin: Begin, demo: Demo) -> None:
    demo.store.faults.push(EVERY, Reset(), times=None)
    task = begin(retries=Retries(first=60.0))
    await until(lambda: demo.store.requests)
    await asyncio.sleep(0)
    await ends_at_once(task)
    assert len(demo.store.requests) == 1


async def test_while_a_large_part_is_read_back(
    begin: Begin,
    demo: Demo,
    blob: Blob,
    part: Path,
    validator: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    size = 64 * 1024 * MEBIBYTE  # of holes: it would take a minute
    part.parent.mkdir()
    with part.open("wb") as file:
        file.write(b"\x00\x00\x00\x18ftypmp42")
        file.truncate(size)
    known = {"total": size + 1, "etag": blob.etag, "modified": "", "crc64": blob.crc64}
    validator.write_text(json.dumps({"task": "", "kind": "", "object": ""} | known))
    reading, hash_existing = threading.Event(), Part.hash_existing

    def watched(part: Part, cancel: CancelToken) -> None:
        reading.set()
        hash_existing(part, cancel)

    monkeypatch.setattr(Part, "hash_existing", watched)
    task = begin()
    await until(reading.is_set)
    await ends_at_once(task)
    assert part.stat().st_size == size
    assert not demo.store.requests


def test_while_a_file_is_compared(tmp_path: Path) -> None:
    cancel, path = CancelToken(), tmp_path / "video.mp4"
    path.write_bytes(b"video")
    cancel.cancel()
    with pytest.raises(Cancelled):
        is_same(path, RemoteFile(total=5, crc64=1), cancel)


async def test_while_a_link_is_probed(client: Client, demo: Demo, url: str) -> None:
    demo.store.faults.push(EVERY, BlackHole())
    task = asyncio.create_task(in_thread(partial(probe, client.files, url)))
    await until(lambda: demo.store.requests)
    await ends_at_once(task)


async def test_what_begins_once_all_connections_are_closed_counts_as_cancelled(
    client: Client, begin: Begin, target: Path
) -> None:
    client.files.close()
    with pytest.raises(asyncio.CancelledError):
        await begin()
    assert not target.exists()


async def test_a_body_that_ends_with_its_connection_is_not_whole_when_it_is_cancelled(
    begin: Begin, part: Path, target: Path
) -> None:
    async with silent_server(b"HTTP/1.0 200 OK\r\n\r\n\0\0\0\x18ftypmp42") as (address, _):
        task = begin(f"http://{address}/video.mp4")
        await until(lambda: part.exists() and part.stat().st_size == 12)
        await ends_at_once(task)
    assert not target.exists()


async def test_a_disk_that_hangs_is_left_behind(
    begin: Begin, target: Path, monkeypatch: pytest.MonkeyPatch, blocking: Blocking
) -> None:
    monkeypatch.setattr("seedance_tui.api.transfer.background._GRACE", 0.1)
    monkeypatch.setattr("os.fsync", blocking)
    task = begin()
    await until(blocking.called.is_set)
    await ends_at_once(task)


async def test_what_was_cancelled_can_be_begun_again_at_once(
    begin: Begin, demo: Demo, part: Path, target: Path, content: bytes
) -> None:
    demo.store.faults.push(EVERY, Stall(MEBIBYTE))
    task = begin()
    await until(lambda: part.exists() and part.stat().st_size == MEBIBYTE)
    await ends_at_once(task)
    await begin()
    assert target.read_bytes() == content


async def test_many_reports_between_two_turns_of_the_loop_are_one(
    caplog: pytest.LogCaptureFixture,
) -> None:
    seen: list[Progress] = []
    report = in_loop(seen.append)
    thread = threading.Thread(target=lambda: [report(Progress(n, 100)) for n in range(100)])
    thread.start()
    thread.join()
    await asyncio.sleep(0)
    assert seen == [Progress(99, 100)]
    report(Progress(100, 100))
    await asyncio.sleep(0)
    assert seen == [Progress(99, 100), Progress(100, 100)]
    assert not caplog.records, "the loop has nothing to complain of"


def test_a_pause_ends_with_the_token() -> None:
    cancel = CancelToken()
    threading.Timer(0.01, cancel.cancel).start()
    with pytest.raises(Cancelled):
        cancel.pause(60)
    cancel.cancel()


STALLED = """
import asyncio, socket, ssl, sys, time
from pathlib import Path
from seedance_tui.api.transfer.background import in_thread
from seedance_tui.api.transfer.download import Placed, download
from seedance_tui.api.transfer.file_client import FileClient

def never(*_, **__):
    print("resolving", flush=True)
    time.sleep(600)

socket.getaddrinfo = never
files = FileClient("http://x.example", None, ssl.create_default_context())
link, target = "http://x.example/v.mp4", Path(sys.argv[1])
asyncio.run(in_thread(lambda cancel: download(files, link, target, cancel)))
"""


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGINT for one process")
def test_a_name_that_resolves_for_ever_does_not_delay_the_end_of_the_program(target: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", STALLED, str(target)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout
        assert process.stdout.readline() == "resolving\n"
        began = time.monotonic()
        process.send_signal(signal.SIGINT)
        process.communicate(timeout=30)
        assert time.monotonic() - began < 2
    assert not target.exists()
