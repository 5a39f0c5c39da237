"""Whether the watch list keeps everything on Windows; run by hand, there or under Wine.

`python tests/benchmarks/windows.py` plays it with this Python, on any system;
`python tests/benchmarks/windows.py --python "wine python.exe"` with a Windows Python, in the
folder of its `python.exe` and with the program's dependencies installed for it.
"""

from __future__ import annotations

import argparse
import shlex
import subprocess
import sys
import tempfile
import time
import tomllib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from printing import table, verdict

ROOT = Path(__file__).parents[2]
_IMPORTABLE = f"import sys; sys.path.insert(0, {str(ROOT)!r})\n"
"""An embeddable Python passes PYTHONPATH over."""
_PROGRAM = "from seedance_tui.cli import main; main(sys.argv[1:])"
_LABEL = """
from pathlib import Path
from dataclasses import replace
from seedance_tui.core.watchlist.changes import Change, Step
from seedance_tui.core.watchlist.file import WatchListFile

file = WatchListFile(Path(sys.argv[1]))
index, before = next((n, w) for n, w in enumerate(file.load().watched) if w.id == sys.argv[2])
file.apply(Change((Step(index, before, replace(before, label=sys.argv[3])),)))
"""
_WRITER = """
from datetime import UTC, datetime
from pathlib import Path
from seedance_tui.core.model.watched import Watched
from seedance_tui.core.watchlist.changes import Change, Step
from seedance_tui.core.watchlist.file import WatchListFile

file, name, count = WatchListFile(Path(sys.argv[1])), sys.argv[2], int(sys.argv[3])
now = datetime.now(UTC).replace(microsecond=0)
for n in range(count):
    file.apply(Change((Step(0, None, Watched(f"{name}-{n}", now, f"label {n}")),)))
    if n % 3 == 2:
        file.apply(Change((Step(0, Watched(f"{name}-{n}", now), None),)))
"""
_HOLDER = """
import os, time
with open(sys.argv[1], "rb") as held:
    open(sys.argv[2], "x").close()
    while os.path.exists(sys.argv[2]):
        time.sleep(0.02)
"""
_READER = """
import os
while os.path.exists(sys.argv[2]):
    try:
        with open(sys.argv[1], "rb") as file:
            file.read()
    except PermissionError:
        pass
"""


class Stage:
    """A watch list in a folder of its own, and a Python that plays on it."""

    def __init__(self, python: list[str], folder: Path) -> None:
        self._python = python
        self._folder = folder
        self.watchlist = folder / "watchlist.toml"

    def start(self, code: str, *arguments: object) -> subprocess.Popen[bytes]:
        """Run code; standard output is a pipe, since Wine takes no file for it."""
        command = [*self._python, "-c", _IMPORTABLE + code, *map(str, arguments)]
        return subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE)

    def program(self, *argv: str) -> int:
        """Run the program with the list and a history beside it."""
        places = ("--watchlist", self.watchlist, "--history", self._folder / "history.db")
        return _status(self.start(_PROGRAM, *argv, *places))

    def label(self, task_id: str, label: str) -> int:
        """Give a task another label."""
        return _status(self.start(_LABEL, self.watchlist, task_id, label))

    @contextmanager
    def read(self, code: str) -> Iterator[None]:
        """Let another process read the list, in its way, as long as the block lasts."""
        flag = self._folder / "flag"
        if code is _READER:
            flag.touch()
        reader = self.start(code, self.watchlist, flag)
        while not flag.exists():
            time.sleep(0.02)
        try:
            yield
        finally:
            flag.unlink()
            reader.communicate()

    def there(self) -> dict[str, str]:
        """Return the label of every task in the list."""
        tasks = tomllib.loads(self.watchlist.read_text(encoding="utf-8")).get("tasks", [])
        return {task["id"]: task.get("label", "") for task in tasks}


def _status(process: subprocess.Popen[bytes]) -> int:
    process.communicate()
    return process.returncode


def one_by_one(stage: Stage) -> dict[str, bool]:
    """Add twice, change a label, remove."""
    ids = [f"asyntask_{n}".ljust(41, "0") for n in range(3)]
    well = [
        stage.program("add", ids[0], ids[1]),
        stage.program("add", ids[2], "--label", "third"),
        stage.label(ids[0], "first"),
        stage.program("remove", ids[1]),
    ]
    wanted = {ids[0]: "first", ids[2]: "third"}
    return {"add, add, a label, remove": not any(well) and stage.there() == wanted}


def held_open(stage: Stage) -> dict[str, bool]:
    """Add, label and remove while a reader holds the file open all the time."""
    ids = [f"asyntask_held{n}".ljust(41, "0") for n in range(2)]
    before = stage.there()
    with stage.read(_HOLDER):
        well = [
            stage.program("add", *ids),
            stage.label(ids[0], "held"),
            stage.program("remove", ids[1]),
        ]
    kept = not any(well) and stage.there() == before | {ids[0]: "held"}
    return {"the same while a reader holds the file open": kept}


def at_once(stage: Stage, writers: int, count: int) -> dict[str, bool]:
    """Let writers add, and remove every third again, while a reader reads all the time."""
    before, began = stage.there(), time.monotonic()
    with stage.read(_READER):
        started = [stage.start(_WRITER, stage.watchlist, f"w{n}", count) for n in range(writers)]
        well = [_status(process) for process in started]
    wanted = before | {
        f"w{w}-{n}": f"label {n}" for w in range(writers) for n in range(count) if n % 3 != 2
    }
    there = stage.there()
    lost, back = len(wanted.keys() - there.keys()), len(there.keys() - wanted.keys())
    seconds = f"{time.monotonic() - began:.1f} s"
    row = (writers, writers * (count + count // 3), sum(map(bool, well)), lost, back, seconds)
    table("Writers at once", ("writers", "changes", "failed", "lost", "came back", "took"), [row])
    return {f"{writers} writers at once, nothing lost": not any(well) and there == wanted}


def main() -> int:
    """Play it all; 1 if something was lost."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--python", default=sys.executable, help="the Python that plays")
    parser.add_argument("--writers", type=int, default=6)
    parser.add_argument("--changes", type=int, default=25, help="additions of each writer")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        stage = Stage(shlex.split(given.python), Path(folder))
        promises = one_by_one(stage) | held_open(stage)
        promises |= at_once(stage, given.writers, given.changes)
    return verdict(promises)


if __name__ == "__main__":
    sys.exit(main())
