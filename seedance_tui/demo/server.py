"""A small HTTP/1.1 server on 127.0.0.1 for one handler."""

import asyncio
import time
from contextlib import suppress
from types import TracebackType
from typing import Self

import h11

from .clock import Clock
from .connection import Connection
from .messages import Disconnect, Handler


class Server:
    """Serves `handler` while it is entered: `async with Server(handler) as server: server.url`.

    Port 0 lets the system choose. Leaving it ends every connection, also one that never answers.
    """

    def __init__(self, handler: Handler, *, clock: Clock = time.time, port: int = 0) -> None:
        self._handler = handler
        self._clock = clock
        self._port = port
        self._listener: asyncio.Server | None = None
        self._conversations: set[asyncio.Task[None]] = set()

    @property
    def url(self) -> str:
        """The server's origin, such as `http://127.0.0.1:40123`; known once it listens."""
        return f"http://127.0.0.1:{self._port}"

    async def __aenter__(self) -> Self:
        self._listener = await asyncio.start_server(self._accept, "127.0.0.1", self._port)
        self._port = self._listener.sockets[0].getsockname()[1]
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        if self._listener is not None:
            self._listener.close()
        for conversation in self._conversations:
            conversation.cancel()
        await asyncio.gather(*self._conversations, return_exceptions=True)
        await asyncio.sleep(0)  # an aborted transport closes its socket in the loop's next turn

    def _accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if self._listener is None or not self._listener.is_serving():
            writer.transport.abort()  # it was accepted while the server was closing
            return
        connection = Connection(reader, writer, self._clock)
        conversation = asyncio.create_task(self._talk(connection))
        self._conversations.add(conversation)
        conversation.add_done_callback(self._conversations.discard)
        # Not by the conversation: one that is cancelled before its first step does nothing.
        conversation.add_done_callback(lambda _: connection.abort())

    async def _talk(self, connection: Connection) -> None:
        try:
            with suppress(ConnectionError):
                await self._answer_all(connection)
        except Disconnect as end:
            if end.reset:
                connection.reset()
            await connection.close(end.last_words)
        else:
            await connection.close()

    async def _answer_all(self, connection: Connection) -> None:
        try:
            while request := await connection.receive():
                response = await self._handler(request)
                await connection.send(response, head_only=request.method == "HEAD")
                if not connection.start_next():
                    break
        except h11.RemoteProtocolError as error:
            await connection.refuse(error)
