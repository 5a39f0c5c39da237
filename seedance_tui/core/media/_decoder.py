"""The decoder of one open file: libav by way of PyAV, in the process that decodes.

Its bounds are set before it opens anything: pixels of a picture, seconds of a search.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, BinaryIO, TypeAlias

from ._bounds import MOST_PIXELS, check_size
from ._samples import MOST_SAMPLES
from ._view import ReaderView
from .no_picture import NoPicture, Obstacle

if TYPE_CHECKING:
    from av import VideoFrame
    from av.container import InputContainer
    from av.packet import Packet
    from av.video.stream import VideoStream

Frame: TypeAlias = "VideoFrame"
_LONGEST = 10.0
"""Seconds of one search for a picture."""
_THREADS = 2
_STEPS_BACK = (0.0, 0.5, 2.0, 8.0)
"""Seconds to begin before a picture, where the search began behind it."""
_BEFORE = 10.0
"""Seconds: a key picture comes oftener in MPEG-TS."""
_REORDERED = 16
"""Packets that may stand before one that is shown earlier."""


class Decoder:
    """Decodes the pictures of the first track that has any.

    `is_whole` says whether the file ends where it should; `go_on` is called all the time, and may
    raise what ends a search. Every method may raise NoPicture, and what reading the file raises.
    """

    def __init__(
        self, file: ReaderView | BinaryIO, go_on: Callable[[], None], *, is_whole: bool
    ) -> None:
        import av

        self._file = file
        self._go_on = go_on
        self._cut = Obstacle.BROKEN if is_whole else Obstacle.TRUNCATED
        self._is_whole = is_whole
        self._frames: Iterator[VideoFrame] | None = None
        self._last: int | None = None
        options = {"max_pixels": str(MOST_PIXELS)}
        with self._errors():
            self.container: InputContainer = av.open(
                file, "r", options=options, metadata_errors="replace"
            )
            if not self.container.streams.video:
                raise NoPicture(Obstacle.NO_PICTURES)
            self.stream: VideoStream = self.container.streams.video[0]
            context = self.stream.codec_context
            if context is None:
                raise NoPicture(Obstacle.BROKEN)
            if not context.width:  # libav forgets a size that is beyond `max_pixels`
                raise NoPicture(Obstacle.TOO_LARGE)
            check_size(context.width, context.height)
            context.thread_count = _THREADS
            context.options = {**context.options, **options}

    def close(self) -> None:
        """Let go of the file."""
        self._frames = None
        self.container.close()
        if not isinstance(self._file, ReaderView):
            self._file.close()

    @property
    def _unit(self) -> float:
        """Seconds of a unit of the track."""
        return float(self.stream.time_base or 0) or 1.0

    @property
    def begins(self) -> float:
        """When the first picture is shown, in seconds of the track."""
        return (self.stream.start_time or 0) * self._unit

    @property
    def rate(self) -> float:
        """Frames a second, as the file claims; 0 where it does not."""
        return float(self.stream.average_rate or 0)

    def times(self) -> Sequence[float]:
        """Return when each picture is shown, in seconds of the track; reads all of the file."""
        found = []
        with self._errors():
            self._frames = None
            self._go_to(self.begins)
            for packet in self.container.demux(self.stream):
                if _is_shown(packet):
                    found.append(packet.pts or 0)
                if len(found) > MOST_SAMPLES:
                    raise NoPicture(Obstacle.TOO_LARGE)
                self._go_on()
        return [at * self._unit for at in sorted(found)]

    def first(self) -> VideoFrame:
        """Return the first picture that is shown."""
        return self.alone(self.begins, 0.0)

    def alone(self, seconds: float, tolerance: float) -> VideoFrame:
        """Return the picture of a second as `at` does; no byte behind its own is read for it."""
        earliest, latest = (
            int((seconds - tolerance) / self._unit),
            int((seconds + tolerance) / self._unit),
        )
        with self._errors():
            for back in _STEPS_BACK:
                self._seek(seconds - back)
                frames = self._up_to(earliest, latest, may_begin_later=back == _STEPS_BACK[-1])
                self._frames = None
                if found := next((one for one in frames if (one.pts or 0) >= earliest), None):
                    return self._checked(found)
        raise NoPicture(self._cut)

    def _up_to(self, earliest: int, latest: int, *, may_begin_later: bool) -> list[VideoFrame]:
        """Decode until the packet of a picture, and have out what the decoder holds back."""
        context, until = self.stream.codec_context, time.monotonic() + _LONGEST
        frames: list[VideoFrame] = []
        later = 0
        for number, packet in enumerate(self.container.demux(self.stream)):
            if packet.pts is None:
                continue
            if number == 0 and packet.pts > latest and not may_begin_later:
                return []
            frames += packet.decode()
            later += packet.pts >= earliest
            if earliest <= packet.pts <= latest or later > _REORDERED:
                break
            if time.monotonic() > until:
                raise NoPicture(Obstacle.TOO_LARGE)
            self._go_on()
        frames += context.decode(None)
        context.flush_buffers()
        return [frame for frame in frames if frame.pts is not None]

    def at(self, seconds: float, tolerance: float) -> VideoFrame:
        """Return the picture that is shown from that second of the track on.

        One that begins by `tolerance` before counts.
        """
        earliest = int((seconds - tolerance) / self._unit)
        with self._errors():
            if self._last is not None and self._frames and self._last < earliest:
                ahead = (earliest - self._last) * self._unit
                if ahead <= 1.0:
                    return self._next(lambda frame: (frame.pts or 0) >= earliest)
            for back in _STEPS_BACK:
                self._seek(seconds - back)
                frame = self._next(lambda frame: True)
                if (frame.pts or 0) <= seconds / self._unit + 1 or back == _STEPS_BACK[-1]:
                    break
            if (frame.pts or 0) >= earliest:
                return frame
            return self._next(lambda frame: (frame.pts or 0) >= earliest)

    def following(self) -> tuple[float, VideoFrame] | None:
        """Return the next picture in the order of showing, with its second; None at the end."""
        with self._errors():
            if self._frames is None:
                self._seek(self.begins)
            frame = next((f for f in self._frames or () if f.pts is not None), None)
            return None if frame is None else ((frame.pts or 0) * self._unit, frame)

    def rewind(self) -> None:
        """Let `following` begin again."""
        self._frames = None

    def _seek(self, seconds: float) -> None:
        self._last = None
        self._go_to(seconds)
        self._frames = self.container.decode(self.stream)

    def _go_to(self, seconds: float) -> None:
        """Have the key picture before that second be read next; in MPEG-TS libav goes too far."""
        earlier = _BEFORE if self.container.format.name == "mpegts" else 0.0
        place = max(self.begins, seconds) - earlier
        self.container.seek(round(place / self._unit), stream=self.stream)

    def _next(self, fits: Callable[[VideoFrame], bool]) -> VideoFrame:
        until = time.monotonic() + _LONGEST
        for frame in self._frames or ():
            self._last = frame.pts
            if frame.pts is not None and fits(frame):
                return self._checked(frame)
            if time.monotonic() > until:
                raise NoPicture(Obstacle.TOO_LARGE)
            self._go_on()
        raise NoPicture(self._cut)

    def _checked(self, frame: VideoFrame) -> VideoFrame:
        if frame.is_corrupt and not self._is_whole:
            raise NoPicture(Obstacle.TRUNCATED)
        return frame

    @contextmanager
    def _errors(self) -> Iterator[None]:
        """Call what libav says of a file what it is."""
        from av.error import FFmpegError

        try:
            yield
        except FFmpegError as error:
            self._frames = None
            is_large = isinstance(error, MemoryError | BlockingIOError)  # no room for a thread
            raise NoPicture(Obstacle.TOO_LARGE if is_large else self._cut) from error
        except (IndexError, ValueError) as error:  # PyAV's own: a track more in the middle of it
            self._frames = None
            raise NoPicture(self._cut) from error


def _is_shown(packet: Packet[VideoStream]) -> bool:
    return packet.pts is not None and packet.size > 0 and not packet.is_discard
