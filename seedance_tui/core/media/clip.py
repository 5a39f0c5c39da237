"""A video that pictures are taken from: a saved file, or what is behind a link.

Everything here blocks, and one thread at a time may use a clip: `worker` is for that.
"""

from __future__ import annotations

import os
import stat
import weakref
from bisect import bisect_right
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, cast

from ...api.transfer.background import CancelToken
from . import _bounds
from ._link_file import LinkFile
from ._prepared import Prepared
from ._remote_decoder import RemoteDecoder
from ._samples import Samples, samples_of
from .budget import Budget
from .facts import VideoFacts, facts_of
from .images import scaled
from .images import sharpness as sharpness_of
from .no_picture import NoPicture, Obstacle
from .picture import WHOLE, Crop, Picture, Size
from .preview import has_preview

if TYPE_CHECKING:
    from ...api.transfer.file_client import FileClient

_USUAL_RATE = 24.0
"""Frames a second, where a file does not say."""


@dataclass(frozen=True, slots=True)
class Cost:
    """What a picture takes: bytes still to be fetched, of a file of `size` bytes."""

    bytes: int
    size: int

    @property
    def is_free(self) -> bool:
        """Whether nothing is fetched for it."""
        return self.bytes == 0

    @property
    def share(self) -> float:
        """The part of the file that it takes."""
        return self.bytes / self.size if self.size else 0.0


class Clip:
    """A file at `path`, or a link; every method may raise NoPicture, and Cancelled by its token."""

    def __init__(
        self, file: BinaryIO, size: int, path: Path | None = None, link: LinkFile | None = None
    ) -> None:
        self.size = size
        self._source = file
        weakref.finalize(self, file.close)  # nobody may wait for it any more when it is there
        self._path = path
        self._link = link
        self._cancel: CancelToken | None = None
        self._is_whole = _bounds.check(file, size)
        self._prepared = Prepared()

    @property
    def is_saved(self) -> bool:
        """Whether it is a file of this computer, which costs nothing."""
        return self._link is None

    @cached_property
    def facts(self) -> VideoFacts:
        """What the file is, as it is displayed."""
        facts = facts_of(self._source, self.size)
        if facts.codec or not has_preview():
            return facts
        from ._libav_facts import completed

        times = self._decoder.times() if self.is_saved else ()
        return completed(facts, self._decoder.told(), times)

    @cached_property
    def moments(self) -> Sequence[float]:
        """When each frame is shown, in seconds from the first; a guess where no index tells."""
        if self._samples:
            return self._samples.moments
        if self.is_saved:
            times = self._decoder.times()
            if not times:
                raise NoPicture(Obstacle.NO_PICTURES)
            return [at - times[0] for at in times]
        rate = self.facts.frames_per_second_of_all or self._decoder.rate or _USUAL_RATE
        count = self.facts.frames or round((self.facts.seconds or 0) * rate) or 1
        return [n / rate for n in range(count)]

    def index_at(self, seconds: float) -> int:
        """Return which frame is shown at a second."""
        return max(0, bisect_right(self.moments, seconds + self._tolerance) - 1)

    def frame(
        self, index: int, size: Size, crop: Crop = WHOLE, cancel: CancelToken | None = None
    ) -> Picture:
        """Return a part of a frame, at exactly this size."""
        return self._prepared.get(index, size, crop) or self._decoded(index, size, crop, cancel)

    def first(self, size: Size, cancel: CancelToken | None = None) -> Picture:
        """Return the first frame, for which no index is read."""
        self._use(cancel)
        if self._samples:
            return self.frame(0, size, cancel=cancel)
        return self._decoder.first(size)

    def prepare(self, size: Size, crop: Crop = WHOLE, cancel: CancelToken | None = None) -> bool:
        """Decode some more frames of a saved clip for `frame`; return whether there are more."""
        self._use(cancel)
        if not self.is_saved:
            return False
        has_more = self._prepared.more(self._second_decoder, self.moments, size, crop)
        if not has_more:
            self.__dict__.pop("_second_decoder").close()  # it holds a dozen pictures of full size
        return has_more

    def cost(self, index: int) -> Cost:
        """Return what would be fetched for a frame, before any of it is."""
        if self._link is None:
            return Cost(0, self.size)
        if self._samples:
            return Cost(self._link.missing(*self._samples.span(index)), self.size)
        reached = round(self.size * (index + 1) / max(1, len(self.moments)))
        return Cost(self._link.missing(0, reached), self.size)

    @property
    def fetched(self) -> int:
        """Bytes that were fetched of it."""
        return self._link.fetched if self._link else 0

    def should_be_saved(self, index: int = 0) -> bool:
        """Whether, with a frame, half of the file would have been fetched: better save it."""
        return not self.is_saved and (self.fetched + self.cost(index).bytes) * 2 > self.size

    def sharpness(
        self, index: int, size: Size, crop: Crop = WHOLE, cancel: CancelToken | None = None
    ) -> float:
        """Return how sharp a part of a frame is, scaled to a size: see `images.sharpness`."""
        width, height = self.facts.width, self.facts.height
        own = (width, height) if width and height else None
        return sharpness_of(scaled(self._decoded(index, own, WHOLE, cancel), size, crop))

    def close(self) -> None:
        """Let go of the file."""
        for name in ("_decoder", "_second_decoder"):
            if name in self.__dict__:
                self.__dict__.pop(name).close()
        self._prepared = Prepared()
        self._source.close()

    @cached_property
    def _samples(self) -> Samples | None:
        try:
            return samples_of(self._source, self.size)
        except OSError as error:
            raise NoPicture(Obstacle.NO_FILE) from error

    @cached_property
    def _decoder(self) -> RemoteDecoder:
        if self._link and self._samples:
            self._link.prefetch(*self._samples.span(0))
        return self._opened()

    @cached_property
    def _second_decoder(self) -> RemoteDecoder:
        """What `prepare` goes through the file with, while the other stays where it is."""
        return self._opened()

    def _opened(self) -> RemoteDecoder:
        where = self._path, self.size
        return RemoteDecoder(*where, self._read_at, self._check, is_whole=self._is_whole)

    def _read_at(self, place: int, count: int) -> bytes:
        """Read for the decoder: it asks for more than it needs, and nothing is fetched for that."""
        if self._link and (kept := self._link.kept(place, count)):
            return kept
        self._source.seek(place)
        return self._source.read(count) or b""

    def _check(self) -> None:
        if self._cancel:
            self._cancel.check()

    @cached_property
    def _tolerance(self) -> float:
        """Seconds within which two moments are one: less than a half of the shortest frame."""
        pairs = zip(self.moments, self.moments[1:], strict=False)
        return min((later - at for at, later in pairs if later > at), default=0.02) / 2.5

    def _use(self, cancel: CancelToken | None) -> None:
        self._cancel = cancel
        self._check()
        if self._link and cancel:
            self._link.cancel = cancel

    def _decoded(
        self, index: int, size: Size | None, crop: Crop, cancel: CancelToken | None
    ) -> Picture:
        self._use(cancel)
        if not 0 <= index < len(self.moments):
            raise NoPicture(Obstacle.NO_PICTURES)
        decoder = self._decoder
        at = decoder.begins + self.moments[index]
        if self._link is None:
            return decoder.at(at, self._tolerance, size, crop)
        if self._samples:
            self._link.prefetch(*self._samples.span(index))
        return decoder.alone(at, self._tolerance, size, crop)


def open_file(path: Path) -> Clip:
    """Open a saved file."""
    try:
        # A pipe of that name would be waited for without end.
        flags = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
        with ExitStack() as until_read:
            file = until_read.enter_context(os.fdopen(os.open(path, flags), "rb"))
            status = os.fstat(file.fileno())
            if not stat.S_ISREG(status.st_mode):
                raise NoPicture(Obstacle.NO_FILE)
            clip = Clip(file, status.st_size, path)
            until_read.pop_all()  # from here on the clip closes it
    except (OSError, ValueError) as error:
        raise NoPicture(Obstacle.NO_FILE) from error
    return clip


def open_link(
    client: FileClient, urls: Sequence[str], budget: Budget, name: str, cancel: CancelToken
) -> Clip:
    """Open what is behind a link of the task `name`; `urls` are tried one after the other."""
    if not urls:
        raise NoPicture(Obstacle.NO_LINK)
    from ...api.transfer.ranges import RangeReader  # it brings the client for HTTP along

    link = LinkFile(RangeReader(client, urls), budget, name, cancel)
    return Clip(cast(BinaryIO, link), link.size, link=link)
