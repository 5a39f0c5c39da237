"""What a task more costs: `python tests/benchmarks/growth.py [COUNT...]`.

Each count of watched tasks is one run of its own; a twentieth of them is open, and the history
has heard of each. Printed are microseconds of the processor a task, and bytes: a column that stays
level grows with the list, one that rises grows faster. What is asked costs by the open ones alone.
Linux alone: it reads /proc.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable
from dataclasses import replace
from pathlib import Path

from floor_rows import _filled, _ids
from printing import table

from seedance_tui.core.config import Options, load
from seedance_tui.core.listing.listing import Listing
from seedance_tui.core.listing.views import Summary
from seedance_tui.core.model.outcomes import Fetched
from seedance_tui.core.session import Session
from seedance_tui.core.watchlist.file import WatchListFile

ROOT = Path(__file__).parents[2]
COUNTS = (100, 1_000, 10_000, 100_000)
_ROUNDS = 20
HEAD = (
    "watched", "read list", "recall", "sort", "count",
    "answer", "save change", "memory, bytes",
)  # fmt: skip


def memory() -> int:
    """Bytes of this process that are in memory."""
    return int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")


async def costs() -> dict[str, float]:
    """Microseconds of the processor, and bytes, of a list of the home's."""
    session = Session(load(Options(), os.environ, with_key=False), lambda config: None)  # type: ignore[arg-type,return-value]
    found: dict[str, float] = {}

    async def timed(name: str, work: Callable[[], Awaitable[object]]) -> None:
        began = time.process_time()
        await work()
        found[name] = (time.process_time() - began) * 1e6

    before = memory()
    file = WatchListFile(session.config.watchlist)
    await timed("read list", lambda: asyncio.to_thread(file.load))
    await timed("recall", session.load)
    found["recall"] -= found["read list"]
    found["memory"] = memory() - before
    entries, now = session.store.entries, session.now()
    await timed("sort", lambda: asyncio.to_thread(Listing().of, entries, now, ()))
    await timed("count", lambda: asyncio.to_thread(Summary.of, entries, now))
    an_open, task = next((entry, entry.task) for entry in entries if entry.is_open and entry.task)

    async def answer() -> None:
        for step in range(_ROUNDS):
            session.store.record(Fetched(an_open.id, replace(task, progress=step / 50), now))

    await timed("answer", answer)
    found["answer"] /= _ROUNDS
    await timed("save change", lambda: session.editor.remove([an_open.id]))
    await session.close()
    return found


def measured(count: int) -> list[object]:
    """Run one count in a process of its own; return its line."""
    with tempfile.TemporaryDirectory(prefix="growth-") as folder:
        ids = _ids(count - count // 20, count // 20)
        home = _filled(ROOT, Path(folder) / "home", "http://127.0.0.1:9", ids)
        done = subprocess.run(
            [sys.executable, __file__, "--inside"],
            env=home.environ,
            check=True,
            capture_output=True,
            text=True,
        )
    found = json.loads(done.stdout)
    a_task = [f"{found[name] / count:.1f}" for name in ("read list", "recall", "sort", "count")]
    whole = [f"{found['answer']:.0f} in all", f"{found['save change'] / count:.1f}"]
    return [f"{count:,}", *a_task, *whole, f"{found['memory'] / count:.0f}"]


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("counts", nargs="*", type=int, help="tasks watched (default: four counts)")
    parser.add_argument("--inside", action="store_true", help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.inside:
        print(json.dumps(asyncio.run(costs())))
        return
    rows = [measured(count) for count in given.counts or COUNTS]
    table("microseconds of the processor a task watched", HEAD, rows)


if __name__ == "__main__":
    main()
