"""How much goes over the line, as over SSH: `python tests/benchmarks/bytes_on_the_line.py`.

The program runs on a pseudo-terminal of 120 × 40 against the simulated gateway, where nothing
changes but the time. What it writes is counted: at rest, with each dialog open, and for a key.
"""

from __future__ import annotations

import multiprocessing
import statistics
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from multiprocessing.connection import Connection

from keys import Terminal, environ
from printing import table, verdict

from seedance_tui.demo import Demo, DemoTask, running_demo
from seedance_tui.demo import Stage as State

FEW, MANY = 12, 200
REST, SETTLED = 8.0, 2.0
"""Seconds for which the program at rest is listened to, and until it is at rest."""
KEYS = 10
DIALOGS = {
    "copy (Y)": "Y",
    "sort (s)": "s",
    "auto-save (A)": "A",
    "add (a)": "a",
    "edit (e)": "e",
    "help (?)": "?",
    "palette (:)": ":",
    "downloads (w)": "w",
    "versus (v)": "v",
}
PHASES = ("IN_PROGRESS", "SUCCESS", "SUCCESS", "FAILURE", "QUEUED")
IDLE = {FEW: 0.7, MANY: 1.5}
"""Most kB a second of the list at rest, by the number of tasks."""
DIALOG, KEY, KEY_WITH_DETAIL, MENU = 2.0, 1.2, 5.0, 12.0
"""Most kB: a second of a dialog at rest, for a key, and for a menu to open."""
Row = tuple[str, float, float]
"""What was done, how many kB it took, how many it may take."""


def main() -> int:
    """Print what was written for what, and whether that is little enough."""
    rows = [*_measured(FEW, _rest), *_measured(MANY, _everything)]
    table(
        "kB written to a terminal of 120 × 40",
        ["what", "kB", "at most", "met"],
        [[what, f"{kb:.2f}", most, "yes" if kb <= most else "NO"] for what, kb, most in rows],
    )
    return verdict({"all of it is little enough": all(kb <= most for _what, kb, most in rows)})


def _measured(count: int, measure: object) -> list[Row]:
    assert callable(measure)
    with _gateway(count) as (url, key, ids), tempfile.TemporaryDirectory() as home:
        terminal = Terminal(environ(url, key, home) | {"SEEDANCE_TUI_INTERVAL": "15"}, ids)
        terminal.until(lambda: _all_answered(terminal.screen.display, count), 120)
        terminal.rest(2 * SETTLED)
        rows = list(measure(terminal, count))
        terminal.process.send("q")
        terminal.process.wait()
        return rows


def _all_answered(display: Sequence[str], count: int) -> bool:
    """Whether the tabs count all that is done and all that has failed."""
    phases = [PHASES[n % len(PHASES)] for n in range(count)]
    done, failed = phases.count("SUCCESS"), phases.count("FAILURE")
    return any(f"Ready {done}  4 Failed {failed} " in line for line in display)


def _rest(terminal: Terminal, count: int) -> Iterator[Row]:
    yield f"list of {count} at rest, a second", _a_second(terminal), IDLE[count]


def _everything(terminal: Terminal, count: int) -> Iterator[Row]:
    yield from _rest(terminal, count)
    yield "a key in the list, with the detail", _a_key(terminal), KEY_WITH_DETAIL
    _press(terminal, "p")
    yield "a key in the list, detail hidden", _a_key(terminal), KEY
    _press(terminal, "p")
    for name, key in DIALOGS.items():
        opening = _press(terminal, key)
        if key == "Y":
            yield f"{name} opens", opening, MENU
        yield f"{name} at rest, a second", _a_second(terminal), DIALOG
        _press(terminal, "\x1b")


def _a_key(terminal: Terminal) -> float:
    return statistics.median(_press(terminal, "j", 0.6) for _ in range(KEYS))


def _press(terminal: Terminal, key: str, seconds: float = SETTLED) -> float:
    """Press a key; return the kB that came of it within so many seconds."""
    before = terminal.written
    terminal.process.send(key)
    terminal.rest(seconds)
    return (terminal.written - before) / 1000


def _a_second(terminal: Terminal) -> float:
    before = terminal.written
    terminal.rest(REST)
    return (terminal.written - before) / 1000 / REST


@contextmanager
def _gateway(count: int) -> Iterator[tuple[str, str, list[str]]]:
    """Serve so many tasks of all kinds in a process of its own."""
    ids = [f"asyntask_{n:04}{n:030x}" for n in range(count)]
    here, there = multiprocessing.Pipe()
    gateway = multiprocessing.get_context("spawn").Process(target=_serve, args=(there, ids))
    gateway.start()
    try:
        yield (*here.recv(), ids)
    finally:
        here.send(None)
        gateway.join()


def _serve(pipe: Connection, ids: list[str]) -> None:
    tasks = tuple(
        DemoTask(i, "", (State(-60.0 * n, PHASES[n % len(PHASES)]),)) for n, i in enumerate(ids)
    )
    with running_demo(Demo(scenario=tasks)) as demo:
        pipe.send((demo.url, demo.key))
        pipe.recv()


if __name__ == "__main__":
    sys.exit(main())
