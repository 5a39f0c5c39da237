"""Pieces of a file behind a link."""

import asyncio
import time
from collections.abc import Iterator

import pytest

from seedance_tui.api.client import Client
from seedance_tui.api.errors import BadAnswer, NoLink, NotAVideo, NotThere, WrongLength
from seedance_tui.api.key import ApiKey
from seedance_tui.api.transfer.background import CancelToken
from seedance_tui.api.transfer.ranges import MOST_SKIPPED, RangeReader
from seedance_tui.demo import EVERY, Blob, Demo, running_demo
from seedance_tui.demo.faults import Headers, IgnoreRange

SIZE = 2 * MOST_SKIPPED
BLOB = Blob.virtual(SIZE)


@pytest.fixture
def store() -> Iterator[Demo]:
    with running_demo(Demo(scenario=())) as demo:
        demo.store.put("file", BLOB)
        yield demo


@pytest.fixture
def client(store: Demo) -> Iterator[Client]:
    client = Client(store.url, ApiKey(store.key))
    yield client
    asyncio.run(client.aclose())


@pytest.fixture
def reader(store: Demo, client: Client) -> RangeReader:
    return RangeReader(client.files, [store.store.link("file", time.time())], video=False)


def read(reader: RangeReader, begin: int, count: int) -> bytes:
    return reader.read(begin, count, CancelToken())


@pytest.mark.parametrize("begin", [1, 70_000, SIZE - 50])
def test_a_piece_is_what_stands_there(reader: RangeReader, begin: int) -> None:
    assert read(reader, begin, 100) == BLOB.read(begin, min(begin + 100, SIZE))
    assert reader.received == min(100, SIZE - begin)
    assert reader.remote is not None
    assert reader.remote.total == SIZE


def test_behind_the_end_there_is_nothing(reader: RangeReader) -> None:
    assert read(reader, SIZE + 5, 100) == b""


def test_all_of_a_file_is_read_up_to_the_piece_where_that_is_not_far(
    store: Demo, reader: RangeReader
) -> None:
    store.store.faults.push(EVERY, IgnoreRange(), times=None)
    assert read(reader, 70_000, 100) == BLOB.read(70_000, 70_100)
    with pytest.raises(BadAnswer):
        read(reader, MOST_SKIPPED + 70_000, 100)


def test_packed_pieces_are_none(store: Demo, reader: RangeReader) -> None:
    store.store.faults.push(EVERY, Headers({"Content-Encoding": "gzip"}), times=None)
    with pytest.raises(BadAnswer):
        read(reader, 1, 100)


def test_another_file_at_the_same_address_ends_it(store: Demo, reader: RangeReader) -> None:
    read(reader, 1, 100)
    store.store.put("file", Blob.virtual(SIZE + 1))
    with pytest.raises(WrongLength):
        read(reader, 1, 100)


def test_the_beginning_tells_whether_it_is_a_video(store: Demo, client: Client) -> None:
    store.store.put("page", Blob.of(b"<html>Sign in</html>" * 20))
    reader = RangeReader(client.files, [store.store.link("page", time.time())])
    with pytest.raises(NotAVideo):
        read(reader, 0, 100)


def test_the_addresses_are_asked_in_turn_and_the_one_that_has_it_stays(
    store: Demo, client: Client
) -> None:
    urls = [store.store.link(name, time.time()) for name in ("gone", "file")]
    reader = RangeReader(client.files, urls, video=False)
    for begin in (1, 200):
        read(reader, begin, 10)
    assert [request.path.lstrip("/") for request in store.store.requests] == [
        "gone", "file", "file",
    ]  # fmt: skip
    with pytest.raises(NotThere):
        read(RangeReader(client.files, urls[:1], video=False), 1, 10)
    with pytest.raises(NoLink):
        read(RangeReader(client.files, [], video=False), 1, 10)
