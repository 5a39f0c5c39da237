"""The two worlds of `left_alone.py`: one in virtual time, one over sockets and sixty times as fast.

Both have the same hour; a session is given the real client in each.
"""

from __future__ import annotations

import asyncio
import json
import random
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any, TypeVar
from unittest.mock import patch
from urllib.parse import urlsplit

import httpx
from bad_hour import BadHour
from gateway_model import EPOCH
from virtual import HurriedLoop, VirtualLoop

from seedance_tui.api.client import Client
from seedance_tui.api.errors import DiskFull, LinkExpired, StoreUnreachable
from seedance_tui.api.transfer.download import Placed
from seedance_tui.api.transfer.retries import Retries
from seedance_tui.core.config import Config
from seedance_tui.core.downloads import _fetch
from seedance_tui.demo import EVERY, Demo, running_demo
from seedance_tui.demo.clips import clip
from seedance_tui.demo.clock import http_date
from seedance_tui.demo.faults import Expired, Public, Reset
from seedance_tui.demo.messages import Handler, Request, Response, json_response
from seedance_tui.demo.objects import Blob

SPEED = 60.0
_LATENCY = (0.05, 0.4)
_TRANSFER = (2.0, 20.0)
"""Seconds of a request, and of the stand-in for a transfer."""
_CUT = 0.05
"""The part of the transfers that are cut off."""
_TOO_LARGE = 10**18
"""Bytes that no disk has."""
_T = TypeVar("_T")


@dataclass(frozen=True)
class Connect:
    """What a session needs of a world; `clock` tells the seconds since the start."""

    client: Callable[[Config], Client]
    loop: VirtualLoop | HurriedLoop
    clock: Callable[[], float]
    retries: Retries


@contextmanager
def simulated(hour: BadHour) -> Iterator[Connect]:
    """Give a world without sockets and threads, in which the hour passes at once."""
    loop = VirtualLoop()
    chance = random.Random(hour.seed)

    async def respond(request: httpx.Request) -> httpx.Response:
        await asyncio.sleep(chance.uniform(*_LATENCY))
        said = hour.answer(PurePosixPath(request.url.path).name, loop.moment)
        if said is None:
            raise httpx.ConnectError("connection refused", request=request)
        headers = {"Date": http_date(EPOCH + loop.moment)}
        body = httpx.ByteStream(json.dumps(said.body).encode())
        return httpx.Response(said.status, headers=headers, stream=body)

    async def in_no_thread(work: Callable[[object], _T]) -> _T:
        await asyncio.sleep(chance.uniform(*_TRANSFER))
        return work(None)

    def transfer(client: object, url: str, target: Path, *_: object, **__: Any) -> Placed:
        if hour.is_full:
            raise DiskFull(_TOO_LARGE, 0)
        if loop.moment >= hour.dies(PurePosixPath(urlsplit(url).path).stem):
            raise LinkExpired("Request has expired", status=403)
        if chance.random() < _CUT:
            raise StoreUnreachable("the connection was cut")
        target.parent.mkdir(exist_ok=True)
        return Placed(target, target.write_bytes(_VIDEO), None)

    def client(config: Config) -> Client:
        transport = httpx.MockTransport(respond)
        now = lambda: EPOCH + loop.moment  # noqa: E731
        return Client(config.base_url, config.key, transport=transport, clock=now)

    with (
        patch.object(_fetch, "in_thread", in_no_thread),
        patch.object(_fetch, "download", transfer),
    ):
        yield Connect(client, loop, lambda: loop.moment, Retries())


_VIDEO = clip("original.mp4")


@contextmanager
def hurried(hour: BadHour) -> Iterator[Connect]:
    """Give a world of sockets, threads and files in which an hour takes a minute."""
    began = time.monotonic()
    video = Blob.of(_VIDEO)

    def clock() -> float:
        return (time.monotonic() - began) * SPEED

    async def answer(request: Request, handler: Handler) -> Response:
        said = hour.answer(request.segments[-1], clock())
        if said is None:
            return await Reset()(request, handler)
        return json_response(said.body, said.status)

    async def store(request: Request, handler: Handler) -> Response:
        has_expired = clock() >= hour.dies(PurePosixPath(request.path).stem)
        return await (Expired() if has_expired else Public(video))(request, handler)

    demo = Demo(clock=lambda: EPOCH + clock(), scenario=())
    with running_demo(demo):
        hour.origin = demo.store.url
        demo.gateway.faults.push(EVERY, answer, times=None)
        demo.store.faults.push(EVERY, store, times=None)

        def client(config: Config) -> Client:
            return Client(demo.url, config.key, clock=lambda: EPOCH + clock())

        retries = Retries(first=0.5 / SPEED, longest=15.0 / SPEED)
        yield Connect(client, HurriedLoop(SPEED), clock, retries)
