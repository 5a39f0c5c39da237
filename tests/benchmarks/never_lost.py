"""Whether an ID is ever lost; run by hand: `python tests/benchmarks/never_lost.py`.

Kills in mid-write, two windows and an editor at once; the figures in the README come from it.
"""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

import kills
import strangers
from printing import table, verdict


def arguments() -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=200, help="of each kind (default: 200)")
    parser.add_argument("--rounds", type=int, default=100, help="of two windows and a hand edit")
    parser.add_argument("--seed", type=int, default=1, help="of the random instants")
    return parser.parse_args()


def killed(number: int, seed: int) -> dict[str, bool]:
    """Kill children of each kind, print the table, and return the promises."""
    ways: dict[str, Callable[[Path, int, random.Random], kills.Toll]] = {
        "a session adds": kills.kill_adders,
        "the verb `add` adds": kills.kill_verbs,
        "answers are recorded": kills.kill_recorders,
    }
    tolls = {}
    for name, way in ways.items():
        with tempfile.TemporaryDirectory() as folder:
            tolls[name] = way(Path(folder), number, random.Random(seed))
    table("Killed with SIGKILL", kills.HEAD, [toll.row(name) for name, toll in tolls.items()])
    clean = all(toll.is_clean for toll in tolls.values())
    return {
        "after every kill the files open, are private, and hold all that was promised": clean,
        "no temporary files pile up": all(toll.most_left <= 1 for toll in tolls.values()),
    }


def at_once(rounds: int, seed: int) -> dict[str, bool]:
    """Let two windows and an editor change the list at once; print and return the promises."""
    with tempfile.TemporaryDirectory() as folder:
        tally = strangers.run_rounds(Path(folder), rounds, seed)
    table("Two windows and a hand edit at once", strangers.HEAD, [tally.row()])
    for line in tally.lost[:20]:
        print(f"  lost: {line}")
    return {
        "nobody's change is lost": not (tally.lost or tally.unreadable),
        "the windows end up showing what the file says": not tally.unsettled,
    }


def main() -> int:
    """Run both parts; 1 if a promise is broken."""
    given = arguments()
    promises = killed(given.kills, given.seed) if given.kills else {}
    promises |= at_once(given.rounds, given.seed) if given.rounds else {}
    return verdict(promises)


if __name__ == "__main__":
    sys.exit(main())
