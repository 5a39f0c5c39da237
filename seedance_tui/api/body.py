"""Read the body of an answer, bounded, and tell what it is."""

from __future__ import annotations

import json
import zlib
from collections.abc import AsyncIterator, Iterable

import httpx

from .errors import BadAnswer
from .json_values import JSON

LARGEST = 4 * 1024 * 1024
"""Bytes of an answer, unpacked; a real one is about 2 kB, the longest captured 131 kB."""
DEEPEST = 64
"""Objects within objects; a real answer has 8. Deeper ones cannot be written out again safely."""


async def read_body(response: httpx.Response) -> bytes:
    """Read and unpack the body, never more than `LARGEST` bytes of it in memory."""
    coding = response.headers.get("Content-Encoding", "identity").strip().lower()
    chunks = response.aiter_raw()
    if coding in ("gzip", "deflate"):
        chunks = _inflated(chunks)
    elif coding not in ("", "identity"):
        status = response.status_code
        raise BadAnswer("Content-Encoding {coding}", coding=coding, status=status)
    body = bytearray()
    async for chunk in chunks:
        body += chunk
        if len(body) > LARGEST:
            status, most = response.status_code, LARGEST // 1024 // 1024
            raise BadAnswer("more than {most} MiB", most=most, status=status)
    return bytes(body)


async def _inflated(chunks: AsyncIterator[bytes]) -> AsyncIterator[bytes]:
    """Unpack gzip or zlib, a bounded piece at a time, so that a bomb stays small."""
    inflater = zlib.decompressobj(wbits=zlib.MAX_WBITS | 32)
    try:
        async for chunk in chunks:
            while chunk:
                yield inflater.decompress(chunk, 256 * 1024)
                chunk = inflater.unconsumed_tail
    except zlib.error as error:
        raise BadAnswer("broken compression: {error}", error=error) from error


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
    """Return the human text of an error answer."""
    error = _error(body)
    for key in ("message", "Message", "code", "Code"):
        if isinstance(text := error.get(key), str) and text.strip() not in ("", "success"):
            return text
    return ""


def code(body: bytes) -> str:
    """Return the machine's word of an error answer, such as `task_not_exist`."""
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
