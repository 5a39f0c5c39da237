"""A process that is killed loses of a file what was on its way to the disk, and no more."""

import asyncio
import os
import random
import re
import signal
import sys
from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import aclosing, suppress
from dataclasses import replace
from pathlib import Path

import pytest

from seedance_tui.api.transfer.claims import part_of
from seedance_tui.demo import EVERY, Blob, Demo
from seedance_tui.demo.messages import Handler, Request, Response
from tests.api.conftest import Save

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="there is no fork")

KILLS = 10
PIECE = 64 * 1024
"""What the store sends at once, at most."""
SAVER = """
import os, ssl, sys
from pathlib import Path
from seedance_tui.api.transfer._cancel import CancelToken
from seedance_tui.api.transfer.download import download
from seedance_tui.api.transfer.file_client import FileClient

trust = ssl.create_default_context()

for line in sys.stdin:
    child = os.fork()
    if child == 0:
        files = FileClient("http://127.0.0.1:9", None, trust)
        download(files, sys.argv[1], Path(sys.argv[2]), CancelToken())
        os._exit(0)
    print(child, flush=True)
    os.waitpid(child, 0)
    print("ended", flush=True)
"""
"""Saves in a process of its own for each line that it is given: forked, it need not import."""


class Doled:
    """Sends of every body the pieces that are allowed, and tells where in the file each ends."""

    def __init__(self) -> None:
        self.begins: list[int] = []
        self.begin_anew()

    def begin_anew(self) -> None:
        self.allowed = asyncio.Semaphore(0)
        self.ends: asyncio.Queue[int] = asyncio.Queue()

    async def __call__(self, request: Request, handler: Handler) -> Response:
        begin = re.fullmatch(r"bytes=(\d+)-", request.headers.get("range", "bytes=0-"))
        assert begin
        self.begins.append(int(begin[1]))
        good = await handler(request)
        return replace(good, body=self._dole(good), length=good.declared_length)

    async def _dole(self, good: Response) -> AsyncGenerator[bytes, None]:
        allowed, ends, end = self.allowed, self.ends, self.begins[-1]
        async with aclosing(good.chunks()) as chunks:
            async for chunk in chunks:
                await allowed.acquire()
                end += len(chunk)
                ends.put_nowait(end)
                yield chunk


class Saver:
    """Saves `url` under `target`, and is killed over it."""

    def __init__(self, process: asyncio.subprocess.Process, doled: Doled, target: Path) -> None:
        assert process.stdin
        assert process.stdout
        self._orders, self._answers = process.stdin, process.stdout
        self.doled = doled
        self._part = part_of(target)

    def end(self) -> None:
        self._orders.close()

    async def killed(self, pieces: int) -> int:
        """Kill it while the last of some pieces is on its way; tell where in the file that ends."""
        self.doled.begin_anew()
        end = 0
        self._orders.write(b"\n")
        child = int(await self._answers.readline())
        try:
            async with asyncio.timeout(30):
                for _ in range(pieces):
                    while end and self._part.stat().st_size < end:  # noqa: ASYNC110 -- another's work
                        await asyncio.sleep(0.001)
                    self.doled.allowed.release()
                    end = await self.doled.ends.get()
        finally:
            with suppress(ProcessLookupError):
                os.kill(child, signal.SIGKILL)
            await self._answers.readline()
        return end


@pytest.fixture
async def saver(demo: Demo, url: str, target: Path) -> AsyncIterator[Saver]:
    doled = Doled()
    demo.store.faults.push(EVERY, doled, times=None)
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-c", SAVER, url, str(target)),
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
    )
    saver = Saver(process, doled, target)
    yield saver
    saver.end()
    await process.wait()


@pytest.fixture
def blob() -> Blob:
    return Blob.virtual(100 * PIECE)


async def test_a_file_survives_ten_kills(
    demo: Demo, saver: Saver, target: Path, content: bytes, save: Save
) -> None:
    chance = random.Random(3)
    ends = [await saver.killed(chance.randint(1, 9)) for _ in range(KILLS)]
    assert not target.exists()
    demo.store.faults.clear()
    await save()
    assert target.read_bytes() == content
    begins = [*saver.doled.begins[1:], int(demo.store.requests[-1].headers["range"][6:-1])]
    for end, begin in zip(ends, begins, strict=True):
        assert end - PIECE <= begin <= end
