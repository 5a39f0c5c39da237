"""The small picture of a task: its last frame, or the first one of its video; kept on the disk."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from ...api.links import Kind
from ...api.transfer.background import CancelToken
from ..model.entry import Entry
from ..model.file_states import Saved
from ..model.urgency import has_expired
from ._link_file import LinkFile
from .budget import MEBIBYTE, Budget
from .clip import Clip, open_file, open_link
from .images import decoded, need_preview
from .links import link_urls
from .no_picture import NoPicture, Obstacle
from .picture import Picture, fitted

if TYPE_CHECKING:
    from ...api.client import Client

LONGEST_SIDE, FINE_SIDE = 192, 480
"""Pixels of a poster, the longer way; and of a fine one, where cells show pixels."""
_LARGEST_STILL = 8 * MEBIBYTE
_KINDS = (Kind.LAST_FRAME, Kind.RESULT)
_HEAD = b"P6\n%d %d\n255\n"
_PRIVATE = 0o700


class Posters:
    """Posters in a folder of their own, up to `most` bytes; what was not seen for long goes first.

    It is a cache: a disk that refuses, or no folder at all, costs the time to make a poster again.
    """

    def __init__(self, folder: Path | None, most: int = 64 * MEBIBYTE) -> None:
        self._folder = folder
        self._most = most
        self._total: int | None = None

    def get(self, key: str) -> Picture | None:
        """Return the poster that was kept as `key`."""
        if self._folder is None:
            return None
        path = self._folder / _name(key)
        try:
            data = path.read_bytes()
            os.utime(path)
        except OSError:
            return None
        return _read(data)

    def has(self, key: str) -> bool:
        """Whether a poster is kept as `key`."""
        return self._folder is not None and (self._folder / _name(key)).exists()

    def put(self, key: str, picture: Picture) -> None:
        """Keep a poster."""
        if self._folder is None:
            return
        with suppress(OSError):
            self._folder.mkdir(parents=True, exist_ok=True)
            self._folder.chmod(_PRIVATE)
            path = self._folder / _name(key)
            new = path.with_suffix(f".{os.getpid()}")
            new.write_bytes(_HEAD % picture.size + picture.rgb)
            new.replace(path)
            self._make_room(self._folder, path.stat().st_size)

    def _make_room(self, folder: Path, added: int) -> None:
        """Remove the oldest until a tenth is free, once there are too many."""
        self._total = None if self._total is None else self._total + added
        if self._total is not None and self._total <= self._most:
            return
        files = sorted(_files(folder), key=lambda one: one[1].st_mtime_ns)
        self._total = sum(status.st_size for _path, status in files)
        wanted = self._most if self._total <= self._most else self._most * 9 // 10
        for path, status in files:
            if self._total <= wanted:
                return
            with suppress(OSError):
                path.unlink()
                self._total -= status.st_size


def _files(folder: Path) -> Iterator[tuple[Path, os.stat_result]]:
    for path in folder.iterdir():
        with suppress(OSError):
            yield path, path.lstat()


def _name(key: str) -> str:
    return f"{sha256(key.encode()).hexdigest()[:32]}.ppm"


def poster_key(entry: Entry, *, fine: bool = False) -> str | None:
    """Return by what the poster of a task is known; None where there is nothing to show."""
    size = " fine" if fine else ""
    for kind in _KINDS:
        if link := entry.link(kind):
            parts = urlsplit(link.url)  # without what makes it a secret
            return f"{entry.id} {kind} {parts.netloc.rpartition('@')[2]}{parts.path}{size}"
    saved = entry.file(Kind.RESULT)
    return f"{entry.id} {saved.path.name}{size}" if isinstance(saved, Saved) else None


def make_poster(
    entry: Entry,
    client: Client | None,
    budget: Budget,
    posters: Posters,
    cancel: CancelToken,
    *,
    now: float,
    fine: bool = False,
) -> Picture:
    """Return the poster of a task: a kept one, else of a saved file, else from a link. Blocks.

    `now` is the time on the gateway's clock; without a client no link is asked. Raises NoPicture,
    or Cancelled.
    """
    key, most = poster_key(entry, fine=fine), FINE_SIDE if fine else LONGEST_SIDE
    if key is None:
        raise NoPicture(Obstacle.NO_LINK)
    if kept := posters.get(key):
        return kept
    need_preview()
    found = _of_saved(entry, most) or _of_links(entry, client, budget, cancel, now, most)
    posters.put(key, found)
    return found


def first_frame(clip: Clip, cancel: CancelToken | None = None, most: int = LONGEST_SIDE) -> Picture:
    """Return the first frame of a clip, `most` pixels at the most; the clip is closed."""
    try:
        facts = clip.facts
        shape = facts.width or 16, facts.height or 9
        return clip.first(fitted(*shape, *(min(most, max(shape)),) * 2), cancel)
    finally:
        clip.close()


def _of_saved(entry: Entry, most: int) -> Picture | None:
    """Make one of a file on the disk; None where none of them can be read."""
    for kind in _KINDS:
        saved = entry.file(kind)
        if isinstance(saved, Saved):
            with suppress(NoPicture, OSError):
                if kind.is_video:
                    return first_frame(open_file(saved.path), most=most)
                if saved.path.stat().st_size <= _LARGEST_STILL:
                    return decoded(saved.path.read_bytes(), most)
    return None


def _of_links(
    entry: Entry,
    client: Client | None,
    budget: Budget,
    cancel: CancelToken,
    now: float,
    most: int,
) -> Picture:
    """Make one from the first link that has a picture; raise what was in the way of the last."""
    trouble = NoPicture(Obstacle.NO_LINK)
    for kind in _KINDS:
        urls = link_urls(entry, kind, client.base_url) if client else ()
        if not urls or client is None:
            continue
        if has_expired(entry.link(kind), now):
            trouble = NoPicture(Obstacle.EXPIRED)
            continue
        try:
            if kind.is_video:
                clip = open_link(client.files, urls, budget, entry.id, cancel)
                return first_frame(clip, cancel, most)
            from ...api.transfer.ranges import RangeReader

            reader = RangeReader(client.files, urls, video=False)
            return _still(LinkFile(reader, budget, entry.id, cancel), most)
        except NoPicture as error:
            trouble = error
    raise trouble


def _still(link: LinkFile, most: int) -> Picture:
    if link.size > _LARGEST_STILL:
        raise NoPicture(Obstacle.TOO_LARGE)
    return decoded(link.read(), most)


def _read(data: bytes) -> Picture | None:
    """Read what `put` wrote; None for anything else."""
    head, *rows = data.split(b"\n", 2)
    if head != b"P6" or len(rows) < 2 or not rows[1].startswith(b"255\n"):
        return None
    width, _, height = rows[0].partition(b" ")
    if not (width.isdigit() and height.isdigit()):
        return None
    pixels = rows[1][4:]
    size = int(width), int(height)
    return Picture(*size, pixels) if len(pixels) == 3 * size[0] * size[1] else None
