"""The process that decodes, from outside: begun with a question, and again once it has ended."""

from __future__ import annotations

import atexit
import os
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from functools import cache
from threading import Lock
from typing import Any, BinaryIO, cast

from ...api.transfer.background import Cancelled
from ..settings.api_key import without_key
from ._messages import Head, Message, receive, send
from .no_picture import NoPicture, Obstacle
from .preview import has_preview

MOST_SECONDS = 6.0
"""Of one step of a decoder: opening a file, decoding one picture. It takes a tenth of one."""
MOST_MEMORY = 640 * 1024 * 1024
"""Bytes: two films of 4K beside each other take some 400 MiB."""
_GIVES_BACK = {"MALLOC_MMAP_THRESHOLD_": str(1 << 20), "MALLOC_ARENA_MAX": "2"}
"""Has glibc give the memory of pictures back to the system once they are closed."""
_SCRIPT = "import sys; sys.path[:] = {path!r}; from {package}._child import main; main()"
_TO_END = 1.0
"""Seconds that it is waited for."""
Serve = Callable[[list[int] | None], bytes]
"""Returns the bytes that are asked back for, by place and count; for None it only looks.

It may raise NoPicture or Cancelled.
"""


class DecodingProcess:
    """Answers questions; any thread may ask. See `_child` for what there is to be asked."""

    def __init__(self, seconds: float = MOST_SECONDS, memory: int = MOST_MEMORY) -> None:
        self._limits = seconds, memory
        self._process: subprocess.Popen[bytes] | None = None
        self._lock = Lock()
        self.starts = 0
        """How often it was begun: what was open before the last time is not open any more."""

    @property
    def pid(self) -> int | None:
        """Its number, while it runs."""
        process = self._process
        return process.pid if process and process.poll() is None else None

    def ask(self, question: Head, body: bytes = b"", serve: Serve | None = None) -> Message:
        """Return the answer; raises NoPicture, also where the question ended the process."""
        if not has_preview():
            raise NoPicture(Obstacle.NO_PREVIEW)
        with self._lock:
            answer, data = self._answer(self.running(), question, body, serve)
        if "no" in answer:
            raise NoPicture(Obstacle(answer["no"]))
        return answer, data

    def running(self) -> subprocess.Popen[bytes]:
        """Return it, after starting it where it does not run."""
        if self._process is None or self._process.poll() is not None:
            self._end()
            self._process = _started(*self._limits)
            self.starts += 1
        return self._process

    def end(self) -> None:
        """End it; the next question begins it again."""
        with self._lock:
            self._end()

    def kill(self) -> None:
        """Have it gone, whoever waits for an answer: the program ends."""
        if process := self._process:
            process.kill()
            if self._lock.acquire(timeout=_TO_END):
                self._end()
                self._lock.release()

    def _answer(
        self, process: subprocess.Popen[bytes], question: Head, body: bytes, serve: Serve | None
    ) -> Message:
        is_in_step = False
        try:
            pipes = cast("BinaryIO", process.stdin), cast("BinaryIO", process.stdout)
            answer = _talk(*pipes, question, body, serve)
            is_in_step = True
        except (EOFError, OSError, ValueError) as error:
            raise _ended_by(process) from error
        except (NoPicture, Cancelled):  # of what it was served with; its answer was taken
            is_in_step = True
            raise
        finally:
            if not is_in_step:
                self._end()
        return answer

    def _end(self) -> None:
        process, self._process = self._process, None
        if process is None:
            return
        for pipe in (process.stdin, process.stdout):
            if pipe:
                with suppress(OSError):
                    pipe.close()
        process.kill()
        with suppress(subprocess.TimeoutExpired):
            process.wait(_TO_END)


@cache
def decoding_process(seconds: float = MOST_SECONDS) -> DecodingProcess:
    """Return the one of this program; it ends with it."""
    process = DecodingProcess(seconds)
    atexit.register(process.kill)
    return process


def _talk(
    questions: BinaryIO, answers: BinaryIO, question: Head, body: bytes, serve: Serve | None
) -> Message:
    """Ask, and serve until the answer is there; raises what serving raises, once it is."""
    send(questions, question, body)
    refused: NoPicture | Cancelled | None = None
    while True:
        answer, data = receive(answers)
        if "want" not in answer:
            break
        try:
            served = serve(answer["want"]) if serve and not refused else b""
        except (NoPicture, Cancelled) as error:
            refused = error
        send(questions, {"stop": True} if refused else {}, b"" if refused else served)
    if refused:
        raise refused
    return answer, data


def _ended_by(process: subprocess.Popen[bytes]) -> NoPicture:
    """Tell what the end of the process says of the file."""
    try:
        took_too_long = process.wait(_TO_END) == 1
    except subprocess.TimeoutExpired:
        took_too_long = True
    return NoPicture(Obstacle.TOO_LARGE if took_too_long else Obstacle.BROKEN)


def _started(seconds: float, memory: int) -> subprocess.Popen[bytes]:
    """Start it; it finds its modules where this process found them, the present folder or not."""
    code = _SCRIPT.format(path=sys.path, package=__package__)
    apart: dict[str, Any] = {"start_new_session": True}
    if sys.platform == "win32":
        apart = {"creationflags": subprocess.CREATE_NO_WINDOW}
    try:
        return subprocess.Popen(  # noqa: S603
            [sys.executable, "-c", code, str(seconds), str(memory)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=without_key(os.environ) | _GIVES_BACK,
            **apart,
        )
    except OSError as error:
        raise NoPicture(Obstacle.BROKEN) from error
