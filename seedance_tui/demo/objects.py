"""What the store keeps, and how a GET reads it: whole, in part, or only if unchanged."""

import hashlib
import random
import re
from collections.abc import AsyncGenerator
from dataclasses import dataclass
from typing import Self

from .clock import http_date
from .crc64 import combine, crc64, repeated
from .identifiers import store_request_id
from .messages import Request, Response, json_response

CHUNK_BYTES = 64 * 1024
ERROR_CODES = {"AccessDenied": "0002-00000027", "InvalidRange": "0017-00000000"}
MP4_HEAD = b"\x00\x00\x00\x18ftypmp42\x00\x00\x00\x00mp42isom"
HANDLER = bytes(8) + b"vide" + bytes(13)
PRIME = 65_521
"""A virtual object's period: a piece written at a wrong place does not fit by chance."""


@dataclass(frozen=True, slots=True)
class Blob:
    """An object: `pattern` over and over until `size` bytes, so that a gigabyte needs no memory."""

    pattern: bytes
    size: int
    content_type: str = "video/mp4"
    modified: float = 1_784_600_000.0
    """Unix seconds."""

    @classmethod
    def of(cls, content: bytes, content_type: str = "video/mp4") -> Self:
        """Makes an object of just these bytes."""
        return cls(content, len(content), content_type)

    @classmethod
    def virtual(cls, size: int, seed: int = 0) -> Self:
        """Makes an object of any size that is an MP4 file by its boxes, with noise for pictures."""
        head = MP4_HEAD + box(b"moov", box(b"trak", box(b"mdia", box(b"hdlr", HANDLER))))
        head += (1).to_bytes(4, "big") + b"mdat" + max(16, size - len(head)).to_bytes(8, "big")
        noise = random.Random(seed).randbytes(PRIME - len(head))  # noqa: S311 -- no secret
        return cls(head + noise, size)

    @property
    def etag(self) -> str:
        """The quoted entity tag: an MD5 for plain bytes, as of a multipart upload otherwise."""
        digest = hashlib.md5(self.pattern, usedforsecurity=False).hexdigest()
        return f'"{digest}"' if self.size == len(self.pattern) else f'"{digest}-{self.size}"'

    @property
    def crc64(self) -> int:
        """The CRC-64/XZ of the whole object."""
        times, rest = divmod(self.size, len(self.pattern) or 1)
        whole = repeated(crc64(self.pattern), len(self.pattern), times) if times else 0
        return combine(whole, crc64(self.pattern[:rest]), rest)

    def read(self, start: int, stop: int) -> bytes:
        """Reads the bytes from `start` up to `stop`, at most 64 KiB of them or to the period."""
        offset = start % len(self.pattern)
        return self.pattern[offset : offset + min(CHUNK_BYTES, stop - start)]

    async def stream(self, start: int, stop: int) -> AsyncGenerator[bytes, None]:
        """Gives the bytes from `start` up to `stop` piece by piece."""
        while start < stop:
            piece = self.read(start, stop)
            start += len(piece)
            yield piece


def box(kind: bytes, content: bytes) -> bytes:
    """Writes a box of an MP4 file: its length, its kind, what is in it."""
    return (8 + len(content)).to_bytes(4, "big") + kind + content


def serve(request: Request, blob: Blob) -> Response:
    """Answers a GET for an object, in part where the request asks for one range of it."""
    headers = {
        "Content-Type": blob.content_type,
        "Accept-Ranges": "bytes",
        "ETag": blob.etag,
        "Last-Modified": http_date(blob.modified),
        "x-tos-hash-crc64ecma": str(blob.crc64),
    }
    wanted = _wanted_range(request, blob)
    if wanted is None:
        return Response(200, headers, blob.stream(0, blob.size), blob.size)
    start, stop = wanted
    if start >= stop:
        whole = {"Content-Range": f"bytes */{blob.size}"}
        message = "The requested range is not satisfiable"
        return refusal(request, 416, "InvalidRange", message, whole)
    headers["Content-Range"] = f"bytes {start}-{stop - 1}/{blob.size}"
    return Response(206, headers, blob.stream(start, stop), stop - start)


def refusal(
    request: Request, status: int, code: str, message: str, headers: dict[str, str] | None = None
) -> Response:
    """Says no in the store's shape."""
    body = {
        "Code": code,
        "RequestId": store_request_id(request.time, request.target),
        "HostId": "7fbd5cNoTrEaL",
        "Message": message,
        "Resource": request.path,
        "EC": ERROR_CODES.get(code, "0000-00000000"),
    }
    return json_response(body, status, {"Content-Type": "application/json"} | (headers or {}))


def _wanted_range(request: Request, blob: Blob) -> tuple[int, int] | None:
    """Reads the one range asked for as (start, stop); None for the whole object."""
    match = re.fullmatch(r"bytes=([0-9]{0,18})-([0-9]{0,18})", request.headers.get("range", ""))
    unchanged = (blob.etag, http_date(blob.modified))
    if not match or request.headers.get("if-range", blob.etag) not in unchanged:
        return None
    first, last = match.groups()
    if first and last and int(last) < int(first):
        return None
    if first:
        return int(first), min(int(last) + 1 if last else blob.size, blob.size)
    return (max(blob.size - int(last), 0), blob.size) if last else None
