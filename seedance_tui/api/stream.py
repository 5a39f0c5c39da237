"""The body of a file as it comes: in buffers, and whether it begins as what was asked for."""

from __future__ import annotations

import socket
import time
from collections.abc import AsyncGenerator
from contextlib import aclosing
from itertools import cycle

import httpcore
import httpx

from . import body as bodies
from .errors import ApiError, TimedOut, Unreachable
from .plain_socket import fill, socket_of

HEAD = 12
"""Bytes that tell a video."""
_BUFFER = 2 * 1024 * 1024
"""Bytes gathered before they are written: a trip to a thread, and news for the screen."""
_BUFFER_SECONDS = 0.25
_PIECE = 256 * 1024
"""Bytes of the connection read at once: what asyncio takes from a socket at most."""

Piece = bytes | memoryview
Buffer = list[Piece]
"""Pieces that are written together; they hold until the buffer after the next is asked for."""


async def buffers(response: httpx.Response) -> AsyncGenerator[Buffer]:
    """Gather what comes, also what came before a cut: never an empty buffer.

    The first one has `HEAD` bytes, unless the whole body is shorter.
    """
    buffer: Buffer = []
    size, since = 0, time.monotonic()
    async with aclosing(_pieces(response)) as pieces:
        try:
            async for piece in pieces:
                buffer.append(piece)
                size += len(piece)
                is_lent = isinstance(piece, memoryview)
                if size >= HEAD and (is_lent or _is_due(size, since)):
                    yield buffer
                    buffer, size, since = [], 0, time.monotonic()
                elif is_lent:  # its memory is filled anew while this piece still waits
                    buffer[-1] = bytes(piece)
        except (ApiError, httpx.HTTPError):
            if size >= HEAD:
                yield buffer
            raise
    if size:
        yield buffer


def _is_due(size: int, since: float) -> bool:
    return size >= _BUFFER or time.monotonic() - since >= _BUFFER_SECONDS


def looks_like_video(head: bytes) -> bool:
    """Whether the bytes begin as an MP4 or MOV file: a size, then a known box."""
    return len(head) >= 8 and head[4:8] in (b"ftyp", b"moov", b"mdat", b"wide", b"free", b"skip")


def is_wanted(head: bytes, content_type: str, *, video: bool) -> bool:
    """Whether the first bytes are a video's or, of a picture, at least not a page's."""
    return looks_like_video(head) if video else not bodies.is_page(head, content_type)


async def _pieces(response: httpx.Response) -> AsyncGenerator[Piece]:
    """Give the body as it comes.

    httpx takes 64 KiB at a time through six layers, which is a third of curl's rate. Of a long
    body it gives the first piece, all that it has read with the head, and the rest is read from
    the connection itself, which it hands out as an extension.
    """
    raw = response.aiter_raw()
    first = await anext(raw, b"")
    if first:
        yield first
    rest = _rest(response, len(first))
    async for piece in raw if rest is None else _read(response, rest):
        yield piece


def _rest(response: httpx.Response, received: int) -> int | None:
    """Return how many bytes may be read from the connection; None for those that httpx reads.

    That a first piece leaves nothing behind in httpx is so in the versions of httpcore that are
    named here.
    """
    length = response.headers.get("Content-Length", "")
    if (
        not httpcore.__version__.startswith("1.0.")
        or response.extensions.get("http_version") != b"HTTP/1.1"
        or "network_stream" not in response.extensions
        or "Transfer-Encoding" in response.headers
        or not (length.isascii() and length.isdecimal())
    ):
        return None
    rest = int(length) - received
    return rest if rest > _PIECE else None


async def _read(response: httpx.Response, rest: int) -> AsyncGenerator[Piece]:
    """Read so many bytes from the connection; it cannot be used for anything else afterwards."""
    connection = response.extensions["network_stream"]
    timeout = response.request.extensions.get("timeout", {}).get("read")
    try:
        while rest:
            if source := socket_of(connection):
                with source:
                    async for piece in _filled(source, rest, timeout):
                        yield piece
                return
            piece = await connection.read(min(rest, _PIECE), timeout)
            if not piece:
                raise Unreachable("the connection was cut")
            rest -= len(piece)
            yield piece
    except (httpcore.TimeoutException, TimeoutError) as error:
        raise TimedOut("no answer in time") from error
    except (httpcore.NetworkError, OSError) as error:
        raise Unreachable("the connection was cut") from error


async def _filled(
    source: socket.socket, rest: int, idle: float | None
) -> AsyncGenerator[memoryview]:
    """Read so many bytes into two memories in turn: one is written while the other is filled."""
    memories = cycle([memoryview(bytearray(min(_BUFFER, rest))) for _ in range(2)])
    while rest:
        memory = next(memories)[:rest]
        count = await fill(source, memory, idle, _BUFFER_SECONDS)
        if not count:
            raise Unreachable("the connection was cut")
        rest -= count
        yield memory[:count]
