"""Read the body of a response, bounded, and tell what it is."""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterable

import httpx

from .errors import BadAnswer
from .json_values import JSON

LARGEST = 4 * 1024 * 1024
"""Bytes of a response, unpacked; a real one is about 2 kB, the longest captured 131 kB."""
DEEPEST = 64
"""Objects within objects; a real answer has 8. Deeper ones cannot be written out again safely."""


class Body:
    """Gathers the pieces of a response's body and unpacks them, `LARGEST` bytes at the most.

    Every method may raise BadAnswer.
    """

    def __init__(self, response: httpx.Response) -> None:
        self.content = bytearray()
        self._status = response.status_code
        coding = response.headers.get("Content-Encoding", "identity").strip().lower()
        if coding not in ("", "identity", "gzip", "deflate"):
            raise BadAnswer(
                "unsupported Content-Encoding: {coding}", coding=coding, status=self._status
            )
        is_packed = coding in ("gzip", "deflate")
        self._inflater = zlib.decompressobj(wbits=zlib.MAX_WBITS | 32) if is_packed else None

    def add(self, piece: bytes) -> None:
        """Take in a piece, unpacked a bounded bit at a time, so that a bomb stays small."""
        if self._inflater is None:
            self._grow(piece)
            return
        try:
            while piece:
                self._grow(self._inflater.decompress(piece, 256 * 1024))
                piece = self._inflater.unconsumed_tail
        except zlib.error as error:
            raise BadAnswer("corrupt compressed data: {error}", error=error) from error

    def _grow(self, piece: bytes) -> None:
        self.content += piece
        if len(self.content) > LARGEST:
            most = LARGEST // 1024 // 1024
            raise BadAnswer("response larger than {most} MiB", most=most, status=self._status)


async def aread_body(response: httpx.Response) -> bytes:
    """Read the body of a response of the asynchronous client; may raise BadAnswer."""
    body = Body(response)
    async for piece in response.aiter_raw():
        body.add(piece)
    return bytes(body.content)


def read_body(response: httpx.Response) -> bytes:
    """Read the body of a response of the synchronous client; may raise BadAnswer."""
    body = Body(response)
    for piece in response.iter_raw():
        body.add(piece)
    return bytes(body.content)


def parse(body: bytes) -> JSON:
    """Read JSON, with or without a byte order mark; ValueError if it is none, or too deep."""
    try:
        answer: JSON = json.loads(body.decode("utf-8-sig"))
    except RecursionError as error:
        raise ValueError("nested too deep") from error
    if _is_too_deep(answer):
        raise ValueError("nested too deep")
    return answer


def _is_too_deep(answer: JSON) -> bool:
    level = [answer]
    for _ in range(DEEPEST):
        level = [inner for value in level for inner in _within(value)]
    return bool(level)


def _within(value: JSON) -> Iterable[JSON]:
    if isinstance(value, dict):
        return value.values()
    return value if isinstance(value, list) else ()


def is_page(body: bytes, content_type: str) -> bool:
    """Whether the body is a web page, by its type or its first characters."""
    first = body.lstrip(b"\xef\xbb\xbf \t\r\n")[:1]
    return first == b"<" or ("text/html" in content_type.lower() and first not in (b"", b"{", b"["))


def message(body: bytes) -> str:
    """Return the human text of an error response."""
    error = _error(body)
    for key in ("message", "Message", "code", "Code"):
        if isinstance(text := error.get(key), str) and text.strip() not in ("", "success"):
            return text
    return ""


def code(body: bytes) -> str:
    """Return the machine's word of an error response, such as `task_not_exist`."""
    word = _error(body).get("code")
    return word if isinstance(word, str) else ""


def _error(body: bytes) -> dict[str, JSON]:
    """The error in either of the gateway's shapes, or in the store's; empty if there is none."""
    try:
        answer = parse(body)
    except ValueError:
        return {}
    if not isinstance(answer, dict):
        return {}
    error = answer.get("error")
    return error if isinstance(error, dict) else answer
