"""The terminal as Textual drives it on Unix, for lines and windows that are not at their best.

Like `textual_private` it builds on what Textual does not promise, and has a test for each part:
a terminal that is gone holds nothing up, and a paste that no brackets mark is a paste.
"""

from __future__ import annotations

import os
import re
import selectors
from codecs import getincrementaldecoder
from collections.abc import Callable
from contextlib import suppress
from queue import Full
from typing import Any, Protocol, TextIO, cast

from textual import events
from textual._xterm_parser import XTermParser
from textual.drivers.linux_driver import LinuxDriver

from .textual_private import QuietApp

_READ = 4096
"""Bytes of one read; a terminal hands over no more at once."""
_LEAST_PASTE = 20
"""Printable characters that nobody types between two reads."""
_MORE_SECONDS = 0.05
"""How long more of a paste is waited for; only a paste is held up by that."""
_PATIENCE = 0.1
"""Seconds between two looks whether the terminal is gone."""
_LOOKS_LIKE_IDS = re.compile(r"\s*[\"'\[]*(?:asyntask_|task_|cgt-\d)[\w\-]", re.ASCII)
_OF_A_PASTE = re.compile(r"[^\x00-\x08\x0b\x0c\x0e-\x1f\x7f]+")
_BRACKETS = re.compile("\x1b\\[20([01])~")
_MARK = len("\x1b[200~")


class PasteFinder:
    """Tells a paste of IDs from keys, by what came in one read.

    Terminals and multiplexers that do not mark a paste by brackets send it as if it were typed.
    """

    def __init__(self) -> None:
        self._is_marked = False
        self._tail = ""

    def is_paste(self, text: str) -> bool:
        """Whether what came in one read is a paste that nothing marks as one."""
        was_marked = self._is_marked or "\x1b" in self._tail
        seen = self._tail + text
        for match in _BRACKETS.finditer(seen):
            self._is_marked = match[1] == "0"
        self._tail = seen[1 - _MARK :] if "\x1b" in seen[1 - _MARK :] else ""
        return not was_marked and looks_pasted(text)


def looks_pasted(text: str) -> bool:
    """Whether it is so much, and begins so much like an ID, that nobody can have typed it."""
    printable = sum(character.isprintable() for character in text[: 2 * _LEAST_PASTE])
    return (
        printable >= _LEAST_PASTE
        and _OF_A_PASTE.fullmatch(text) is not None
        and _LOOKS_LIKE_IDS.match(text) is not None
    )


class AwaitedAnswer(Protocol):
    """What finds the terminal's answer to a question among the keys."""

    is_over: bool
    """Whether there it was, or none is expected any more."""

    def keys_in(self, text: str) -> str:
        """Return what of one read is keys; called with nothing where nothing has come."""


class _Outlet:
    """The terminal as the thread that writes has it; counts what the terminal has taken."""

    def __init__(self, terminal: TextIO) -> None:
        self._terminal = terminal
        self._written = 0
        self.taken = 0
        """How many writes the terminal has taken."""

    def fileno(self) -> int:
        """Return the terminal's descriptor."""
        return self._terminal.fileno()

    def write(self, text: str) -> None:
        """Write, or keep some of it for the next flush."""
        self._terminal.write(text)
        self._written += 1

    def flush(self) -> None:
        """Wait until the terminal has taken everything."""
        self._terminal.flush()
        self.taken = self._written


class TerminalDriver(LinuxDriver):
    """Textual's own, which a dead terminal would hold up for ever."""

    is_gone = False
    """Whether perhaps nobody sees any more what is written."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self._outlet = _Outlet(cast("TextIO", self._file))
        self._file = cast("Any", self._outlet)
        self._handed = 0
        self._answer: AwaitedAnswer | None = None

    def start_application_mode(self) -> None:
        """Begin, or go on after the shell had the terminal: by then it has taken everything."""
        self._handed = self._outlet.taken
        super().start_application_mode()  # type: ignore[no-untyped-call]

    @property
    def is_behind(self) -> bool:
        """Whether the terminal has not yet taken what it was given: the line is slow."""
        return not self.is_gone and self._handed > self._outlet.taken

    def write(self, data: str) -> None:
        """Hand it to the thread that writes; it waits for a slow terminal, and not for a dead one.

        Textual's own waits without an end where a terminal takes nothing any more.
        """
        writer = self._writer_thread
        while writer is not None and writer.is_alive():
            with suppress(Full):
                writer._queue.put(data, timeout=0 if self.is_gone else _PATIENCE)
                self._handed += 1
                return
            if self.is_gone:
                return

    def ask(self, question: str, answer: AwaitedAnswer) -> None:
        """Ask the terminal something; what it answers is not taken for keys."""
        self._answer = answer
        self.write(question)

    def close(self) -> None:
        """Let what was written be seen first, if there is somebody to see it.

        Whoever sends SIGHUP may have left the terminal open: it is restored if it takes that.
        """
        writer = self._writer_thread
        if writer is None or not writer.is_alive():
            return
        if not self.is_gone:
            super().close()
            return
        with suppress(Full):
            writer._queue.put_nowait(None)
        writer.join(_PATIENCE)

    def run_input_thread(self) -> None:
        """Read keys until told to stop, or until the terminal is gone."""
        parser, finder = XTermParser(self._debug), PasteFinder()
        decode = getincrementaldecoder("utf-8")("replace").decode
        with selectors.SelectSelector() as selector:
            selector.register(self.fileno, selectors.EVENT_READ)
            while not self.exit_event.is_set():
                text = ""
                if selector.select(0.1):
                    data = self._read()
                    if not data:
                        break
                    text = decode(data)
                text = self._without_answer(text)
                if text and finder.is_paste(text):
                    self._paste(text + self._rest_of_paste(selector, decode))
                elif text:
                    for event in parser.feed(text):
                        self.process_message(event)
                for event in parser.tick():
                    self.process_message(event)

    def _read(self) -> bytes:
        """Read what there is; nothing from a terminal that is gone."""
        try:
            data = os.read(self.fileno, _READ)
        except OSError:
            data = b""
        if not data and isinstance(self._app, QuietApp):
            self._app.on_gone()
        return data

    def _without_answer(self, text: str) -> str:
        """Take the terminal's answer out of what came, as long as one is awaited."""
        if (answer := self._answer) is None:
            return text
        keys = answer.keys_in(text)
        if answer.is_over:
            self._answer = None
        return keys

    def _rest_of_paste(
        self, selector: selectors.BaseSelector, decode: Callable[[bytes], str]
    ) -> str:
        """Read what comes at once after the beginning of a paste: IDs fill more than one read."""
        rest = ""
        while selector.select(_MORE_SECONDS) and (data := self._read()):
            rest += decode(data)
        return rest

    def _paste(self, text: str) -> None:
        self.process_message(events.Paste(text.replace("\r\n", "\n").replace("\r", "\n")))
