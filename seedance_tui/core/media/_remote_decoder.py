"""The decoder of one file, which works in the process for it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from itertools import count
from pathlib import Path
from typing import Any

from ._messages import Head, Message
from ._process import DecodingProcess, decoding_process
from ._view import ReadAt
from .no_picture import NoPicture
from .picture import WHOLE, Crop, Picture, Size

_numbers = count(1)


class RemoteDecoder:
    """Decodes the file at `path`, or, where that is None, what `read_at` reads of a link.

    `check` raises Cancelled once nobody waits any more. Every method may raise NoPicture, and what
    reading and checking raise. A file that has ended the process is not shown to it again.
    """

    def __init__(
        self,
        path: Path | None,
        size: int,
        read_at: ReadAt,
        check: Callable[[], None],
        *,
        is_whole: bool,
        process: DecodingProcess | None = None,
    ) -> None:
        self._process = process or decoding_process()
        self._number = next(_numbers)
        self._start = 0
        self._why: NoPicture | None = None
        self._read_at = read_at
        self._check = check
        self._about: Head = {
            "path": str(path.absolute()) if path else None,
            "size": size,
            "is_whole": is_whole,
        }
        self._open()

    def close(self) -> None:
        """Let go of the file."""
        if self._start == self._process.starts and self._process.pid:
            with suppress(NoPicture):  # it has ended meanwhile
                self._process.ask({"do": "close", "number": self._number})

    def times(self) -> Sequence[float]:
        """Return when each picture is shown, in seconds of the track; reads all of the file."""
        times: Sequence[float] = self._ask("times")[0]["times"]
        return times

    def told(self) -> dict[str, Any]:
        """Return what libav says of the file: see `_libav_facts`."""
        told: dict[str, Any] = self._ask("tell")[0]["told"]
        return told

    def first(self, size: Size | None) -> Picture:
        """Return the first picture that is shown, at a size."""
        return self._picture(None, 0.0, size, WHOLE, alone=True)

    def at(self, seconds: float, tolerance: float, size: Size | None, crop: Crop) -> Picture:
        """Return a part of what is shown from a second of the track on, at a size or its own.

        One that begins by `tolerance` before counts.
        """
        return self._picture(seconds, tolerance, size, crop, alone=False)

    def alone(self, seconds: float, tolerance: float, size: Size | None, crop: Crop) -> Picture:
        """Return it as `at` does; no byte behind its own is read for it."""
        return self._picture(seconds, tolerance, size, crop, alone=True)

    def following(
        self, size: Size, crop: Crop, *, again: bool
    ) -> tuple[list[tuple[float, Picture]], bool]:
        """Decode on for a moment, `again` from the first picture.

        Return parts of the next pictures, each with its second, and whether there are no more.
        """
        answer, data = self._ask("following", size=size, crop=_parts(crop), again=again)
        length = 3 * size[0] * size[1]
        pictures = [
            (at, Picture(*size, data[n * length : (n + 1) * length]))
            for n, at in enumerate(answer["at"])
        ]
        return pictures, answer["is_end"]

    def _picture(
        self, at: float | None, tolerance: float, size: Size | None, crop: Crop, *, alone: bool
    ) -> Picture:
        question = {"at": at, "tolerance": tolerance, "alone": alone}
        answer, data = self._ask("picture", **question, size=size, crop=_parts(crop))
        width, height = answer["size"]
        return Picture(width, height, data)

    def _open(self) -> None:
        answer, _data = self._asked("open", self._about)
        self._start = self._process.starts
        self.begins: float = answer["begins"]
        """When the first picture is shown, in seconds of the track."""
        self.rate: float = answer["rate"]
        """Frames a second, as the file claims; 0 where it does not."""

    def _ask(self, what: str, **more: object) -> Message:
        if self._start != self._process.starts or not self._process.pid:
            self._open()
        return self._asked(what, more)

    def _asked(self, what: str, more: Head) -> Message:
        if self._why:
            raise self._why
        try:
            question = {"do": what, "number": self._number, **more}
            return self._process.ask(question, serve=self._serve)
        except NoPicture as error:
            self._start = 0  # it was closed over there
            if not self._process.pid:
                self._why = error
            raise

    def _serve(self, wanted: list[int] | None) -> bytes:
        self._check()
        return self._read_at(*wanted) if wanted else b""


def _parts(crop: Crop) -> tuple[float, ...]:
    return crop.left, crop.top, crop.width, crop.height
