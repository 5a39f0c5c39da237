"""Whether a saved file is the one that its store has."""

from __future__ import annotations

import asyncio
from functools import partial
from pathlib import Path

from ..api.errors import ApiError, ChecksumWrong, WrongLength
from ..api.links import Kind
from ..core.model.entry import Entry
from ..core.model.outcomes import Problem
from ..core.model.problems import LOSSES
from ..core.model.urgency import has_expired
from ..core.session import Session


async def difference(session: Session, entry: Entry, kind: Kind, path: Path) -> Problem | None:
    """Compare a file with the store's length and CRC, or where its link is gone with its boxes.

    Returns what is wrong with the file, or why the store could not be asked; None if all is well.
    """
    from ..api.transfer.background import in_thread
    from ..api.transfer.remote_file import probe

    link, client = entry.link(kind), session.client
    if link is None or client is None or has_expired(link, session.now()):
        return await asyncio.to_thread(_fault_of_shape, path)
    for url in entry.addresses(link.current(session.now()), client.base_url):
        try:
            remote = await in_thread(partial(probe, client.files, url))
        except LOSSES:
            continue
        except ApiError as error:
            return Problem.of(error, session.now())
        if remote.total is not None:
            return await asyncio.to_thread(_difference, path, remote.total, remote.crc64)
    return await asyncio.to_thread(_fault_of_shape, path)


def _difference(path: Path, size: int, crc64: int | None) -> Problem | None:
    from ..api.transfer.remote_file import RemoteFile
    from ..api.transfer.same_file import is_same

    if path.stat().st_size != size:
        return Problem(WrongLength)
    return None if is_same(path, RemoteFile(size, crc64=crc64)) else Problem(ChecksumWrong)


def _fault_of_shape(path: Path) -> Problem | None:
    from ..files.containers import read_shape

    return None if read_shape(path).is_whole else Problem(WrongLength)
