"""Download one file: beside its place until it is complete and checked, then moved there.

One blocking function, to be read from top to bottom; it runs in a thread, see `background`.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, replace
from itertools import chain
from pathlib import Path

import httpx

from .. import body as bodies
from ..error_mapping import file_refusal
from ..errors import ChecksumWrong, LinkExpired, NameTaken, NotAVideo, WrongLength
from ..links import web_link
from ._cancel import CancelToken
from ._disk_space import disk_errors
from ._first_bytes import ENOUGH, is_wanted, looks_like_video
from ._progress import OnProgress, Progress, Reporter
from ._same_file import is_same
from .file_client import FileClient
from .part_file import Part, discard_part
from .remote_file import RemoteFile, content_range, probe
from .retries import Backoff, Retries

_OK, _PARTIAL, _NOTHING_MORE = 200, 206, 416
_USUAL = Retries()


def download(
    client: FileClient,
    url: str,
    target: Path,
    cancel: CancelToken,
    *,
    video: bool = True,
    retries: Retries = _USUAL,
    on_progress: OnProgress = lambda progress: None,
) -> None:
    """Save what `url` leads to as `target`, resuming what an earlier run received.

    `target` appears complete or not at all, and never over another file: one with the same bytes
    is the file itself. `video` says whether it must be one; `on_progress` is called in this thread.
    Raises DownloadError, TransientError when `retries` are used up, Cancelled, or KeyRefused for a
    link of the gateway's own. What was received is kept for the next time, whatever is raised.
    """
    if web_link(url) is None:
        raise LinkExpired("not an http(s) URL")
    with disk_errors(target.parent):
        if os.path.lexists(target):
            backoff = Backoff(retries, 0, cancel)
            remote = backoff.repeat(lambda: probe(client, url, cancel), lambda: 0)
        else:
            with closing(Part(target)) as part:
                part.open()
                reporter = Reporter(on_progress)
                _Download(client, url, part, video, retries, reporter, cancel).complete()
                part.place()
            if part.is_placed:
                return
            remote = replace(part.remote, total=part.received)
        if not is_same(target, remote, cancel):
            raise NameTaken("a different file named {name} already exists", name=target.name)
        discard_part(target)
        on_progress(Progress(remote.total or 0, remote.total))


@dataclass(frozen=True, slots=True)
class _Download:
    """What the steps of one download share; the steps follow in their order."""

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
        if not is_of_use or (self.video and not looks_like_video(head)):
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
        return is_at_end and self.part.remote.may_be(RemoteFile.of(response))

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
        head = b""
        while len(head) < ENOUGH and (piece := next(pieces, b"")):
            head += piece
        if not head:
            raise WrongLength("no data received")
        if not is_wanted(head, remote.content_type, video=self.video):
            raise NotAVideo("the server did not return the requested file")
        self.part.restart(remote)
        return chain([head], pieces)

    def _report(self) -> None:
        self.reporter.report(self.part.received, self.part.remote.total, urgent=True)
