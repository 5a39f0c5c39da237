"""The installed program on a pseudo-terminal, against the demo gateway in a thread."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pexpect
import pyte
import pytest

from seedance_tui.demo import Demo, running_demo

PROGRAM = Path(sys.executable).with_name("seedance-tui")


class Terminal:
    """A screen of so many columns and lines, and the program that draws on it."""

    def __init__(
        self,
        arguments: list[str],
        environ: dict[str, str],
        size: tuple[int, int],
        program: Path | str = PROGRAM,
    ) -> None:
        columns, lines = size
        self.screen = pyte.Screen(columns, lines)
        self._stream = pyte.ByteStream(self.screen)
        self.written = b""
        self.process = pexpect.spawn(
            str(program), arguments, env=environ, dimensions=(lines, columns), timeout=20
        )
        self.process.delaybeforesend = None
        self.process.ptyproc.delayafterclose = 0

    @property
    def text(self) -> str:
        buffer, columns = self.screen.buffer, range(self.screen.columns)  # `display` is far slower
        rows = (buffer[y] for y in range(self.screen.lines))
        return "\n".join("".join([row[x].data for x in columns]).rstrip() for row in rows)

    def read(self, seconds: float = 20.0) -> bool:
        """Draw what the program writes next, within so many seconds; whether it may write more."""
        try:
            chunk = self.process.read_nonblocking(65_536, timeout=seconds)
        except pexpect.EOF:
            return False
        except pexpect.TIMEOUT:
            return True
        self.written += chunk
        self._stream.feed(chunk)
        return True

    def until(self, holds: Callable[[], object]) -> None:
        """Read until something holds, which need not be seen on the screen."""
        end = time.monotonic() + 20
        while not holds() and time.monotonic() < end and self.read(0.05):
            pass
        assert holds(), self.text

    def shows(self, text: str) -> None:
        self.until(lambda: text in self.text)

    def hides(self, text: str) -> None:
        self.until(lambda: text not in self.text)

    def press(self, keys: str | bytes) -> None:
        self.process.send(keys)

    def end(self) -> int:
        """Read to the end; the exit status, 128 + the signal that ended it."""
        while self.read():
            pass
        self.process.wait()
        status, signal = self.process.exitstatus, self.process.signalstatus
        return status if status is not None else 128 + (signal or 0)


Run = Callable[..., Terminal]


@pytest.fixture
def demo() -> Iterator[Demo]:
    with running_demo() as demo:
        yield demo


@pytest.fixture
def environ(tmp_path: Path, demo: Demo) -> dict[str, str]:
    return {
        "HOME": str(tmp_path),
        "PATH": os.environ["PATH"],
        "TERM": "xterm-256color",
        "LANG": "C.UTF-8",
        "TZ": "UTC",
        "SSL_CERT_DIR": os.environ["SSL_CERT_DIR"],
        "ANYFAST_BASE_URL": demo.url,
        "ANYFAST_API_KEY": demo.key,
        "SEEDANCE_TUI_DOWNLOAD_DIR": str(tmp_path / "videos"),
        "SEEDANCE_TUI_INTERVAL": "0.5",
    }


@pytest.fixture
def run(environ: dict[str, str]) -> Iterator[Run]:
    started: list[Terminal] = []

    def start(
        *arguments: str, size: tuple[int, int] = (120, 40), program: Path | str = PROGRAM
    ) -> Terminal:
        started.append(Terminal(list(arguments), environ, size, program))
        return started[-1]

    yield start
    for terminal in started:
        terminal.process.close(force=True)
