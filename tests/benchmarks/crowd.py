"""Twenty commands at once beside a window and a `watch`: `python tests/benchmarks/crowd.py`.

For a minute twenty workers start a command each, one after the other, over one watch list and one
history, and kill many of them at a random moment; so are an open monitor and a `watch`, which are
started again. Nothing may be lost that a command said is done, and no task that is open may be
asked about twice within an interval by what runs: the monitor, `watch` and `wait`. `list` and
`show`, which ask once and claim nothing, ask as well with `--once`.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter, defaultdict
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, field, replace
from itertools import pairwise
from pathlib import Path

from printing import table, verdict
from processes import Home, OnTerminal

from seedance_tui.demo import Demo, DemoTask, Stage, running_demo

KEY = "sk-benchmark"
TREE = Path(__file__).parents[2]
OPEN = tuple(f"asyntask_open{number}" for number in range(12))
INTERVAL = 8.0
"""Seconds between two questions about a task, of every instance."""
_SHORTEST = 0.7
"""Intervals: the shortest pause between two questions that counts as one an interval.

A claim holds for 0.85; the rest is for the way to the gateway on a machine with twenty at work.
"""
_LONGEST_LIFE = 12.0
"""Seconds within which a command is killed, if it is."""
_END = 90.0
"""Seconds within which what was started has ended by itself."""


@dataclass
class Tally:
    """What the workers have seen; each list is written under the lock."""

    lock: threading.Lock = field(default_factory=threading.Lock)
    ends: Counter[str] = field(default_factory=Counter)
    """How the commands ended: by verb and exit status."""
    added: set[str] = field(default_factory=set)
    """The IDs of which `add` has said that they are on the list."""
    odd: list[str] = field(default_factory=list)
    """What should not have been said."""
    downloads: set[str] = field(default_factory=set)


class Worker(threading.Thread):
    """Starts commands one after the other until `end`, in Unix seconds, and kills some of them."""

    def __init__(
        self, number: int, home: Home, tally: Tally, end: float, seed: int, *, once: bool
    ) -> None:
        super().__init__()
        self._offline = () if once else ("--offline",)
        self._number, self._home, self._tally, self._end = number, home, tally, end
        self._random = random.Random(seed * 1000 + number)
        self._count = 0

    def run(self) -> None:
        """Do it."""
        while time.time() < self._end:
            self._count += 1
            self._one()

    def _one(self) -> None:
        words = self._words()
        process = start(self._home, *words)
        is_killed = words[0] == "wait" or self._random.random() < 0.5
        life = self._random.uniform(0.05, _LONGEST_LIFE) if is_killed else _END
        try:
            out, err = process.communicate(timeout=life)
        except subprocess.TimeoutExpired:
            process.kill()
            out, err = process.communicate()
            if not is_killed:
                self._complain(words, "did not end", err)
        self._note(words, process.returncode, out, err)

    def _words(self) -> Sequence[str]:
        new = f"asyntask_new{self._number}x{self._count}"
        known = self._random.choice(OPEN)
        return self._random.choice(
            [
                ("add", new, "--label", f"take {self._count}", "--json"),
                ("add", new, "--json"),
                ("edit", known, "--tag", f"t{self._number}", "--json"),
                ("show", known, "--json", *self._offline),
                ("list", "--filter", f"id:{known}", "--json", *self._offline),
                ("wait", known, "--json"),
                ("download", "asyntask_done", "--json"),
                ("history", known, "--json"),
            ]
        )

    def _note(self, words: Sequence[str], code: int, out: str, err: str) -> None:
        with self._tally.lock:
            self._tally.ends[f"{words[0]} {code if code >= 0 else 'killed'}"] += 1
            if words[0] == "add" and code == 0:
                self._tally.added.add(words[1])
            if words[0] == "download" and code == 0:
                self._tally.downloads.add(
                    json.loads(out.splitlines()[-1])["files"]["result"]["path"]
                )
        if "Traceback" in err or code in (1, 2, 6):
            self._complain(words, f"exit {code}", err)

    def _complain(self, words: Sequence[str], what: str, err: str) -> None:
        with self._tally.lock:
            self._tally.odd.append(f"{' '.join(words)}: {what}: {err.strip()[-300:]}")


def start(home: Home, *words: str) -> subprocess.Popen[str]:
    """Start a command."""
    return subprocess.Popen(
        [sys.executable, "-m", "seedance_tui", *words, "--interval", str(INTERVAL)],
        env=home.environ,
        cwd=home.folder,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def watching(home: Home, end: float, seed: int) -> int:
    """Have a `watch` run until then, killed now and again; return how many were killed."""
    chance, kills = random.Random(seed), 0
    while time.time() < end:
        with start(home, "watch", "--json") as process:
            reader = threading.Thread(target=process.communicate)
            reader.start()
            reader.join(min(chance.uniform(10, 25), max(0.1, end - time.time())))
            with suppress(ProcessLookupError):
                process.kill()
            reader.join()
        kills += 1
    return kills


def open_windows(home: Home, end: float, seed: int) -> int:
    """Have a monitor open until then, killed now and again; return how many were killed."""
    chance, kills = random.Random(seed + 1), 0
    while time.time() < end:
        with OnTerminal(home, "-m", "seedance_tui", "--interval", str(INTERVAL)) as window:
            window.rest(min(chance.uniform(10, 25), max(0.1, end - time.time())))
        kills += 1
    return kills


def shortest_pauses(demo: Demo) -> dict[str, float]:
    """Return the shortest pause between two questions about each task, in seconds."""
    asked = defaultdict(list)
    for request in demo.gateway.requests:
        asked[request.segments[-1]].append(request.time)
    return {
        one: min(b - a for a, b in pairwise(times)) for one, times in asked.items() if times[1:]
    }


def crowd(home: Home, demo: Demo, given: argparse.Namespace) -> dict[str, bool]:
    """Let all of them work, print what came of it, and return the promises."""
    first = start(home, "add", *OPEN, "asyntask_done", "--json")
    first.communicate()
    tally, end = Tally(), time.time() + given.seconds
    crew = [
        Worker(number, home, tally, end, given.seed, once=given.once)
        for number in range(given.workers)
    ]
    for worker in crew:
        worker.start()
    with ThreadPoolExecutor(1) as pool:
        windows = pool.submit(open_windows, home, end, given.seed)
        kills = watching(home, end, given.seed), windows.result()
    for worker in crew:
        worker.join()
    listed = start(home, "list", "--offline", "--json").communicate()[0]
    ids = [record["id"] for record in json.loads(listed)]
    pauses = shortest_pauses(demo)
    lost = (tally.added | {*OPEN, "asyntask_done"}).difference(ids)
    told(tally, kills, demo, pauses)
    log = home.folder / ".local/state/seedance-tui/seedance-tui.log"
    alone = log.read_text().count("questions are not shared") if log.exists() else 0
    print(f"  instances that could not share their questions: {alone}")
    for line in [*tally.odd[:10], *(f"lost: {one}" for one in sorted(lost)[:10])]:
        print(f"  {line}")
    videos = [path for path in (home.folder / "videos").iterdir() if path.suffix == ".mp4"]
    return {
        "nothing that was added is lost": not lost,
        "no ID is on the list twice": len(ids) == len(set(ids)),
        "no open task is asked about twice within an interval": given.once
        or all(pauses[one] >= _SHORTEST * INTERVAL for one in OPEN if one in pauses),
        "nothing ended oddly": not tally.odd,
        "one video, saved once": len(videos) == len(tally.downloads) == 1,
    }


def told(tally: Tally, kills: tuple[int, int], demo: Demo, pauses: dict[str, float]) -> None:
    """Print the figures."""
    rows = [(name, count) for name, count in sorted(tally.ends.items())]
    table("How the commands ended", ("command, exit", "times"), rows)
    shortest = sorted((pause, one) for one, pause in pauses.items())[:3]
    figures = [
        ("commands", tally.ends.total()),
        ("of them killed", sum(n for name, n in tally.ends.items() if "killed" in name)),
        ("watch killed", kills[0]),
        ("monitor killed", kills[1]),
        ("IDs added", len(tally.added)),
        ("requests to the gateway", len(demo.gateway.requests)),
        *((f"shortest pause, {one}", f"{pause:.2f} s") for pause, one in shortest),
    ]
    table("The crowd", ("", ""), figures)


def main() -> int:
    """Run it; 1 if a promise is broken."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--workers", type=int, default=20)
    parser.add_argument("--seconds", type=float, default=60.0)
    parser.add_argument("--seed", type=int, default=1, help="of the random moments")
    parser.add_argument("--once", action="store_true", help="list and show ask too")
    given = parser.parse_args()
    tasks = [DemoTask(one, "", (Stage(-90, "QUEUED"),)) for one in OPEN]
    stages = (Stage(-300, "IN_PROGRESS"), Stage(-60, "SUCCESS"))
    demo = Demo(key=KEY, scenario=(*tasks, DemoTask("asyntask_done", "", stages)))
    with tempfile.TemporaryDirectory() as folder, running_demo(demo):
        home = replace(Home(Path(folder), TREE), url=demo.url)
        os.environ.pop("ANYFAST_API_KEY", None)
        config = Path(folder) / ".config/seedance-tui"
        config.mkdir(parents=True)
        (Path(folder) / "videos").mkdir()
        (config / "config.toml").write_text(f'download_dir = "{folder}/videos"\n')
        return verdict(crowd(home, demo, given))


if __name__ == "__main__":
    sys.exit(main())
