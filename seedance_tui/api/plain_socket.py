"""The socket of a connection without TLS, read straight into memory that is used again."""

from __future__ import annotations

import asyncio
import socket
import sys
from asyncio.trsock import TransportSocket


def socket_of(connection: object) -> socket.socket | None:
    """Return a copy of the connection's socket, for whoever reads all that is still to come.

    None where some of it may have been read already, where it would have to be deciphered, and
    where the event loop cannot say that there is something to read (on Windows). httpcore has no
    public way to tell: what is asked for here is so in anyio 4.
    """
    stream = getattr(connection, "_stream", None)
    transport = getattr(stream, "_transport", None)
    unread = getattr(getattr(stream, "_protocol", None), "read_queue", None)
    if sys.platform == "win32" or not isinstance(transport, asyncio.ReadTransport):
        return None
    if unread is None or len(unread) or transport.is_reading():
        return None
    plain = transport.get_extra_info("socket")
    return plain.dup() if isinstance(plain, TransportSocket) else None


async def fill(source: socket.socket, memory: memoryview, idle: float | None, most: float) -> int:
    """Read until the memory is full, but for `most` seconds at the most once something came.

    Returns the bytes that are there, 0 at the end. Raises TimeoutError when nothing comes for
    `idle` seconds, and OSError; both only when there is nothing to return.
    """
    loop = asyncio.get_running_loop()
    filled, until = 0, loop.time() + most
    while filled < len(memory):
        try:
            count = source.recv_into(memory[filled:])
        except BlockingIOError:
            wait = max(0.0, until - loop.time()) if filled else idle
            if await _has_more(source, wait):
                continue
            if filled:
                break
            raise TimeoutError from None
        except OSError:
            if filled:
                break
            raise
        if not count:
            break
        filled += count
    return filled


async def _has_more(source: socket.socket, seconds: float | None) -> bool:
    """Wait until there is something to read; given up, it has taken nothing from the socket."""
    loop = asyncio.get_running_loop()
    readable = asyncio.Event()
    loop.add_reader(source, readable.set)
    try:
        async with asyncio.timeout(seconds):
            await readable.wait()
    except TimeoutError:
        return False
    finally:
        loop.remove_reader(source)
    return True
