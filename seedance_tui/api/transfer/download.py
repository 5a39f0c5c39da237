"""Download one file: beside its place until it is complete and checked, then moved there.

One blocking function; it runs in a thread, see `background`.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from contextlib import ExitStack, closing
from dataclasses import dataclass, field, replace
from pathlib import Path

from ...files.containers import FileShape, Format, read_shape
from ..errors import LinkRefused, NameTaken
from ..file_types import EVERY_ENDING, Remark
from ..web_addresses import web_link
from ._cancel import CancelToken
from ._disk_space import disk_errors
from ._progress import OnProgress, Progress, Reporter
from ._receiver import Receiver
from .claims import Claim, Owner, is_received, object_of
from .file_client import FileClient
from .part_file import Part, discard_part
from .remote_file import RemoteFile, probe
from .retries import Backoff, Retries
from .same_file import is_same

_USUAL = Retries()
_NOBODY = Owner()


@dataclass(frozen=True, slots=True)
class Placed:
    """A whole file under its name: its length in bytes, its CRC-64/XZ where the store gave one."""

    path: Path
    size: int
    crc64: int | None
    remarks: tuple[Remark, ...] = ()


def download(
    client: FileClient,
    url: str,
    target: Path,
    cancel: CancelToken,
    *,
    beside: Sequence[Path] = (),
    owner: Owner = _NOBODY,
    is_taken: Callable[[Path], bool] = lambda path: False,
    video: bool = True,
    retries: Retries = _USUAL,
    on_progress: OnProgress = lambda progress: None,
) -> Placed:
    """Save what `url` leads to as `target`, resuming what an earlier run received.

    It appears complete or not at all, and never over another file: then it gets the first free
    name of `beside`. A file with the same bytes is the file itself, unless `is_taken` says that
    it is another task's. Where the bytes are of another format than the name says, the file has
    that format's ending. `owner` is whose file it is, `video` says whether it must be one;
    `on_progress` is called in this thread. Raises DownloadError, TransientError when `retries` are
    used up, Cancelled, or KeyRefused for a link of the gateway's own. What was received is kept
    for the next time, whatever is raised.
    """
    if web_link(url) is None:
        raise LinkRefused("not an http(s) URL")
    with disk_errors(target.parent):
        order = _Order(client, url, cancel, owner, is_taken, video, retries, on_progress)
        return order.save((target, *beside))


@dataclass(frozen=True, slots=True)
class _Order:
    """What is wanted, and what was learnt of it: `remote` is at most one response of the store."""

    client: FileClient
    url: str
    cancel: CancelToken
    owner: Owner
    is_taken: Callable[[Path], bool]
    video: bool
    retries: Retries
    on_progress: OnProgress
    remote: list[RemoteFile] = field(default_factory=list)

    def save(self, names: Sequence[Path]) -> Placed:
        """Save under the first of these names that is free, or has the file already."""
        claim = Claim(self.owner, object_of(self.url))
        if whole := next((path for path in names if is_received(path, claim)), None):
            return self._received(self._opened(whole), names, names)
        for place, path in enumerate(names):
            if os.path.lexists(path):
                if not self.is_taken(path) and self._is_there(path):
                    return self._found(path, names)
                continue
            try:
                part = self._opened(path)
            except NameTaken:  # another task's file is on its way to that name
                continue
            return self._received(part, names[place:], names)
        raise NameTaken("{name}", name=names[0].name)

    def _opened(self, path: Path) -> Part:
        with ExitStack() as unless_opened:  # or its lock would stay, and refuse every later try
            part = unless_opened.enter_context(closing(Part(path, self.owner, object_of(self.url))))
            part.open()
            unless_opened.pop_all()
        return part

    def _is_there(self, path: Path) -> bool:
        """Whether the file at `path` is the store's; asks the store, once for all names."""
        if not self.remote:
            backoff = Backoff(self.retries, 0, self.cancel)
            probed = backoff.repeat(lambda: probe(self.client, self.url, self.cancel), lambda: 0)
            self.remote.append(probed)
        return is_same(path, self.remote[0], self.cancel)

    def _found(self, path: Path, names: Sequence[Path]) -> Placed:
        remote = self.remote[0]
        discard_part(path, self.owner)
        self.on_progress(Progress(remote.total or 0, remote.total))
        remarks = self._remarks(path, read_shape(path), names)
        return Placed(path, path.stat().st_size, remote.crc64, remarks)

    def _received(self, part: Part, free: Sequence[Path], names: Sequence[Path]) -> Placed:
        """Receive the file, then give it the first name that is still free."""
        with closing(part):
            reporter = Reporter(self.on_progress)
            client, url, video, retries = self.client, self.url, self.video, self.retries
            Receiver(client, url, part, video, retries, reporter, self.cancel).complete()
            return self._placed(part, free, names)

    def _placed(self, part: Part, free: Sequence[Path], names: Sequence[Path]) -> Placed:
        shape, remote = part.shape(), replace(part.remote, total=part.received)
        for name in free:
            path = _with_ending(name, self._format(shape))
            if self.is_taken(path):
                continue
            if not part.place(path):  # it may have been placed since by another task
                if self.is_taken(path) or not is_same(path, remote, self.cancel):
                    continue
                part.close(discard=True)
            remarks = self._remarks(path, shape, names)
            remarks += (Remark.PART_BESIDE,) if part.is_beside else ()
            return Placed(path, part.received, remote.crc64, remarks)
        raise NameTaken("{name}", name=names[0].name)

    def _format(self, shape: FileShape) -> Format | None:
        """The format of the bytes, where it is one of such files."""
        is_such = shape.format is not None and shape.format.is_video is self.video
        return shape.format if is_such else None

    def _remarks(self, path: Path, shape: FileShape, names: Sequence[Path]) -> tuple[Remark, ...]:
        usual = _with_ending(names[0], self._format(shape))
        told = {
            Remark.BESIDE: path not in (names[0], usual),
            Remark.OTHER_FORMAT: usual != names[0],
            Remark.SOUND_ONLY: self.video and not shape.has_pictures,
            Remark.ENDS_EARLY: self.video and not shape.is_whole,
        }
        return tuple(remark for remark, is_so in told.items() if is_so)


def _with_ending(path: Path, found: Format | None) -> Path:
    """Give a name the ending of a format, unless it has one of them."""
    ending = path.suffix.lower()
    if found is None or ending in found.endings:
        return path
    stem = path.stem if ending in EVERY_ENDING else path.name
    return path.with_name(stem + found.endings[0])
