"""A gateway that outruns its client, in a process of its own; for `floors.py`.

It speaks just the HTTP that httpx needs: each request is answered at once, with a task of the
requested ID that is running if the ID has `open` in it, else done.
"""

from __future__ import annotations

import asyncio
import json
import multiprocessing
import time
from multiprocessing.connection import Connection
from types import TracebackType
from typing import Self

_SPAWN = multiprocessing.get_context("spawn")
_LINK = "https://store.example/{id}.mp4?X-Tos-Date={date}&X-Tos-Expires=86400&X-Tos-Signature=0"


class FastGateway:
    """The gateway's process, while the context lasts."""

    def __enter__(self) -> Self:
        self._here, there = _SPAWN.Pipe()
        self._process = _SPAWN.Process(target=_serve, args=(there,), daemon=True)
        self._process.start()
        self.url: str = self._here.recv()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        tb: TracebackType | None,
    ) -> None:
        self._process.kill()
        self._process.join()

    def take(self) -> list[tuple[float, str]]:
        """Return what was requested since the last call: the moment (`time.time()`) and the ID."""
        self._here.send(None)
        requests: list[tuple[float, str]] = self._here.recv()
        return requests


def answer(task_id: str) -> bytes:
    """Return the body for a task: some 1,200 bytes, as the real ones."""
    is_open = "open" in task_id
    now = int(time.time())
    date = time.strftime("%Y%m%dT%H%M%SZ", time.gmtime(now - 3600))
    link = "" if is_open else _LINK.format(id=task_id, date=date)
    upstream = {
        "id": f"cgt-{task_id[-8:]}",
        "model": "doubao-seedance-2-0-260128",
        "seed": 4304,
        "status": "running" if is_open else "succeeded",
        "ratio": "16:9",
        "duration": 5,
        "resolution": "480p",
        "framespersecond": 24,
        "generate_audio": True,
        "draft": False,
        "created_at": now - 4000,
        "updated_at": now - 3600,
        "service_tier": "default",
        "usage": {"completion_tokens": 108900, "total_tokens": 108900},
        "content": {"video_url": link},
    }
    data = {
        "task_id": task_id,
        "action": "generate",
        "fail_reason": "",
        "request_id": "r",
        "status": "IN_PROGRESS" if is_open else "SUCCESS",
        "submit_time": now - 4000,
        "start_time": now - 3990,
        "finish_time": 0 if is_open else now - 3600,
        "progress": "50%" if is_open else "100%",
        "data": upstream,
        "result_url": link,
    }
    return json.dumps({"code": "success", "message": "", "data": data}).encode()


class _Connection(asyncio.Protocol):
    """One connection; requests may come in pieces, bodies never."""

    def __init__(self, requests: list[tuple[float, str]]) -> None:
        self._requests = requests
        self._received = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        self._received += data
        while (end := self._received.find(b"\r\n\r\n")) >= 0:
            path = self._received.split(b" ", 2)[1].decode()
            self._received = self._received[end + 4 :]
            task_id = path.rpartition("/")[2]
            self._requests.append((time.time(), task_id))
            body = answer(task_id)
            head = (
                b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n"
            )
            self._transport.write(head % len(body) + body)


def _serve(pipe: Connection) -> None:
    """Answer until killed; whoever asks by the pipe gets what was requested."""

    async def run() -> None:
        loop, requests = asyncio.get_running_loop(), list[tuple[float, str]]()
        server = await loop.create_server(lambda: _Connection(requests), "127.0.0.1", 0)

        def told() -> None:
            pipe.recv()
            pipe.send(requests[:])
            requests.clear()

        loop.add_reader(pipe.fileno(), told)
        pipe.send(f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}")
        await server.serve_forever()

    asyncio.run(run())
