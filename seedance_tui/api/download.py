"""Bring one file home: streamed beside its place, checked, and moved there whole."""

from __future__ import annotations

import asyncio
import errno
import os
import shutil
import time
from collections.abc import AsyncGenerator, Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, TypeVar

import httpx

from . import body as bodies
from .client import Client, translated
from .errors import ApiError, DiskError, LinkDead, NotAVideo, ServerFault, WrongLength

PART = ".part"
_BUFFER = 1024 * 1024
_BUFFER_SECONDS = 0.25
_HEAD = 12
"""Bytes that tell a video."""
_SPARE = 16 * 1024 * 1024
"""Bytes that must stay free on the disk beside the file itself."""

_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Progress:
    """How many bytes are on the disk, of how many if the server said so."""

    received: int
    total: int | None

    @property
    def fraction(self) -> float | None:
        """From 0 to 1; None while the total is not known."""
        return self.received / self.total if self.total else None


async def download(
    client: Client, url: str, target: Path, *, video: bool = True
) -> AsyncGenerator[Progress]:
    """Save what `url` leads to as `target`, by way of `target` + `.part`.

    `target` appears whole or not at all, and never over another file: FileExistsError. Raises
    DownloadError or Weather. The disk is touched in threads only.
    """
    if await asyncio.to_thread(os.path.lexists, target):
        raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(target))
    part = target.with_name(target.name + PART)
    with translated():
        request = client.file_request(url, {})
        response = await client.send(request)
        try:
            total = await _checked_total(response)
            async for progress in _stream(response, part, total, video=video):
                yield progress
        finally:
            await response.aclose()
    await _on_disk(_move_into_place, part, target)


async def _checked_total(response: httpx.Response) -> int | None:
    """Return the length that the answer declares; raise if it is no file."""
    if response.status_code != httpx.codes.OK:
        body = await bodies.read_body(response)
        text = bodies.message(body) or f"HTTP {response.status_code}"
        kind: type[ApiError] = ServerFault if response.status_code >= 500 else LinkDead
        raise kind(text, status=response.status_code)
    length = response.headers.get("Content-Length", "")
    return int(length) if length.isdigit() else None


async def _stream(
    response: httpx.Response, part: Path, total: int | None, *, video: bool
) -> AsyncGenerator[Progress]:
    """Write the body to `part`, a buffer at a time, fsynced at the end."""
    file = await _on_disk(_open_part, part, total or 0)
    received = 0
    try:
        async for buffer in _buffers(response):
            if received == 0 and video and not looks_like_video(buffer):
                raise NotAVideo("the server sent something that is not a video")
            await _on_disk(file.write, buffer)
            received += len(buffer)
            yield Progress(received, total)
        if received != (total if total is not None else received) or not received:
            raise WrongLength(f"{received} of {total} bytes came")
        await _on_disk(_flush, file)
    except (NotAVideo, WrongLength):
        file.close()
        await asyncio.to_thread(part.unlink, missing_ok=True)
        raise
    finally:
        file.close()


async def _buffers(response: httpx.Response) -> AsyncGenerator[bytes]:
    """Gather the stream: a buffer costs a trip to a thread, and is news for the screen."""
    buffer, since = bytearray(), time.monotonic()
    async for chunk in response.aiter_raw():
        buffer += chunk
        if len(buffer) >= _BUFFER or (
            len(buffer) >= _HEAD and time.monotonic() - since >= _BUFFER_SECONDS
        ):
            yield bytes(buffer)
            buffer.clear()
            since = time.monotonic()
    if buffer:
        yield bytes(buffer)


def looks_like_video(head: bytes) -> bool:
    """Whether the bytes begin as an MP4 or MOV file: a size, then a known box."""
    return len(head) >= 8 and head[4:8] in (b"ftyp", b"moov", b"mdat", b"wide", b"free", b"skip")


def _open_part(part: Path, needed: int) -> BinaryIO:
    part.parent.mkdir(parents=True, exist_ok=True)
    free = shutil.disk_usage(part.parent).free
    if needed + _SPARE > free:
        raise DiskError(f"{needed} bytes are needed and {free} are free", status=None)
    return part.open("wb")


def _flush(file: BinaryIO) -> None:
    file.flush()
    os.fsync(file.fileno())
    file.close()


def _move_into_place(part: Path, target: Path) -> None:
    """Give the whole file its name; a link, unlike a rename, never replaces another file."""
    try:
        os.link(part, target)
    except FileExistsError:
        raise
    except OSError:
        if target.exists():
            raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(target)) from None
        part.rename(target)
    else:
        part.unlink()
    _sync_folder(target.parent)


def _sync_folder(folder: Path) -> None:
    with suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


async def _on_disk(work: Callable[..., _T], *arguments: object) -> _T:
    """Do blocking work in a thread; the disk's refusals come out as DiskError."""
    try:
        return await asyncio.to_thread(work, *arguments)
    except FileExistsError:
        raise
    except OSError as error:
        raise DiskError(error.strerror or str(error)) from error
