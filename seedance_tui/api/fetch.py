"""Fetch one file into its part: go on where it ended, try again, check it."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from contextlib import aclosing
from dataclasses import dataclass

import httpx

from . import body as bodies
from .client import Client
from .disk_thread import DiskThread
from .error_mapping import file_refusal
from .errors import ChecksumWrong, LinkDead, NotAVideo, Weather, WrongLength
from .part import Part
from .remote import Remote, content_range
from .retries import Patience, Retries
from .stream import HEAD, Buffer, buffers, is_wanted, looks_like_video

_OK, _PARTIAL, _NOTHING_MORE = 200, 206, 416


@dataclass(frozen=True, slots=True)
class Progress:
    """How many bytes are on the disk, of how many if the server said so."""

    received: int
    total: int | None

    @property
    def fraction(self) -> float | None:
        """From 0 to 1; None while the total is not known."""
        return self.received / self.total if self.total else None


class Fetch:
    """The way of one file from its link into `part`, whose work is done in `disk`."""

    def __init__(
        self, client: Client, url: str, part: Part, disk: DiskThread, *, video: bool
    ) -> None:
        self._client = client
        self._url = url
        self._part = part
        self._disk = disk
        self._video = video

    async def look_back(self) -> None:
        """Read what has come before; what cannot be gone on with, or is no video, is forgotten."""
        head = await self._disk.start(self._part.head, HEAD)
        is_of_use = self._part.can_grow or self._part.is_whole
        if not is_of_use or (self._video and not looks_like_video(head)):
            await self._disk.start(self._part.empty)
        while await self._disk.start(self._part.read_back):
            pass

    async def sound(self, retries: Retries) -> AsyncGenerator[Progress]:
        """Fetch until the file is whole and sound.

        One of several goes that is not sound is fetched once more from its beginning. Raises
        DownloadError, and Weather when `retries` are used up.
        """
        for may_repeat in (True, False):
            async with aclosing(self._whole(retries)) as steps:
                async for progress in steps:
                    yield progress
            if await self._disk.start(self._part.is_sound):
                return
            repeated = may_repeat and self._part.resumed
            await self._disk.start(self._part.empty)
            if not repeated:
                raise ChecksumWrong("its CRC-64 differs")

    async def _whole(self, retries: Retries) -> AsyncGenerator[Progress]:
        """Try until all the bytes are there, or until `retries` are used up."""
        patience = Patience(retries, self._part.received)
        if self._part.is_whole:
            yield self._progress()
            return
        while True:
            try:
                async with aclosing(self._once()) as steps:
                    async for progress in steps:
                        yield progress
            except (Weather, WrongLength) as error:
                await patience.wait(error, self._part.received)
            else:
                return

    async def _once(self) -> AsyncGenerator[Progress]:
        """Ask once for what is missing, and take in what comes."""
        with self._client.translated(unusable=LinkDead):
            response = await self._answer()
            try:
                async with aclosing(self._take_in(response)) as steps:
                    async for progress in steps:
                        yield progress
                        if progress.total is not None and progress.received > progress.total:
                            break
            finally:
                await response.aclose()
        received, total = self._part.received, self._part.remote.total
        if received != total and total is not None:
            raise WrongLength("{received} of {total} bytes came", received=received, total=total)

    async def _answer(self) -> httpx.Response:
        """Ask for what is missing; for all, if what is there proves to be of another file."""
        response = await self._send()
        if self._part.can_grow and not self._may_go_on(response):
            await response.aclose()
            await self._disk.start(self._part.empty)
            response = await self._send()
        return response

    async def _send(self) -> httpx.Response:
        headers = {}
        if self._part.can_grow:
            headers["Range"] = f"bytes={self._part.received}-"
            headers["If-Range"] = self._part.remote.validator
        return await self._client.send(self._client.file_request(self._url, headers))

    def _may_go_on(self, response: httpx.Response) -> bool:
        """Whether an answer about a range is about the end of the part, and of the same file."""
        start, total = content_range(response)
        places = {_PARTIAL: start, _NOTHING_MORE: total}
        if response.status_code not in places:
            return True
        is_at_end = places[response.status_code] == self._part.received
        return is_at_end and self._part.remote.may_be(Remote.of(response))

    async def _take_in(self, response: httpx.Response) -> AsyncGenerator[Progress]:
        """Write the body, one buffer while the next one comes."""
        async with aclosing(buffers(response)) as body:
            first = await self._begin(response, body)
            yield self._progress()
            writing = self._disk.start(self._part.write, first)
            try:
                async for buffer in body:
                    await writing
                    yield self._progress()
                    writing = self._disk.start(self._part.write, buffer)
            finally:
                await writing
            yield self._progress()

    async def _begin(self, response: httpx.Response, body: AsyncGenerator[Buffer]) -> Buffer:
        """Make the part ready for the body and return its first buffer; raise if it is no file."""
        remote = Remote.of(response)
        if self._part.can_grow and response.status_code == _NOTHING_MORE:
            await self._disk.start(self._part.resume, remote)
            await body.aclose()
            return []
        if self._part.can_grow and response.status_code == _PARTIAL:
            await self._disk.start(self._part.resume, remote)
            return await anext(body, [])
        if response.status_code != _OK:
            raise file_refusal(response, await bodies.read_body(response), self._client.hide)
        first: Buffer = await anext(body, [])
        if not first:
            raise WrongLength("nothing came")
        if not is_wanted(b"".join(first), remote.content_type, video=self._video):
            raise NotAVideo("the server sent something else than the file")
        await self._disk.start(self._part.restart, remote)
        return first

    def _progress(self) -> Progress:
        return Progress(self._part.received, self._part.remote.total)
