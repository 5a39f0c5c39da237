"""The way past the layers of HTTP: a body read straight from its socket."""

import asyncio
import socket
import threading

import pytest

from seedance_tui.api import stream
from seedance_tui.api.part import Part
from seedance_tui.api.plain_socket import fill, socket_of
from seedance_tui.demo import Blob

PATIENT = 30.0


@pytest.fixture
def ends():
    here, there = socket.socketpair()
    here.setblocking(False)
    with here, there:
        yield here, there


@pytest.fixture
def blob() -> Blob:
    return Blob.virtual(1024 * 1024)


async def test_memory_is_filled_however_the_bytes_come(ends):
    here, there = ends
    memory = bytearray(6)
    there.sendall(b"ab")
    filling = asyncio.create_task(fill(here, memoryview(memory), PATIENT, PATIENT))
    await asyncio.sleep(0)
    there.sendall(b"cdefgh")
    assert await filling == 6
    assert memory == b"abcdef"
    assert here.recv(9) == b"gh"


async def test_what_came_is_handed_on_when_no_more_comes_for_a_while(ends):
    here, there = ends
    memory = bytearray(6)
    there.sendall(b"ab")
    assert await fill(here, memoryview(memory), PATIENT, 0) == 2
    assert memory[:2] == b"ab"


async def test_what_came_before_an_end_is_handed_on_and_then_the_end(ends):
    here, there = ends
    there.sendall(b"ab")
    there.shutdown(socket.SHUT_WR)
    assert await fill(here, memoryview(bytearray(6)), PATIENT, PATIENT) == 2
    assert await fill(here, memoryview(bytearray(6)), PATIENT, PATIENT) == 0


async def test_silence_is_given_up_after_its_time(ends):
    here, _there = ends
    with pytest.raises(TimeoutError):
        await fill(here, memoryview(bytearray(6)), 0, PATIENT)


async def test_giving_up_takes_nothing_from_the_socket(ends):
    here, there = ends
    waiting = asyncio.create_task(fill(here, memoryview(bytearray(6)), PATIENT, PATIENT))
    await asyncio.sleep(0)
    there.sendall(b"abc")
    for _ in range(2):  # the loop has seen that there is something, and the task has not
        await asyncio.sleep(0)
    waiting.cancel()
    with pytest.raises(asyncio.CancelledError):
        await waiting
    assert here.recv(9) == b"abc"


async def test_a_file_of_the_store_comes_this_way(save, target, content, monkeypatch):
    filled = _watched(monkeypatch)
    await save()
    assert target.read_bytes() == content
    assert len(content) / 2 < sum(filled)


async def test_no_bytes_are_overwritten_while_they_wait_for_the_disk(
    save, target, content, monkeypatch
):
    monkeypatch.setattr(stream, "_BUFFER", 64 * 1024)
    news = threading.Condition()
    filled = _watched(monkeypatch, news)
    write, lent = Part.write, []

    def write_late(part, buffer):
        """Write only once the next memory is full, if there is a next one."""
        pieces = [bytes(piece) for piece in buffer]
        lent.extend(piece for piece in buffer if isinstance(piece, memoryview))
        is_last = part.received + sum(map(len, pieces)) == len(content)
        with news:
            assert is_last or news.wait_for(lambda: len(filled) > len(lent), PATIENT)
        assert [bytes(piece) for piece in buffer] == pieces
        write(part, buffer)

    monkeypatch.setattr(Part, "write", write_late)
    await save()
    assert target.read_bytes() == content
    assert len(lent) > 3


@pytest.mark.parametrize("connection", [object(), None])
def test_a_connection_of_another_make_is_left_alone(connection):
    assert socket_of(connection) is None


def _watched(monkeypatch, news=None) -> list[int]:
    """Return a list of how many bytes each memory was filled with, and tell of each."""
    counts: list[int] = []
    real, news = stream.fill, news or threading.Condition()

    async def counting(*arguments):
        count = await real(*arguments)
        with news:
            counts.append(count)
            news.notify_all()
        return count

    monkeypatch.setattr(stream, "fill", counting)
    return counts
