"""Bring one file home: beside its place until it is whole and checked, then moved there."""

from __future__ import annotations

import os
from collections.abc import AsyncGenerator
from contextlib import aclosing
from dataclasses import replace
from pathlib import Path

from .client import Client
from .compare import is_same
from .disk_thread import DiskThread
from .errors import LinkDead, NameTaken, Weather
from .fetch import Fetch, Progress
from .links import web_link
from .part import Part, discard_part, part_of
from .remote import Remote, probe
from .retries import Patience, Retries
from .stream import looks_like_video

__all__ = [
    "Progress",
    "Remote",
    "Retries",
    "discard_part",
    "download",
    "looks_like_video",
    "part_of",
    "probe",
]
_USUAL = Retries()


async def download(
    client: Client, url: str, target: Path, *, video: bool = True, retries: Retries = _USUAL
) -> AsyncGenerator[Progress]:
    """Save what `url` leads to as `target`, going on with what has come of it before.

    `target` appears whole or not at all, and never over another file: one that has the same bytes
    is the file itself. Raises DownloadError, Weather when `retries` are used up, or KeyRefused for
    a link of the gateway's own. What has come is kept for the next time, also when cancelled.
    The disk is touched in a thread only.
    """
    if web_link(url) is None:
        raise LinkDead("it is not a web link")
    disk = DiskThread(target.parent)
    try:
        if await disk.start(os.path.lexists, target):
            remote = await _probed(client, url, retries)
        else:
            part = Part(target)
            fetch = Fetch(client, url, part, disk, video=video)
            async with aclosing(_placed(fetch, part, disk, retries)) as steps:
                async for progress in steps:
                    yield progress
            if part.is_placed:
                return
            remote = replace(part.remote, total=part.received)
        if not await disk.start(is_same, target, remote):
            raise NameTaken("{name} is another file", name=target.name)
        await disk.start(discard_part, target)
        yield Progress(remote.total or 0, remote.total)
    finally:
        disk.close()


async def _placed(
    fetch: Fetch, part: Part, disk: DiskThread, retries: Retries
) -> AsyncGenerator[Progress]:
    """Fetch into the part and give it its name, unless that has been taken meanwhile."""
    try:
        await disk.start(part.open)
        await fetch.look_back()
        async with aclosing(fetch.sound(retries)) as steps:
            async for progress in steps:
                yield progress
        await disk.start(part.place)
    finally:
        await disk.start(part.close)


async def _probed(client: Client, url: str, retries: Retries) -> Remote:
    """Ask what the link leads to, as often as a file would be asked for."""
    patience = Patience(retries, 0)
    while True:
        try:
            return await probe(client, url)
        except Weather as error:
            await patience.wait(error, 0)
