"""Receive a file into its part: ask, resume, read, write, check; in the order of the methods."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import chain

import httpx

from ...files.containers import ENOUGH, is_enough
from .. import body as bodies
from ..errors import ChecksumWrong, WrongLength
from ..store_answers import file_refusal, no_file
from ._cancel import CancelToken
from ._content_coding import codings, decoded
from ._crc64 import Crc64, checksum
from ._first_bytes import is_wanted
from ._progress import Reporter
from .file_client import FileClient
from .part_file import Part
from .remote_file import RemoteFile, content_range
from .retries import Backoff, Retries

_OK, _PARTIAL, _NOTHING_MORE = 200, 206, 416


@dataclass(frozen=True, slots=True)
class Receiver:
    """What the steps of one download share."""

    client: FileClient
    url: str
    part: Part
    video: bool
    retries: Retries
    reporter: Reporter
    cancel: CancelToken

    def complete(self) -> None:
        """Receive the rest of the file until its checksum is right.

        A file that was received in more than one go may be repeated once from its beginning.
        """
        self._resume()
        for may_repeat in (True, False):
            self._receive_all()
            if self.part.verify():
                return
            is_repeated = may_repeat and self.part.resumed
            self.part.empty()
            if not is_repeated:
                raise ChecksumWrong("CRC-64 mismatch")

    def _resume(self) -> None:
        """Read what is there; what cannot be resumed, or is no video, is forgotten."""
        head = self.part.head(ENOUGH)
        is_of_use = self.part.can_grow or self.part.is_whole
        if not is_of_use or not is_wanted(head, "", video=self.video):
            self.part.empty()
        self.part.hash_existing(self.cancel)

    def _receive_all(self) -> None:
        """Receive until all the bytes are there, or until the retries are used up."""
        if self.part.is_whole:
            self._report()
            return
        backoff = Backoff(self.retries, self.part.received, self.cancel)
        backoff.repeat(self._receive, lambda: self.part.received)

    def _receive(self) -> None:
        """Ask once for what is missing, and write what is received."""
        headers = self._range()
        with self.client.get(self.url, headers, self.cancel) as response:
            is_other_file = bool(headers) and not self._continues(response)
            if not is_other_file:
                self._write(response)
        if is_other_file:
            self.part.empty()
            self._receive()  # now all of it
        received, total = self.part.received, self.part.remote.total
        if received != total and total is not None:
            raise WrongLength(
                "received {received} of {total} bytes", received=received, total=total
            )
        if total is None and not self._ends_where_it_should():
            raise WrongLength("the file ends too early")

    def _ends_where_it_should(self) -> bool:
        """Whether a file whose length nobody told is whole by its own bytes, where these tell."""
        shape = self.part.shape()
        is_told = shape.format is not None and shape.format.is_video is self.video
        return shape.is_whole or not (is_told or self.video)

    def _range(self) -> dict[str, str]:
        """Return the headers that ask for the rest, if the file is still the same."""
        if not self.part.can_grow:
            return {}
        return {
            "Range": f"bytes={self.part.received}-",
            "If-Range": self.part.remote.validator,
        }

    def _continues(self, response: httpx.Response) -> bool:
        """Whether a response to a range begins where the part ends, and is of the same file."""
        start, total = content_range(response)
        places = {_PARTIAL: start, _NOTHING_MORE: total}
        if response.status_code not in places:
            return True
        is_at_end = places[response.status_code] == self.part.received
        is_plain = response.status_code == _NOTHING_MORE or not codings(response)
        return is_at_end and is_plain and self.part.remote.may_be(RemoteFile.of(response))

    def _write(self, response: httpx.Response) -> None:
        """Write the body as it is received."""
        pieces = self._begin(response)
        self._report()
        try:
            for piece in pieces:
                self.cancel.check()
                self.part.write(piece)
                total = self.part.remote.total
                if total is not None and self.part.received > total:
                    return
                self.reporter.report(self.part.received, total)
        finally:
            self._report()

    def _begin(self, response: httpx.Response) -> Iterator[bytes]:
        """Prepare the part for the body, and return the body; raise if it is not the file."""
        remote, pieces = RemoteFile.of(response), response.iter_raw()
        if self.part.can_grow and response.status_code in (_PARTIAL, _NOTHING_MORE):
            self.part.resume(remote)
            return pieces if response.status_code == _PARTIAL else iter(())
        if response.status_code != _OK:
            raise file_refusal(response, bodies.read_body(response), self.client.hide)
        wire = None
        if packed := codings(response):  # what the headers say is said of the packed bytes
            wire = None if remote.crc64 is None else checksum()
            pieces = decoded(_watched(pieces, wire), packed)
            remote = replace(remote, total=None, etag="", modified="")
        head = b""
        while not is_enough(head) and (piece := next(pieces, b"")):
            head += piece
        if not head:
            raise WrongLength("no data received")
        if not is_wanted(head, remote.content_type, video=self.video):
            raise no_file(response, chain([head], pieces), self.client.hide)
        self.part.restart(remote, wire)
        return chain([head], pieces)

    def _report(self) -> None:
        self.reporter.report(self.part.received, self.part.remote.total, urgent=True)


def _watched(pieces: Iterator[bytes], running: Crc64 | None) -> Iterator[bytes]:
    for piece in pieces:
        if running is not None:
            running.update(piece)
        yield piece
