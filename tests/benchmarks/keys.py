"""How soon a key shows while no task rests: `python tests/benchmarks/keys.py [TASKS] [KEYS]`.

The program runs on a pseudo-terminal against the simulated gateway, where every task changes its
state at random about once a second. Random keys are pressed, and each is timed until the terminal
shows it: the cursor on another row. Between two keys the cursor has to stay on its task.
"""

from __future__ import annotations

import multiprocessing
import os
import queue
import random
import statistics
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from multiprocessing.connection import Connection
from pathlib import Path

import pexpect
import pyte
from printing import table, verdict

from seedance_tui.demo import Demo, DemoTask, running_demo
from seedance_tui.demo import Stage as State

COLUMNS, LINES = 120, 40
MOST = 0.050
"""Seconds from a key to what it shows."""
_PAUSE = 0.004
"""Seconds without a byte after which what came is drawn."""
STATES = ("QUEUED", "IN_PROGRESS", "SUCCESS", "FAILURE", "NOT_START")


class Terminal:
    """The screen, and the program that draws on it; a thread notes when what was written came."""

    def __init__(self, environ: dict[str, str], arguments: list[str]) -> None:
        self.screen = pyte.Screen(COLUMNS, LINES)
        self._stream = pyte.ByteStream(self.screen)
        self._came: queue.SimpleQueue[tuple[float, bytes]] = queue.SimpleQueue()
        self.process = pexpect.spawn(
            sys.executable,
            ["-m", "seedance_tui", *arguments],
            env=environ,
            dimensions=(LINES, COLUMNS),
            timeout=20,
        )
        self.process.delaybeforesend = None
        threading.Thread(target=self._read, daemon=True).start()

    def _read(self) -> None:
        with suppress(OSError):
            while chunk := os.read(self.process.fileno(), 1 << 16):
                self._came.put((time.perf_counter(), chunk))

    def drawn(self, seconds: float) -> Iterator[float]:
        """Draw what comes within so many seconds, up to a pause; tell of each piece when it came.

        Drawing takes far longer here than in a terminal, and would hold up what still comes.
        """
        pieces: list[tuple[float, bytes]] = []
        with suppress(queue.Empty):
            while True:
                pieces.append(self._came.get(timeout=_PAUSE if pieces else seconds))
        for came, piece in pieces:
            self._stream.feed(piece)
            yield came

    def rest(self, seconds: float) -> None:
        """Draw what comes within so many seconds."""
        end = time.perf_counter() + seconds
        while time.perf_counter() < end:
            list(self.drawn(0.02))

    def until(self, holds: Callable[[], bool], seconds: float = 20.0) -> float:
        """Draw until something holds; return the seconds until what shows it came."""
        began = shown = time.perf_counter()
        is_shown = holds()
        while not is_shown:
            if time.perf_counter() - began > seconds:
                raise TimeoutError("\n".join(self.screen.display))
            for came in self.drawn(0.01):
                if not is_shown and holds():
                    is_shown, shown = True, came
        return max(0.0, shown - began)

    @property
    def task(self) -> str:
        """The task under the cursor, as the list writes its ID: cut, but for its tail."""
        return next(iter(self.bar.strip("▌✓• ").split()), "")

    @property
    def bar(self) -> str:
        """The row of the list that has the cursor's bar."""
        return next((row[: COLUMNS // 2] for row in self.screen.display if row[0] == "▌"), "")

    @property
    def place(self) -> int:
        """The row of the cursor, from 1, as the last line says it."""
        before, of, _ = self.screen.display[-1].rpartition(" of ")
        return int(before.split()[-1]) if of else 0


def main() -> int:
    """Print how long keys took, and whether the cursor stayed."""
    count, presses = (int(word) for word in (*sys.argv[1:], "200", "200")[:2])
    sys.setswitchinterval(0.0005)  # Or the thread that times waits for the one that draws.
    chance = random.Random(1)
    ids = [f"asyntask_{n:04}{chance.getrandbits(120):030x}" for n in range(count)]
    here, there = multiprocessing.Pipe()
    gateway = multiprocessing.get_context("spawn").Process(target=_serve, args=(there, ids))
    gateway.start()
    try:
        with tempfile.TemporaryDirectory() as home:
            url, key = here.recv()
            return _measure(Terminal(_environ(url, key, home), ids), chance, count, presses)
    finally:
        here.send(None)
        gateway.join()


def _environ(url: str, key: str, home: str) -> dict[str, str]:
    return {
        "HOME": home,
        "PATH": os.environ["PATH"],
        "PYTHONPATH": str(Path(__file__).parent.parent.parent),
        "TERM": "xterm-256color",
        "LANG": "C.UTF-8",
        "ANYFAST_BASE_URL": url,
        "ANYFAST_API_KEY": key,
        "SEEDANCE_TUI_INTERVAL": "1",
    }


def _serve(pipe: Connection, ids: list[str]) -> None:
    """Be the gateway, and change every task about once a second, until told to stop."""
    chance = random.Random(2)
    tasks = tuple(DemoTask(i, "", (State(-60, "QUEUED"),)) for i in ids)
    with running_demo(Demo(scenario=tasks)) as demo:
        pipe.send((demo.url, demo.key))
        while not pipe.poll(1 / len(ids)):
            state = chance.choice(STATES)
            demo.set(chance.choice(ids), state, progress=f"{chance.randrange(101)}%")


def _measure(terminal: Terminal, chance: random.Random, count: int, presses: int) -> int:
    terminal.until(lambda: f" of {count}" in terminal.screen.display[-1], 60)
    times: dict[str, list[float]] = {}
    strayed = 0
    for _ in range(presses):
        terminal.rest(0.1)
        before = terminal.task
        terminal.rest(chance.uniform(0.05, 0.4))
        strayed += terminal.task != before
        key, shown = _key(terminal, chance, count)
        terminal.process.send(key)
        times.setdefault(key, []).append(terminal.until(shown, 5))
    terminal.process.send("q")
    terminal.process.wait()
    everything = [seconds for one in times.values() for seconds in one]
    rows = [
        [repr(key), len(one), *_milliseconds(one)]
        for key, one in [*times.items(), ("all", everything)]
    ]
    table(
        f"{count} tasks that change once a second", ["key", "times", "median", "p95", "most"], rows
    )
    return verdict(
        {
            f"no key takes more than {MOST * 1000:.0f} ms to show": max(everything) <= MOST,
            "the cursor's task never changed by itself": strayed == 0,
        }
    )


def _key(terminal: Terminal, chance: random.Random, count: int) -> tuple[str, Callable[[], bool]]:
    """Return a key, and what holds once its effect is shown."""
    bar = terminal.bar
    moves = "kg" if terminal.place == count else "jG" if terminal.place == 1 else "jkgG"
    key = chance.choice(moves + moves + " ")
    return key, lambda: terminal.bar not in ("", bar)


def _milliseconds(seconds: list[float]) -> list[str]:
    ordered = sorted(seconds)
    p95 = ordered[min(len(ordered) - 1, round(len(ordered) * 0.95))]
    return [f"{1000 * one:.1f}" for one in (statistics.median(ordered), p95, ordered[-1])]


if __name__ == "__main__":
    sys.exit(main())
