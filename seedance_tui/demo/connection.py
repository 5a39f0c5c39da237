"""One client's connection: h11's events in, bytes out."""

import asyncio
import os
import socket
import struct
from contextlib import aclosing, suppress
from http import HTTPStatus

import h11

from .clock import Clock, http_date
from .messages import Request, Response

MOST_HEAD_BYTES = 32 * 1024
MOST_BODY_BYTES = 64 * 1024
LINGER = "hh" if os.name == "nt" else "ii"
REASONS = {status.value: status.phrase for status in HTTPStatus}


class Connection:
    """Reads requests from one socket and writes their responses to it, in turn."""

    def __init__(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, clock: Clock
    ) -> None:
        self._reader = reader
        self._writer = writer
        self._clock = clock
        self._http = h11.Connection(h11.SERVER, max_incomplete_event_size=MOST_HEAD_BYTES)

    async def receive(self) -> Request | None:
        """Reads the next request to its end; None when the client is done.

        Raises h11.RemoteProtocolError for what is not HTTP or is too large.
        """
        head = await self._next_event()
        if not isinstance(head, h11.Request):
            return None
        headers = {name.decode(): value.decode("latin-1") for name, value in head.headers}
        await self._skip_body()
        return Request(head.method.decode(), head.target.decode(), headers, self._clock())

    async def send(self, response: Response, *, head_only: bool = False) -> None:
        """Writes a whole response, or its head alone as HEAD wants it."""
        self._write(self._head(response))
        if not head_only:
            async with aclosing(response.chunks()) as chunks:
                async for chunk in chunks:
                    self._write(h11.Data(data=chunk))
                    await self._writer.drain()
        self._write(h11.EndOfMessage())
        await self._writer.drain()

    async def refuse(self, error: h11.RemoteProtocolError) -> None:
        """Answers what could not be understood, if a response can still be sent."""
        if self._http.our_state in (h11.IDLE, h11.SEND_RESPONSE):
            status = error.error_status_hint
            await self.send(Response(status, {"Connection": "close"}, str(error).encode()))

    def start_next(self) -> bool:
        """Makes ready for another request on this connection; False when it has to end."""
        if self._http.our_state is not h11.DONE or self._http.their_state is not h11.DONE:
            return False
        self._http.start_next_cycle()
        return True

    async def close(self, last_words: bytes = b"") -> None:
        """Sends what is still buffered, then ends the connection."""
        self._writer.write(last_words)
        self._writer.close()
        with suppress(OSError):
            await self._writer.wait_closed()

    def reset(self) -> None:
        """Ends the connection with a TCP reset, which a lingering of no time stands for."""
        plug: socket.socket = self._writer.get_extra_info("socket")
        plug.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack(LINGER, 1, 0))
        self.abort()

    def abort(self) -> None:
        """Drops the connection with all that is still buffered."""
        self._writer.transport.abort()

    async def _next_event(self) -> object:
        while (event := self._http.next_event()) is h11.NEED_DATA:
            self._http.receive_data(await self._reader.read(MOST_HEAD_BYTES // 2))
        return event

    async def _skip_body(self) -> None:
        received = 0
        while isinstance(event := await self._next_event(), h11.Data):
            received += len(event.data)
            if received > MOST_BODY_BYTES:
                raise h11.RemoteProtocolError("request body too large", error_status_hint=413)

    def _head(self, response: Response) -> h11.Response:
        headers = {"date": http_date(self._clock())}
        headers |= {name.lower(): value for name, value in response.headers.items()}
        if response.declared_length is not None:
            headers["content-length"] = str(response.declared_length)
        return h11.Response(
            status_code=response.status,
            headers=[(name.encode(), value.encode("latin-1")) for name, value in headers.items()],
            reason=REASONS.get(response.status, "Unknown"),
        )

    def _write(self, event: h11.Event) -> None:
        if data := self._http.send(event):
            self._writer.write(data)
