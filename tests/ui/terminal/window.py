"""A window of the system, as a pseudo-terminal, with the program in it."""

from __future__ import annotations

import os
import pty
import select
import subprocess
import sys
import time
from pathlib import Path

import seedance_tui
from seedance_tui.demo import Demo


class Window:
    """A pseudo-terminal with the program in it, as the leader of its session."""

    def __init__(self, home: Path, demo: Demo, *ids: str, term: str = "xterm-256color") -> None:
        self.watchlist = home / "watchlist.toml"
        self.fd, inner = pty.openpty()
        self.process = subprocess.Popen(
            [sys.executable, "-m", "seedance_tui", "--watchlist", str(self.watchlist), *ids],
            stdin=inner,
            stdout=inner,
            stderr=inner,
            start_new_session=True,
            preexec_fn=_take_terminal,
            env={
                "HOME": str(home),
                "PATH": os.environ["PATH"],
                "PYTHONPATH": str(Path(seedance_tui.__file__).parent.parent),
                "TERM": term,
                "LANG": "C.UTF-8",
                "ANYFAST_BASE_URL": demo.url,
                "ANYFAST_API_KEY": demo.key,
            },
        )
        os.close(inner)

    def until_shown(self, text: str) -> bytes:
        """Read until the text was written; return all that was."""
        seen, end = b"", time.monotonic() + 20
        while text.encode() not in seen:
            assert time.monotonic() < end, seen[-2000:]
            if select.select([self.fd], [], [], 0.1)[0]:
                seen += os.read(self.fd, 65_536)
        return seen

    def ended_after(self) -> float:
        """Seconds until the process has ended."""
        began = time.monotonic()
        self.process.wait(20)
        return time.monotonic() - began


def _take_terminal() -> None:
    import fcntl
    import termios

    fcntl.ioctl(0, termios.TIOCSCTTY, 0)
