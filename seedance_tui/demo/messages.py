"""What goes over the wire: a request, a response, and a connection that ends too early."""

import json
from collections.abc import AsyncGenerator, Awaitable, Callable, Mapping
from contextlib import aclosing
from dataclasses import dataclass, field
from urllib.parse import parse_qsl, unquote


@dataclass(frozen=True, slots=True)
class Request:
    """One request as it was received; its body, if any, is thrown away."""

    method: str
    target: str
    """Path and query as they were sent, still percent-encoded."""
    headers: Mapping[str, str]
    """By lower-case name; of a repeated header the last."""
    time: float
    """When it came, Unix seconds by the server's clock."""

    @property
    def path(self) -> str:
        """The path, still percent-encoded."""
        path = self.target.partition("?")[0]
        return path if path.startswith("/") else "/" + path.partition("://")[2].partition("/")[2]

    @property
    def segments(self) -> tuple[str, ...]:
        """The path's parts, each decoded alone: an encoded slash stays inside its part."""
        return tuple(unquote(part, errors="replace") for part in self.path.split("/")[1:])

    @property
    def query(self) -> tuple[tuple[str, str], ...]:
        """The query's decoded pairs in the order they were sent."""
        return tuple(parse_qsl(self.target.partition("?")[2], keep_blank_values=True))


@dataclass(frozen=True, slots=True)
class Response:
    """One response, whose body is bytes or comes piece by piece."""

    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes | AsyncGenerator[bytes, None] = b""
    length: int | None = None
    """The Content-Length to declare; bytes know their own, pieces without one go chunked."""

    @property
    def declared_length(self) -> int | None:
        """The Content-Length that goes into the head, if any."""
        if self.length is None and isinstance(self.body, bytes):
            return len(self.body)
        return self.length

    async def chunks(self) -> AsyncGenerator[bytes, None]:
        """Gives the body piece by piece, once."""
        if isinstance(self.body, bytes):
            yield self.body
            return
        async with aclosing(self.body) as pieces:
            async for piece in pieces:
                yield piece


Handler = Callable[[Request], Awaitable[Response]]


class Disconnect(Exception):
    """A handler or a body wants the connection to end here, the response finished or not."""

    def __init__(self, last_words: bytes = b"", *, reset: bool = False) -> None:
        super().__init__("the server hangs up")
        self.last_words = last_words
        self.reset = reset


def json_response(
    value: object, status: int = 200, headers: Mapping[str, str] | None = None
) -> Response:
    """Writes JSON as Go does: compact, in UTF-8, with `&`, `<` and `>` escaped."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    for sign in "&<>":
        text = text.replace(sign, f"\\u{ord(sign):04x}")
    content_type = {"Content-Type": "application/json; charset=utf-8"}
    return Response(status, content_type | dict(headers or {}), text.encode())
