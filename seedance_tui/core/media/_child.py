"""The process that decodes, from inside: whatever a file does to it, the program goes on.

It has no key and no terminal, so much memory and no more, and ends itself when one step of a
decoder takes too long. It answers one question after the other. In between it asks back: for bytes
of a link, and whether its answer is still wanted.
"""

from __future__ import annotations

import faulthandler
import os
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, cast

from ._decoder import Decoder, Frame
from ._frames import picture_of
from ._libav_facts import told_by
from ._messages import Head, Message, receive, send
from ._still import decoded
from ._view import ReaderView
from .no_picture import NoPicture, Obstacle
from .picture import Crop, Picture, Size

_BETWEEN_LOOKS = 0.25
"""Seconds of a search between two looks whether anybody still waits for its end."""
BROKEN = 3
"""The exit status where something happened that nobody thought of."""
_AT_ONCE = 0.03
"""Seconds that go into frames ahead before somebody else has a turn."""


class _Unwanted(Exception):
    """Nobody waits for the answer, or there are no bytes to give it from."""


@dataclass(slots=True)
class _Opened:
    """A decoder, and what it decoded last, with the question that led to it."""

    decoder: Decoder
    asked: object = None
    frame: Frame | None = None


class _Child:
    """Answers what comes in by one pipe through the other; a step takes at most `seconds`."""

    def __init__(self, questions: BinaryIO, answers: BinaryIO, seconds: float) -> None:
        self._questions = questions
        self._answers = answers
        self._seconds = seconds
        self._opened: dict[int, _Opened] = {}
        self._looked_at = 0.0
        self._does: dict[str, Callable[[Head, bytes], Message]] = {
            "open": self._open,
            "close": self._close,
            "tell": self._tell,
            "times": self._times,
            "picture": self._picture,
            "following": self._following,
            "still": self._still,
        }

    def run(self) -> None:
        """Answer until the program has ended."""
        while True:
            question, body = receive(self._questions)
            self._looked_at = time.monotonic()
            self._watch()
            try:
                answer, data = self._does[question["do"]](question, body)
            except NoPicture as error:
                self._close(question, b"")  # it may hold all the memory there is
                answer, data = {"no": error.why}, b""
            except _Unwanted:
                answer, data = {"no": Obstacle.UNREACHABLE}, b""
            except MemoryError:
                answer, data = {"no": Obstacle.TOO_LARGE}, b""
            except OSError:
                answer, data = {"no": Obstacle.NO_FILE}, b""
            faulthandler.cancel_dump_traceback_later()
            send(self._answers, answer, data)

    def _watch(self) -> None:
        """Have the process end where the next step takes too long: the decoder hears nothing."""
        faulthandler.dump_traceback_later(self._seconds, exit=True)

    def _ask(self, head: Head) -> bytes:
        """Ask back; raises _Unwanted where no answer is wanted any more."""
        faulthandler.cancel_dump_traceback_later()
        send(self._answers, head)
        answer, data = receive(self._questions)
        self._looked_at = time.monotonic()
        self._watch()
        if "stop" in answer:
            raise _Unwanted
        return data

    def _go_on(self) -> None:
        if time.monotonic() - self._looked_at > _BETWEEN_LOOKS:
            self._ask({"want": None})

    def _open(self, question: Head, body: bytes) -> Message:
        path = question["path"]
        view = ReaderView(lambda at, count: self._ask({"want": [at, count]}), question["size"])
        file = Path(path).open("rb", buffering=0) if path else view  # noqa: SIM115  it closes it
        decoder = Decoder(file, self._go_on, is_whole=question["is_whole"])
        self._opened[question["number"]] = _Opened(decoder)
        return {"begins": decoder.begins, "rate": decoder.rate}, b""

    def _close(self, question: Head, body: bytes) -> Message:
        if opened := self._opened.pop(question.get("number", 0), None):
            opened.decoder.close()
        return {}, b""

    def _tell(self, question: Head, body: bytes) -> Message:
        return {"told": told_by(self._opened[question["number"]].decoder)}, b""

    def _times(self, question: Head, body: bytes) -> Message:
        return {"times": self._opened[question["number"]].decoder.times()}, b""

    def _picture(self, question: Head, body: bytes) -> Message:
        opened = self._opened[question["number"]]
        asked = question["at"], question["tolerance"], question["alone"]
        if opened.asked != asked or opened.frame is None:
            opened.asked, opened.frame = asked, None
            opened.frame = _frame(opened.decoder, *asked)
        picture = picture_of(opened.frame, _size(question["size"]), Crop(*question["crop"]))
        return {"size": picture.size}, picture.rgb

    def _following(self, question: Head, body: bytes) -> Message:
        """Decode on for a moment: the pictures, with when each is shown, and whether it ends."""
        decoder = self._opened[question["number"]].decoder
        size, crop = _size(question["size"]), Crop(*question["crop"])
        if question["again"]:
            decoder.rewind()
        found, until, is_end = list[tuple[float, Picture]](), time.monotonic() + _AT_ONCE, False
        while not is_end and time.monotonic() < until:
            if one := decoder.following():
                found.append((one[0], picture_of(one[1], size, crop)))
            is_end = one is None
        answer = {"at": [at for at, _one in found], "is_end": is_end}
        return answer, b"".join(one.rgb for _at, one in found)

    def _still(self, question: Head, body: bytes) -> Message:
        picture = decoded(body, question["most"])
        return {"size": picture.size}, picture.rgb


def _frame(decoder: Decoder, at: float | None, tolerance: float, alone: bool) -> Frame:  # noqa: FBT001
    if at is None:
        return decoder.first()
    return decoder.alone(at, tolerance) if alone else decoder.at(at, tolerance)


def _size(size: list[int] | None) -> Size | None:
    return None if size is None else (size[0], size[1])


def _bound(memory: int) -> None:
    """Let the process have so many bytes of memory of its own; Windows and macOS set no limit."""
    with suppress(ImportError):
        import resource

        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        resource.setrlimit(resource.RLIMIT_DATA, (memory, memory))


def main() -> None:
    """Answer the program that started it: it gives the seconds of a step, and bytes of memory."""
    import av  # noqa: F401  loading it is no step of a decoder
    import PIL.Image  # noqa: F401

    sys.excepthook = lambda *_error: os._exit(BROKEN)
    seconds, memory = float(sys.argv[1]), int(sys.argv[2])
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a library prints is no answer
    _bound(memory)
    with suppress(EOFError, BrokenPipeError):
        _Child(cast("BinaryIO", sys.stdin.buffer), answers, seconds).run()
