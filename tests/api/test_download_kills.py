"""A process that is killed loses of a file what was on its way to the disk, and no more."""

import asyncio
import random
import re
import sys
from contextlib import aclosing
from dataclasses import replace
from pathlib import Path

import pytest

from seedance_tui.api.download import part_of
from seedance_tui.demo import EVERY, Blob

KILLS = 10
PIECE = 64 * 1024
"""What the store sends at once, at most."""
SAVE = """
import asyncio, sys
from pathlib import Path
from seedance_tui.api import stream
from seedance_tui.api.client import Client
from seedance_tui.api.download import download

stream._BUFFER_SECONDS = 0

async def main():
    async with Client("http://127.0.0.1:9", None) as client:
        async for _ in download(client, sys.argv[1], Path(sys.argv[2])):
            pass

asyncio.run(main())
"""


class Doled:
    """Sends of every body the pieces that are allowed, and tells where in the file each ends."""

    def __init__(self) -> None:
        self.begins: list[int] = []
        self.begin_anew()

    def begin_anew(self) -> None:
        self.allowed = asyncio.Semaphore(0)
        self.ends: asyncio.Queue[int] = asyncio.Queue()

    async def __call__(self, request, handler):
        begin = re.fullmatch(r"bytes=(\d+)-", request.headers.get("range", "bytes=0-"))
        assert begin
        self.begins.append(int(begin[1]))
        good = await handler(request)
        return replace(good, body=self._dole(good), length=good.declared_length)

    async def _dole(self, good):
        allowed, ends, end = self.allowed, self.ends, self.begins[-1]
        async with aclosing(good.chunks()) as chunks:
            async for chunk in chunks:
                await allowed.acquire()
                end += len(chunk)
                ends.put_nowait(end)
                yield chunk


async def killed(doled: Doled, pieces: int, url: str, target: Path) -> int:
    """Save in a process and kill it while the last of some pieces is on its way; tell its end."""
    doled.begin_anew()
    end, part = 0, part_of(target)
    child = await asyncio.create_subprocess_exec(sys.executable, "-c", SAVE, url, str(target))
    try:
        async with asyncio.timeout(30):
            for _ in range(pieces):
                while end and part.stat().st_size < end:  # noqa: ASYNC110 -- another's work
                    await asyncio.sleep(0.001)
                doled.allowed.release()
                end = await doled.ends.get()
    finally:
        child.kill()
        await child.wait()
    return end


@pytest.fixture
def blob() -> Blob:
    return Blob.virtual(100 * PIECE)


async def test_a_file_survives_ten_kills(demo, blob, url, target, content, save):
    chance, doled = random.Random(3), Doled()
    demo.store.faults.push(EVERY, doled, times=None)
    ends = [await killed(doled, chance.randint(1, 9), url, target) for _ in range(KILLS)]
    assert not target.exists()
    demo.store.faults.clear()
    await save()
    assert target.read_bytes() == content
    begins = [*doled.begins[1:], int(demo.store.requests[-1].headers["range"][6:-1])]
    for end, begin in zip(ends, begins, strict=True):
        assert end - PIECE <= begin <= end
