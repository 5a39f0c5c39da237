"""Read pieces of a file behind a link, by the rules of a download."""

from __future__ import annotations

from collections.abc import Sequence

import httpx

from .. import body as bodies
from ..errors import ApiError, BadAnswer, LinkExpired, NoLink, WrongLength
from ..store_answers import file_refusal, no_file
from ._cancel import CancelToken
from ._content_coding import codings
from ._first_bytes import is_wanted
from .file_client import FileClient
from .remote_file import RemoteFile, content_range

MOST_SKIPPED = 1024 * 1024
"""Bytes that are read in vain, from a store that sends all of a file."""
_OK, _PARTIAL, _NOTHING_MORE = 200, 206, 416


class RangeReader:
    """Reads pieces of one file; the first of its addresses that has it is asked from then on.

    `video` says whether the file must be one. `remote` is what the store says of the file, once
    it was asked; `received` counts the bytes that came. One thread at a time.
    """

    def __init__(self, client: FileClient, urls: Sequence[str], *, video: bool = True) -> None:
        self.remote: RemoteFile | None = None
        self.received = 0
        self._client = client
        self._urls = tuple(urls)
        self._video = video

    def read(self, begin: int, count: int, cancel: CancelToken) -> bytes:
        """Return `count` bytes from `begin` on, fewer where the file ends.

        Blocks. Raises DownloadError, TransientError, Cancelled, or KeyRefused for a link of the
        gateway's own. The method HEAD is not signed, so the first piece tells the length.
        """
        errors: list[ApiError] = []
        for url in self._urls:
            try:
                data = self._ask(url, begin, count, cancel)
            except ApiError as error:
                errors.append(error)
            else:
                self._urls = (url,)
                return data
        raise next((e for e in errors if isinstance(e, LinkExpired)), (*errors, NoLink())[0])

    def _ask(self, url: str, begin: int, count: int, cancel: CancelToken) -> bytes:
        headers = {"Range": f"bytes={begin}-{begin + count - 1}"}
        with self._client.get(url, headers, cancel) as response:
            if response.status_code == _NOTHING_MORE:
                self._recognise(response)
                return b""
            if response.status_code not in (_OK, _PARTIAL):
                raise file_refusal(response, bodies.read_body(response), self._client.hide)
            if codings(response):
                raise BadAnswer("the store packs the pieces of a file")
            self._recognise(response)
            data = self._piece(response, begin, count, cancel)
            if begin == 0 and not is_wanted(
                data, response.headers.get("Content-Type", ""), video=self._video
            ):
                raise no_file(response, iter([data]), self._client.hide)
        return data

    def _recognise(self, response: httpx.Response) -> None:
        """Learn what file it is; another one than before is none that can be read on."""
        remote = RemoteFile.of(response)
        if self.remote is not None and not self.remote.may_be(remote):
            raise WrongLength("the file behind the link has changed")
        self.remote = self.remote or remote

    def _piece(
        self, response: httpx.Response, begin: int, count: int, cancel: CancelToken
    ) -> bytes:
        """Read the body as far as it is wanted: a store may send all of the file."""
        start = (content_range(response)[0] or 0) if response.status_code == _PARTIAL else 0
        if start > begin:
            raise WrongLength("the store sent another piece")
        if begin - start > MOST_SKIPPED:
            raise BadAnswer("the store sends no pieces of a file")
        skipped, data = begin - start, bytearray()
        for piece in response.iter_raw():
            cancel.check()
            self.received += len(piece)
            data += piece[skipped:]
            skipped = max(0, skipped - len(piece))
            if len(data) >= count:
                break
        return bytes(data[:count])
