"""How many connections the questions of a client take, counted by a server."""

import asyncio
import json
from collections.abc import AsyncIterator

import pytest

from seedance_tui.api.client import Client
from seedance_tui.api.key import ApiKey

BODY = json.dumps({"code": "success", "data": {"task_id": "a", "status": "QUEUED"}}).encode()
ANSWER = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%s"


class Counting:
    """Answers every question once it may, and counts."""

    def __init__(self) -> None:
        self.connections = 0
        self.waiting = 0
        self.most = 0
        self.open = 0
        self.may = asyncio.Event()
        self.is_full, self.is_left = asyncio.Event(), asyncio.Event()
        """Set once eight wait, and once nobody is connected any more."""
        self.url = ""

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.connections += 1
        self.open += 1
        try:
            while await reader.readuntil(b"\r\n\r\n"):
                self.waiting += 1
                self.most = max(self.most, self.waiting)
                if self.waiting == 8:
                    self.is_full.set()
                await self.may.wait()
                self.waiting -= 1
                writer.write(ANSWER % (len(BODY), BODY))
        except (asyncio.IncompleteReadError, ConnectionError):
            self.open -= 1
            if not self.open:
                self.is_left.set()
        finally:
            writer.close()


@pytest.fixture
async def server() -> AsyncIterator[Counting]:
    counting = Counting()
    async with await asyncio.start_server(counting.serve, "127.0.0.1", 0) as listener:
        counting.url = f"http://127.0.0.1:{listener.sockets[0].getsockname()[1]}"
        yield counting


async def test_questions_one_after_the_other_share_a_connection(server: Counting) -> None:
    server.may.set()
    async with Client(server.url, ApiKey("sk-key")) as client:
        for _ in range(20):
            await client.task("a")
    assert server.connections == 1


async def test_at_most_eight_questions_are_sent_at_once_and_their_connections_stay(
    server: Counting,
) -> None:
    async with Client(server.url, ApiKey("sk-key")) as client:
        asked = [asyncio.create_task(client.task("a")) for _ in range(40)]
        await asyncio.wait_for(server.is_full.wait(), 10)
        server.may.set()
        assert len(await asyncio.gather(*asked)) == 40
        await asyncio.gather(*(client.task("a") for _ in range(8)))
    assert (server.most, server.connections) == (8, 8)


async def test_a_question_that_is_given_up_leaves_its_place_to_the_next(server: Counting) -> None:
    async with Client(server.url, ApiKey("sk-key")) as client:
        asked = [asyncio.create_task(client.task("a")) for _ in range(8)]
        await asyncio.wait_for(server.is_full.wait(), 10)
        for question in asked:
            question.cancel()
        await asyncio.wait(asked)
        server.may.set()
        async with asyncio.timeout(10):
            await asyncio.gather(*(client.task("a") for _ in range(8)))


async def test_a_client_that_is_closed_leaves_no_connection_open(server: Counting) -> None:
    server.may.set()
    client = Client(server.url, ApiKey("sk-key"))
    await asyncio.gather(*(client.task("a") for _ in range(8)))
    await client.aclose()
    await asyncio.wait_for(server.is_left.wait(), 10)
