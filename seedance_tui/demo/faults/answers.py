"""Faults that say something else than the truth."""

# ruff: noqa: D102 -- the call of every fault is described once, in the package

import gzip
import json
import zlib
from collections.abc import AsyncGenerator, Mapping
from dataclasses import dataclass, field, replace

from ..crc64 import crc64
from ..messages import Handler, Request, Response, json_response
from ..objects import Blob

MEBIBYTE = 1024 * 1024
GZIP_HEAD = b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x02\xff"
JSON = {"Content-Type": "application/json; charset=utf-8"}
HTML = {"Content-Type": "text/html; charset=utf-8"}


@dataclass(frozen=True, slots=True)
class Answer:
    """Says exactly this."""

    status: int = 200
    headers: Mapping[str, str] = field(default_factory=lambda: JSON)
    body: bytes = b""

    async def __call__(self, request: Request, handler: Handler) -> Response:
        return Response(self.status, self.headers, self.body)


@dataclass(frozen=True, slots=True)
class Fields:
    """Says the truth with other fields of the task; None takes one away."""

    changes: Mapping[str, object]

    async def __call__(self, request: Request, handler: Handler) -> Response:
        good = await handler(request)
        if good.status != 200:
            return good
        answer = json.loads(b"".join([piece async for piece in good.chunks()]))
        changed = answer["data"] | self.changes
        answer["data"] = {name: value for name, value in changed.items() if value is not None}
        return json_response(answer)


@dataclass(frozen=True, slots=True)
class Html:
    """Says a web page, as a wrong base URL or a proxy in trouble does."""

    status: int = 200
    body: bytes = b"<!doctype html><html><title>Anyfast</title><body>Anyfast</body></html>"

    async def __call__(self, request: Request, handler: Handler) -> Response:
        return Response(self.status, HTML, self.body)


@dataclass(frozen=True, slots=True)
class EmptyBody:
    """Says nothing, with a status."""

    status: int = 200

    async def __call__(self, request: Request, handler: Handler) -> Response:
        return Response(self.status)


@dataclass(frozen=True, slots=True)
class Redirect:
    """Sends the client elsewhere."""

    url: str
    status: int = 302

    async def __call__(self, request: Request, handler: Handler) -> Response:
        return Response(self.status, {"Location": self.url})


@dataclass(frozen=True, slots=True)
class Huge:
    """Says a body of `size` bytes of blank, which JSON would have to read through."""

    size: int

    async def __call__(self, request: Request, handler: Handler) -> Response:
        blanks = Blob(b" " * MEBIBYTE, self.size)
        return Response(200, JSON, blanks.stream(0, self.size), self.size)


@dataclass(frozen=True, slots=True)
class GzipBomb:
    """Says a small compressed body that unpacks to `mebibytes` MiB of blank."""

    mebibytes: int = 256

    async def __call__(self, request: Request, handler: Handler) -> Response:
        return Response(200, JSON | {"Content-Encoding": "gzip"}, self._pack())

    async def _pack(self) -> AsyncGenerator[bytes, None]:
        blank, checksum = b" " * MEBIBYTE, 0
        packer = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
        block = packer.compress(blank) + packer.flush(zlib.Z_FULL_FLUSH)  # a full flush repeats
        yield GZIP_HEAD
        for _ in range(self.mebibytes):
            checksum = zlib.crc32(blank, checksum)
            yield block
        size = self.mebibytes * MEBIBYTE % 2**32
        yield packer.flush() + checksum.to_bytes(4, "little") + size.to_bytes(4, "little")


@dataclass(frozen=True, slots=True)
class Gzipped:
    """Packs the body, whatever the client accepts, as a cache on the way does.

    `of_the_packed` says whether the checksum in the headers is that of the packed bytes.
    """

    of_the_packed: bool = False

    async def __call__(self, request: Request, handler: Handler) -> Response:
        good = await handler(request)
        packed = gzip.compress(b"".join([chunk async for chunk in good.chunks()]))
        headers = {**good.headers, "Content-Encoding": "gzip"}
        if self.of_the_packed:
            headers["x-tos-hash-crc64ecma"] = str(crc64(packed))
        return replace(good, headers=headers, body=packed, length=len(packed))
