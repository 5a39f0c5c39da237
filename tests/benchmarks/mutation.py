"""Which changes of the code no test notices; run by hand: `python tests/benchmarks/mutation.py`.

It needs a tool that the tests do not: `pip install cosmic-ray`.

A mutant is a copy of the program with one small change: a number one larger or smaller, `<=` for
`<`, `and` for `or`, `not` before a condition, a loop that never runs, a decorator that is gone.
The tests of its room run until the first one fails, which kills it. One that lives shows a rule,
or the border of one, that no test pins; or a change that changes nothing.

Of each room a sample is tried, the same for the same seed and code: first one mutant at each place
of the code, in random order, then a second one at each, until there are enough. The rooms share
the time evenly; one that is out of time says how many mutants it has not tried.

The changes are those of cosmic-ray. Its own runner is not used: it changes the working tree, or
needs a server for each copy of it, runs the same tests for every file, and knows no sample. Mutmut
changes only what stands in functions, and much of what is decided here stands in constants. Each
process here has a copy of the tree in a temporary directory, with a home of its own; the working
tree is only read.

`ROOMS` says where the code and the tests of each room are; a room that has moved, or another one,
can be given too: `mutation.py --room "polling=core/polling:core/polling ui/test_rhythm"`.
"""

from __future__ import annotations

import argparse
import json
import os
import tempfile
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass, field
from pathlib import Path
from queue import SimpleQueue

from bench import Bench
from mutants import ROOT, Mutant, sample
from printing import table

ROOMS = {
    "polling": ("core/polling", "core/polling"),
    "downloads": ("core/downloads", "core/downloads commands/test_download"),
    "watchlist": ("core/watchlist", "core/watchlist core/model/test_watched core/test_session"),
    "naming": ("core/naming", "core/naming"),
    "listing": ("core/listing", "core/listing core/model ui/screens/main/test_listing"),
    "model": ("core/model", "core/model core/listing core/downloads/test_deadlines"),
}
"""Modules and packages of the code of each room, then of its tests, the quickest first."""

_LEAST_LIMIT, _TIMES_AS_LONG = 30.0, 5.0
"""Seconds, and times the tests without a change take, after which a mutant hangs: it is killed."""


@dataclass
class Result:
    """What became of the mutants of a room."""

    room: str
    killed: int = 0
    hung: int = 0
    """How many of the killed ones came to no end."""
    survived: list[Mutant] = field(default_factory=list)
    not_tried: int = 0
    seconds: float = 0.0

    @property
    def row(self) -> tuple[object, ...]:
        """Its line of the table."""
        tried = self.killed + len(self.survived)
        share, each = self.killed / max(1, tried), self.seconds / max(1, tried)
        kept = len(self.survived)
        return (
            *(self.room, tried, self.killed, self.hung, kept, self.not_tried),
            *(f"{share:.0%}", f"{self.seconds:.0f}", f"{each:.1f}"),
        )

    @property
    def facts(self) -> dict[str, object]:
        """All of it, for programs."""
        survivors = [asdict(mutant) | {"diff": mutant.diff} for mutant in self.survived]
        return asdict(self) | {"survived": survivors}


# What becomes of them


def try_room(
    room: str, mutants: Sequence[Mutant], tests: Sequence[str], benches: list[Bench], until: float
) -> Result:
    """Try the mutants, each bench one at a time, until that moment."""
    began = time.monotonic()
    if benches[0].fails(tests):
        raise SystemExit(f"{room}: the tests fail without any change")
    limit = max(_LEAST_LIMIT, _TIMES_AS_LONG * (time.monotonic() - began))
    free: SimpleQueue[Bench] = SimpleQueue()
    for bench in benches:
        free.put(bench)

    def fate(mutant: Mutant) -> str:
        if time.monotonic() > until:
            return "not tried"
        bench = free.get()
        try:
            killed = bench.kills(mutant, tests, limit)
        finally:
            free.put(bench)
        return "hung" if killed is None else "killed" if killed else "survived"

    with ThreadPoolExecutor(len(benches)) as threads:
        fates = list(threads.map(fate, mutants))
    hung = fates.count("hung")
    survived = [one for one, fate in zip(mutants, fates, strict=True) if fate == "survived"]
    spent = time.monotonic() - began
    return Result(
        room, fates.count("killed") + hung, hung, survived, fates.count("not tried"), spent
    )


# What is asked for, and what is said


def arguments() -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("rooms", nargs="*", help=f"of {', '.join(ROOMS)} (default: all)")
    parser.add_argument("--mutants", type=int, default=150, help="of a room (default: 150)")
    parser.add_argument("--minutes", type=float, default=120, help="at most (default: 120)")
    parser.add_argument("--at-once", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--seed", type=int, default=1, help="of the sample")
    parser.add_argument("--json", type=Path, help="file for the results and the survivors")
    parser.add_argument(
        "--room",
        action="append",
        default=[],
        metavar="NAME=CODE:TESTS",
        help="a room of other modules and packages, such as `polling=core/polling:core/polling`",
    )
    return parser.parse_args()


def rooms_of(given: argparse.Namespace) -> dict[str, tuple[list[str], list[str]]]:
    """Return the files of code and of tests of each room that is asked for."""
    others = [room.partition("=")[::2] for room in given.room]
    known = ROOMS | {name: tuple(paths.split(":", 1)) for name, paths in others}
    names = given.rooms or [name for name, _ in others] or list(ROOMS)
    return {
        name: (_files("seedance_tui", known[name][0]), _files("tests", known[name][1]))
        for name in names
    }


def _files(top: str, names: str) -> list[str]:
    """Every file of the modules and packages, relative to the root."""
    found: list[Path] = []
    for name in names.split():
        there = ROOT / top / name
        found += sorted(there.rglob("*.py")) if there.is_dir() else [there.with_suffix(".py")]
    return [file.relative_to(ROOT).as_posix() for file in found if file.name != "conftest.py"]


def report(results: Sequence[Result]) -> None:
    """Print the survivors, and then the table."""
    for result in results:
        for mutant in result.survived:
            print(f"\n{mutant.file}:{mutant.line}  {mutant.operator}")
            print("\n".join(mutant.diff))
    head = (
        *("room", "tried", "killed", "of them hung", "survived", "not tried"),
        *("share", "seconds", "each"),
    )
    table("Mutants", head, [result.row for result in results])


def main() -> None:
    """Try a sample of mutants of each room."""
    given = arguments()
    rooms = rooms_of(given)
    end = time.monotonic() + given.minutes * 60
    results = []
    with tempfile.TemporaryDirectory() as folder:
        benches = [Bench(Path(folder) / str(number)) for number in range(given.at_once)]
        for place, (room, (files, tests)) in enumerate(rooms.items()):
            mutants = sample(files, given.mutants, f"{given.seed} {room}")
            now = time.monotonic()
            until = now + (end - now) / (len(rooms) - place)
            results.append(try_room(room, mutants, tests, benches, until))
            print(f"{room}: {results[-1].row[6]} killed", flush=True)
    report(results)
    if given.json:
        facts = json.dumps([result.facts for result in results], ensure_ascii=False, indent=1)
        given.json.write_text(facts, encoding="utf-8")


if __name__ == "__main__":
    main()
