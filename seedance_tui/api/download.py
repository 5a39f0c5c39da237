"""Bring one file home: streamed beside its place, checked, and moved there whole."""

from __future__ import annotations

import asyncio
import errno
import os
import shutil
import sys
import time
from collections.abc import AsyncGenerator, Callable
from contextlib import aclosing, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, TypeVar

import httpx

from . import body as bodies
from .client import Client
from .disk import lock, sync_folder
from .errors import DiskError, DownloadError, LinkDead, NotAVideo, WrongLength
from .links import web_link
from .refusals import file_refusal

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
    DownloadError, Weather, or KeyRefused for a link of the gateway's own. The disk is touched in
    threads only.
    """
    if web_link(url) is None:
        raise LinkDead("it is not a web link")
    if await asyncio.to_thread(os.path.lexists, target):
        raise _taken(target)
    with client.translated(unusable=LinkDead):
        request = client.file_request(url, {})
        response = await client.send(request)
        try:
            total = await _checked_total(client, response)
            async with aclosing(_stream(response, target, total, video=video)) as steps:
                async for progress in steps:
                    yield progress
        finally:
            await response.aclose()


async def _checked_total(client: Client, response: httpx.Response) -> int | None:
    """Return the length that the answer declares; raise if it is no file."""
    if response.status_code != httpx.codes.OK:
        raise file_refusal(response, await bodies.read_body(response), client.hide)
    length = response.headers.get("Content-Length", "")
    return int(length) if length.isdecimal() else None


async def _stream(
    response: httpx.Response, target: Path, total: int | None, *, video: bool
) -> AsyncGenerator[Progress]:
    """Write the body beside `target`, a buffer at a time, and give it the name at the end."""
    part = target.with_name(target.name + PART)
    file = await _on_disk(_open_part, part, total or 0)
    received = 0
    try:
        async for buffer in _buffers(response):
            if received == 0 and not _is_wanted(response, buffer, video=video):
                raise NotAVideo("the server sent something else than the file")
            await _on_disk(file.write, buffer)
            received += len(buffer)
            yield Progress(received, total)
        if received != (total if total is not None else received) or not received:
            raise WrongLength(f"{received} of {total} bytes came")
        if not await _on_disk(_finish, file, part, target):
            raise _taken(target)
    except DownloadError:
        _close(file)
        with suppress(OSError):
            await asyncio.to_thread(part.unlink)
        raise
    finally:
        _close(file)


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


def _is_wanted(response: httpx.Response, head: bytes, *, video: bool) -> bool:
    page = bodies.is_page(head, response.headers.get("Content-Type", ""))
    return looks_like_video(head) if video else not page


def _open_part(part: Path, needed: int) -> BinaryIO:
    part.parent.mkdir(parents=True, exist_ok=True)
    free = shutil.disk_usage(part.parent).free
    if needed + _SPARE > free:
        raise DiskError(f"{needed} bytes are needed and {free} are free", status=None)
    file = part.open("ab")
    try:
        lock(file.fileno(), wait=False)
    except OSError as error:
        if error.errno in (errno.EWOULDBLOCK, errno.EACCES):
            file.close()
            raise DiskError("another window is saving this file") from error
    file.truncate(0)
    return file


def _close(file: BinaryIO) -> None:
    """Close the file; a full disk refuses what is still buffered, which is known by then."""
    with suppress(OSError):
        file.close()


def _finish(file: BinaryIO, part: Path, target: Path) -> bool:
    """Make the file durable and give it its name, locked until then; False if it is taken."""
    file.flush()
    os.fsync(file.fileno())
    if sys.platform == "win32":  # which renames no open file
        file.close()
    return _move_into_place(part, target)


def _move_into_place(part: Path, target: Path) -> bool:
    """Give the whole file its name; False if it is taken, for a link never replaces a file."""
    try:
        os.link(part, target)
    except OSError:  # taken, or a file system without links
        if os.path.lexists(target):
            part.unlink(missing_ok=True)
            return False
        part.rename(target)
    else:
        part.unlink()
    sync_folder(target.parent)
    return True


def _taken(target: Path) -> FileExistsError:
    return FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(target))


async def _on_disk(work: Callable[..., _T], *arguments: object) -> _T:
    """Do blocking work in a thread; the disk's refusals come out as DiskError."""
    try:
        return await asyncio.to_thread(work, *arguments)
    except OSError as error:
        raise DiskError(error.strerror or str(error)) from error
