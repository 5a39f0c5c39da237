"""What the headers of a response say of the file behind a link."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Self

import httpx

from .. import body as bodies
from ..file_types import ENDING_OF_TYPE
from ..json_values import JSON
from ..rate_headers import http_date
from ..store_answers import file_refusal
from ._cancel import CancelToken
from .file_client import FileClient

_NUMBER = re.compile(r"[0-9]{1,20}")
_RANGE = re.compile(r"bytes (?:([0-9]{1,18})-[0-9]{1,18}|\*)/([0-9]{1,18}|\*)", re.IGNORECASE)
_STRONG = re.compile(r'"[!#-~]*"')
_DATE = re.compile(r"[ -~]*")
_LARGEST_CRC = 2**64


@dataclass(frozen=True, slots=True)
class RemoteFile:
    """A file as its store describes it: `total` in bytes, `crc64` the CRC-64/XZ of all of them.

    `etag` and `modified` are the headers as they came, empty if they did not.
    """

    total: int | None = None
    etag: str = ""
    crc64: int | None = None
    content_type: str = ""
    modified: str = ""

    @classmethod
    def of(cls, response: httpx.Response) -> Self:
        """Read the headers of a response that has the file, or a part of it, in its body."""
        headers = response.headers
        partial = response.status_code != httpx.codes.OK
        crc64 = _number(headers.get("x-tos-hash-crc64ecma", ""))
        return cls(
            content_range(response)[1] if partial else _number(headers.get("Content-Length", "")),
            headers.get("ETag", ""),
            crc64 if crc64 is not None and crc64 < _LARGEST_CRC else None,
            headers.get("Content-Type", ""),
            _settled(headers.get("Last-Modified", ""), headers.get("Date", "")),
        )

    @classmethod
    def from_json(cls, data: JSON) -> Self:
        """Read what `to_json` gave; of anything else nothing is known."""
        known = data if isinstance(data, dict) else {}
        total, crc64, etag, modified = map(known.get, ("total", "crc64", "etag", "modified"))
        return cls(
            total if isinstance(total, int) and total >= 0 else None,
            etag if isinstance(etag, str) else "",
            crc64 if isinstance(crc64, int) and 0 <= crc64 < _LARGEST_CRC else None,
            modified=modified if isinstance(modified, str) and _DATE.fullmatch(modified) else "",
        )

    def to_json(self) -> dict[str, JSON]:
        """Return what a part of the file needs beside it to be gone on with."""
        return {
            "total": self.total,
            "etag": self.etag,
            "modified": self.modified,
            "crc64": self.crc64,
        }

    @property
    def extension(self) -> str | None:
        """The ending that the type asks for, such as `.mp4`; None for a type not known here."""
        return ENDING_OF_TYPE.get(self.content_type.partition(";")[0].strip().lower())

    @property
    def validator(self) -> str:
        """What `If-Range` may ask by: a strong entity tag, else the date; empty if neither."""
        return self.etag if _STRONG.fullmatch(self.etag) else self.modified

    def may_be(self, other: RemoteFile) -> bool:
        """Whether they can be the same file: nothing that both tell differs."""
        mine = (self.total, self.validator, self.crc64)
        theirs = (other.total, other.validator, other.crc64)
        return all(
            one == another or one in (None, "") or another in (None, "")
            for one, another in zip(mine, theirs, strict=True)
        )


def probe(client: FileClient, url: str, cancel: CancelToken) -> RemoteFile:
    """Ask what is behind `url` by its first byte, as the method HEAD is not signed.

    Blocks. Raises DownloadError, TransientError, Cancelled, or KeyRefused for a link of the
    gateway's own.
    """
    with client.get(url, {"Range": "bytes=0-0"}, cancel) as response:
        if response.status_code not in (httpx.codes.OK, httpx.codes.PARTIAL_CONTENT):
            raise file_refusal(response, bodies.read_body(response), client.hide)
        return RemoteFile.of(response)


def content_range(response: httpx.Response) -> tuple[int | None, int | None]:
    """Return where the body begins in the file, and the file's length; None for what is not told.

    A 416 tells the length alone: `bytes */TOTAL`.
    """
    match = _RANGE.fullmatch(response.headers.get("Content-Range", "").strip())
    start, total = match.groups() if match else (None, None)
    return _number(start or ""), _number(total or "")


def _number(text: str) -> int | None:
    match = _NUMBER.fullmatch(text.strip())
    return int(match[0]) if match else None


def _settled(modified: str, date: str) -> str:
    """Return the date of the last change if it tells changes apart.

    That takes a response of a later second (RFC 9110, 8.8.2.2).
    """
    changed, answered = http_date(modified), http_date(date)
    settled = changed is not None and answered is not None and changed < answered
    return modified if settled and _DATE.fullmatch(modified) else ""
