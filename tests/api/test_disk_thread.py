"""The disk's work is done one thing after the other, whoever still waits for it."""

import asyncio
import errno
import threading

import pytest

from seedance_tui.api.disk_thread import DiskThread
from seedance_tui.api.errors import DiskError, DiskFull, NotAVideo


@pytest.fixture
def disk(tmp_path):
    disk = DiskThread(tmp_path)
    yield disk
    disk.close()


async def test_what_is_asked_for_later_is_done_later(disk):
    gate, done = threading.Event(), []

    def slow() -> None:
        gate.wait(10)
        done.append("slow")

    first = disk.start(slow)
    second = disk.start(done.append, "quick")
    await asyncio.sleep(0)
    assert not second.done()
    gate.set()
    await asyncio.gather(first, second)
    assert done == ["slow", "quick"]


async def test_what_has_begun_ends_before_what_follows_a_cancellation(disk):
    gate, begun, done = threading.Event(), threading.Event(), []

    def slow() -> None:
        begun.set()
        gate.wait(10)
        done.append("written")

    writing = disk.start(slow)
    await asyncio.to_thread(begun.wait, 10)
    writing.cancel()
    closing = disk.start(done.append, "closed")
    gate.set()
    await closing
    assert done == ["written", "closed"]


@pytest.mark.parametrize(
    ("number", "kind"),
    [(errno.EACCES, DiskError), (errno.ENOSPC, DiskFull), (errno.EDQUOT, DiskFull)],
)
async def test_a_refusal_is_an_error_of_the_disk(disk, number, kind):
    def refuse() -> None:
        raise OSError(number, "no")

    with pytest.raises(DiskError) as caught:
        await disk.start(refuse)
    assert type(caught.value) is kind


async def test_any_other_error_comes_out_as_it_is(disk):
    def refuse() -> None:
        raise NotAVideo("no")

    with pytest.raises(NotAVideo):
        await disk.start(refuse)
