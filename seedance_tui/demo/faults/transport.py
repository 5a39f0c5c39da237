"""Faults of the connection: cut, reset, silent, slow, or with a length that lies."""

# ruff: noqa: D102 -- the call of every fault is described once, in the package

import asyncio
from collections.abc import AsyncGenerator
from contextlib import aclosing
from dataclasses import dataclass, replace

from ..messages import Disconnect, Handler, Request, Response


@dataclass(frozen=True, slots=True)
class Raw:
    """Writes these bytes to the socket, whether they are HTTP or not, and hangs up."""

    data: bytes

    async def __call__(self, request: Request, handler: Handler) -> Response:
        raise Disconnect(self.data)


@dataclass(frozen=True, slots=True)
class Reset:
    """Ends the connection with a TCP reset before any answer."""

    async def __call__(self, request: Request, handler: Handler) -> Response:
        raise Disconnect(reset=True)


@dataclass(frozen=True, slots=True)
class BlackHole:
    """Never answers; only the end of the server ends it."""

    async def __call__(self, request: Request, handler: Handler) -> Response:
        await asyncio.Event().wait()
        raise Disconnect


@dataclass(frozen=True, slots=True)
class Late:
    """Answers well, but only after so many seconds."""

    seconds: float

    async def __call__(self, request: Request, handler: Handler) -> Response:
        await asyncio.sleep(self.seconds)
        return await handler(request)


@dataclass(frozen=True, slots=True)
class Stall:
    """Sends so many bytes of the body, and then nothing until the server ends."""

    after_bytes: int

    async def __call__(self, request: Request, handler: Handler) -> Response:
        good = await handler(request)
        return replace(good, body=self._part(good), length=good.declared_length)

    async def _part(self, good: Response) -> AsyncGenerator[bytes, None]:
        left = self.after_bytes
        async with aclosing(good.chunks()) as chunks:
            async for chunk in chunks:
                yield chunk[:left]
                left -= len(chunk)
                if left <= 0:
                    await self._end()

    async def _end(self) -> None:
        await asyncio.Event().wait()


class Cut(Stall):
    """Declares the whole length, sends so many bytes of the body, and hangs up."""

    __slots__ = ()

    async def _end(self) -> None:
        raise Disconnect


@dataclass(frozen=True, slots=True)
class FalseLength:
    """Declares another length than the body has, shorter or longer, sends it all, and hangs up."""

    declared: int

    async def __call__(self, request: Request, handler: Handler) -> Response:
        good = await handler(request)
        return replace(good, body=self._send(good), length=self.declared)

    async def _send(self, good: Response) -> AsyncGenerator[bytes, None]:
        body = b"".join([chunk async for chunk in good.chunks()])
        yield body[: self.declared]
        raise Disconnect(body[self.declared :])


@dataclass(frozen=True, slots=True)
class Slow:
    """Sends the body drop by drop, twenty drops a second."""

    bytes_per_second: int

    async def __call__(self, request: Request, handler: Handler) -> Response:
        good = await handler(request)
        return replace(good, body=self._drip(good), length=good.declared_length)

    async def _drip(self, good: Response) -> AsyncGenerator[bytes, None]:
        drop = max(self.bytes_per_second // 20, 1)
        async with aclosing(good.chunks()) as chunks:
            async for chunk in chunks:
                for start in range(0, len(chunk), drop):
                    piece = chunk[start : start + drop]
                    await asyncio.sleep(len(piece) / self.bytes_per_second)
                    yield piece


@dataclass(frozen=True, slots=True)
class NoLength:
    """Says not how long the body is, sends so many bytes of it, or all, and hangs up."""

    after_bytes: int | None = None

    async def __call__(self, request: Request, handler: Handler) -> Response:
        good = await handler(request)
        body = b"".join([chunk async for chunk in good.chunks()])
        lines = [f"{name}: {value}" for name, value in good.headers.items()]
        head = "\r\n".join([f"HTTP/1.1 {good.status} OK", *lines, "Connection: close", "", ""])
        raise Disconnect(head.encode() + body[: self.after_bytes])
