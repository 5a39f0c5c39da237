"""Programs that a benchmark starts: on a pseudo-terminal, or plainly; Unix alone.

Each runs the tree it is given, with a home of its own.
"""

from __future__ import annotations

import fcntl
import os
import pty
import select
import signal
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self

COLUMNS, LINES = 120, 40


@dataclass(frozen=True)
class Home:
    """The folder of a user, and the tree whose program this user runs."""

    folder: Path
    tree: Path
    url: str = "http://127.0.0.1:9"

    @property
    def environ(self) -> dict[str, str]:
        """The environment of what runs there."""
        return {
            "HOME": str(self.folder),
            "PATH": os.environ["PATH"],
            "LANG": "C.UTF-8",
            "PYTHONPATH": str(self.tree),
            "TERM": "xterm-256color",
            "COLORTERM": "truecolor",
            "ANYFAST_BASE_URL": self.url,
            "ANYFAST_API_KEY": "sk-benchmark",
        }

    def watch(self, ids: Sequence[str]) -> None:
        """Write a watch list of these tasks, with a label each."""
        path = self.folder / ".local/share/seedance-tui/watchlist.toml"
        path.parent.mkdir(parents=True, exist_ok=True)
        tables = (
            f'\n[[tasks]]\nid = "{task_id}"\nadded_at = 2026-11-22T08:09:10Z\n'
            f'label = "take {n:05}"\n'
            for n, task_id in enumerate(ids)
        )
        path.write_text("version = 1\n" + "".join(tables), encoding="utf-8")

    def run(self, *arguments: str) -> tuple[float, str]:
        """Run Python with these arguments; return the seconds it takes, and what it prints."""
        began = time.perf_counter()
        done = subprocess.run(
            [sys.executable, *arguments],
            env=self.environ,
            cwd=self.folder,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
        )
        seconds = time.perf_counter() - began
        if done.returncode:
            raise SystemExit(f"{arguments}: exit {done.returncode}\n{done.stderr[-2000:]}")
        return seconds, done.stdout


class OnTerminal:
    """A program on a pseudo-terminal, killed at the end of the context."""

    def __init__(self, home: Home, *arguments: str) -> None:
        self.began = time.time()
        self.received = b""
        self.pid, self._terminal = pty.fork()
        if self.pid == 0:
            os.chdir(home.folder)
            os.execve(sys.executable, [sys.executable, *arguments], home.environ)
        fcntl.ioctl(self._terminal, termios.TIOCSWINSZ, struct.pack("HHHH", LINES, COLUMNS, 0, 0))

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        tb: TracebackType | None,
    ) -> None:
        with suppress(ProcessLookupError):
            os.kill(self.pid, signal.SIGKILL)
        os.waitpid(self.pid, 0)
        os.close(self._terminal)

    def send(self, keys: bytes) -> float:
        """Press keys; return the moment."""
        moment = time.time()
        os.write(self._terminal, keys)
        return moment

    def until(self, holds: Callable[[bytes], bool], seconds: float = 60.0) -> float:
        """Read until what was received shows it; return the moment when that came."""
        end = time.time() + seconds
        while not holds(self.received):
            if not self._read(end - time.time()):
                raise TimeoutError(self.received[-2000:].decode(errors="replace"))
        return time.time()

    def rest(self, seconds: float) -> int:
        """Read for so many seconds; return how many bytes came."""
        before, end = len(self.received), time.time() + seconds
        while (left := end - time.time()) > 0:
            self._read(left)
        return len(self.received) - before

    def settled(self, pause: float, seconds: float = 5.0) -> float:
        """Read until nothing comes for `pause` seconds; return when the last byte came."""
        last, end = time.time(), time.time() + seconds
        while self._read(pause) and time.time() < end:
            last = time.time()
        return last

    def _read(self, seconds: float) -> bool:
        if not select.select([self._terminal], [], [], max(0.0, seconds))[0]:
            return False
        with suppress(OSError):  # the program is gone
            self.received += os.read(self._terminal, 1 << 16)
        return True

    @property
    def processor(self) -> float:
        """Seconds of the processor that its threads have taken, to the nanosecond."""
        tasks = Path(f"/proc/{self.pid}/task").iterdir()
        return sum(int((task / "schedstat").read_text().split()[0]) for task in tasks) / 1e9

    @property
    def wakes(self) -> int:
        """How often its threads have waited for something, and gone on."""
        tasks = Path(f"/proc/{self.pid}/task").iterdir()
        return sum(_status(task / "status", "voluntary_ctxt_switches") for task in tasks)

    @property
    def memory(self) -> float:
        """MiB of memory that are its own or shared, now."""
        return _status(Path(f"/proc/{self.pid}/status"), "VmRSS") / 1024


def _status(path: Path, name: str) -> int:
    lines = path.read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith(name + ":"))
