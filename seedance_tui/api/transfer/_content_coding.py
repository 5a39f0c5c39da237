"""Undo what a store, or somebody on the way, has done to a file: `Content-Encoding`."""

from __future__ import annotations

import zlib
from collections.abc import Iterator

import httpx

from ..errors import NotAVideo, WrongLength

_BUFFER = 256 * 1024
_GZIP = ("gzip", "x-gzip")
_BOMB, _BOMB_RATIO = 256 * 1024 * 1024, 250
"""Bytes beyond which what unpacks to so many times its size is taken for no file."""


def codings(response: httpx.Response) -> list[str]:
    """The codings of the body, in the order in which they were applied."""
    words = response.headers.get("Content-Encoding", "").lower().split(",")
    return [word for text in words if (word := text.strip()) not in ("", "identity")]


def decoded(pieces: Iterator[bytes], applied: list[str]) -> Iterator[bytes]:
    """Unpack a body; raises NotAVideo for an unknown coding, WrongLength for a cut or damage."""
    for coding in reversed(applied):
        if coding not in (*_GZIP, "deflate"):
            raise NotAVideo("the file is packed with {coding}", coding=coding)
        pieces = _inflated(pieces, is_gzip=coding in _GZIP)
    return pieces


def _inflated(pieces: Iterator[bytes], *, is_gzip: bool) -> Iterator[bytes]:
    inflater, packed, unpacked = None, 0, 0
    try:
        for piece in pieces:
            rest, packed = piece, packed + len(piece)
            while rest:
                if inflater is None or inflater.eof:  # a file may be packed in several members
                    inflater = zlib.decompressobj(_window(rest, is_gzip=is_gzip))
                out = inflater.decompress(rest, _BUFFER)
                rest = inflater.unconsumed_tail or inflater.unused_data
                unpacked += len(out)
                if unpacked > max(_BOMB, packed * _BOMB_RATIO):
                    raise NotAVideo("the server did not return the requested file")
                if out:
                    yield out
    except zlib.error as error:
        raise WrongLength("the packed data is damaged") from error
    if inflater is not None and not inflater.eof:
        raise WrongLength("the packed data ends too early")


def _window(head: bytes, *, is_gzip: bool) -> int:
    """What zlib is to expect; some servers send `deflate` without the header of zlib."""
    if is_gzip:
        return zlib.MAX_WBITS | 16
    has_header = head[0] & 15 == 8 and (len(head) < 2 or (head[0] << 8 | head[1]) % 31 == 0)
    return zlib.MAX_WBITS if has_header else -zlib.MAX_WBITS
