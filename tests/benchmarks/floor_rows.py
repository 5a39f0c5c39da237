"""What `floors.py` measures, row by row; each alternates between the program and its floor."""

from __future__ import annotations

import os
import random
import re
import statistics
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import download as transfer
from fast_gateway import FastGateway
from processes import Home, OnTerminal

from seedance_tui.demo import Blob

_BARE = str(Path(__file__).with_name("bare_app.py"))
_POLL = str(Path(__file__).with_name("bare_poll.py"))
_FILL = str(Path(__file__).with_name("fill_history.py"))
_LISTS = str(Path(__file__).with_name("watch_list_times.py"))
_MONITOR = ("-m", "seedance_tui")
_MEBIBYTES = 300
_IDLE = 15.0
"""Seconds."""


@dataclass(frozen=True)
class Figure:
    """One line of the table: the medians, and the most that is wanted."""

    what: str
    unit: str
    ours: float
    floor: float | None = None
    ratio_goal: float | None = None
    goal: float | None = None

    @property
    def ratio(self) -> float | None:
        """Times the floor."""
        return self.ours / self.floor if self.floor else None

    @property
    def is_met(self) -> bool:
        """Whether every goal of the row is reached."""
        within = self.goal is None or self.ours <= self.goal
        return within and (not self.ratio_goal or not self.ratio or self.ratio <= self.ratio_goal)

    @property
    def cells(self) -> tuple[str, ...]:
        """The line."""
        goals = (
            f"{self.ratio_goal:g} x" if self.ratio_goal else "",
            f"{self.goal:g} {self.unit}" if self.goal is not None else "",
        )
        return (
            self.what,
            f"{self.ours:.2f} {self.unit}",
            f"{self.floor:.2f} {self.unit}" if self.floor is not None else "–",
            f"{self.ratio:.2f}" if self.ratio else "–",
            ", ".join(filter(None, goals)) or "–",
            "yes" if self.is_met else "NO",
        )


Row = Callable[[Path, Path, int], Iterator[Figure]]


def _ids(done: int, running: int = 0) -> list[str]:
    """IDs of which the gateway knows how they stand."""
    chance = random.Random(1)
    kinds = ["done"] * done + ["open"] * running
    chance.shuffle(kinds)
    return [f"asyntask_{kind}{n:05}{chance.getrandbits(90):023x}" for n, kind in enumerate(kinds)]


def _filled(tree: Path, folder: Path, url: str, ids: list[str]) -> Home:
    """A home that watches these tasks and has heard of each."""
    home = Home(folder, tree, url)
    folder.mkdir(exist_ok=True)
    home.watch(ids)
    (folder / "ids").write_text("\n".join(ids))
    home.run(_FILL, "ids", str(folder / ".local/state/seedance-tui/history.db"))
    return home


def _has_data(received: bytes) -> bool:
    return bool(re.search(rb"take \d{5}", received)) and (
        b"Done" in received or b"Runn" in received
    )


def _median(values: list[float]) -> float:
    return statistics.median(values)


def _start_times(home: Home, gateway: FastGateway, rounds: int) -> tuple[float, float, float]:
    """Seconds to the first frame, ours and the floor's, and from ours to the first request."""
    ours, floor, asked = [], [], []
    for _ in range(rounds + 1):
        gateway.take()
        with OnTerminal(home, *_MONITOR) as program:
            shown = program.until(_has_data)
            ours.append(shown - program.began)
            program.rest(0.7)
            asked += [at - shown for at, _ in gateway.take()[:1]]
        with OnTerminal(home, _BARE, "20") as program:
            shown = program.until(lambda received: b"take 000" in received)
            floor.append(shown - program.began)
    # The first round warms the disk.
    return _median(ours[1:]), _median(floor[1:]), _median(asked[1:] or [float("nan")])


def start(tree: Path, folder: Path, rounds: int) -> Iterator[Figure]:
    """The first frame with the last known data."""
    with FastGateway() as gateway:
        home = _filled(tree, folder / "20", gateway.url, _ids(16, 4))
        ours, floor, asked = _start_times(home, gateway, rounds)
        yield Figure("start, 20 tasks", "s", ours, floor, 1.25)
        yield Figure("first frame to first request", "s", max(0.0, asked), goal=0.25)
        home = _filled(tree, folder / "10000", gateway.url, _ids(9_500, 500))
        ours, floor, asked = _start_times(home, gateway, rounds)
        yield Figure("start, 10,000 tasks", "s", ours, floor, 1.5)


def polling(tree: Path, folder: Path, rounds: int) -> Iterator[Figure]:
    """2,000 open tasks asked once, the screen live; the floor is httpx, eight at once."""
    count, ours, floor = 2000, [], []
    with FastGateway() as gateway:
        for n in range(rounds):
            home = Home(folder / str(n), tree, gateway.url)
            home.folder.mkdir()
            home.watch(ids := _ids(0, count))
            with OnTerminal(home, *_MONITOR) as program:
                ours.append(_asked_once(gateway, count, lambda: program.rest(0.2)))
            (home.folder / "ids").write_text("\n".join(ids))
            home.run(_POLL, gateway.url, "ids")
            floor.append(_asked_once(gateway, count, lambda: None))
    yield Figure("2,000 open tasks asked once", "s", _median(ours), _median(floor), 1.25)


def _asked_once(gateway: FastGateway, count: int, rest: Callable[[], object]) -> float:
    """Seconds from the first request until as many tasks were asked about; at most 60."""
    asked: dict[str, float] = {}
    end = time.time() + 60
    while len(asked) < count and time.time() < end:
        rest()
        for at, task_id in gateway.take():
            asked.setdefault(task_id, at)
    gateway.take()
    return max(asked.values()) - min(asked.values())


def idle(tree: Path, folder: Path, rounds: int) -> Iterator[Figure]:
    """20 settled tasks, the list shown, nobody there."""
    shares: dict[str, list[float]] = {"ours": [], "floor": []}
    wakes: dict[str, list[float]] = {"ours": [], "floor": []}
    with FastGateway() as gateway:
        home = _filled(tree, folder, gateway.url, _ids(20))
        for _ in range(max(2, rounds // 2)):
            for name, arguments in (("ours", _MONITOR), ("floor", (_BARE, "20"))):
                with OnTerminal(home, *arguments) as program:
                    program.rest(4)
                    spent, woken = program.processor, program.wakes
                    program.rest(_IDLE)
                    shares[name].append((program.processor - spent) / _IDLE * 100)
                    wakes[name].append((program.wakes - woken) / _IDLE)
    ours, floor = (_median(shares[name]) for name in ("ours", "floor"))
    yield Figure("idle, 20 settled tasks, of a core", "%", ours, floor, 1.3)
    ours, floor = (_median(wakes[name]) for name in ("ours", "floor"))
    yield Figure("idle, wake-ups a second", "/s", ours, floor, 1.3)


def memory(tree: Path, folder: Path, _rounds: int) -> Iterator[Figure]:
    """10,000 tasks with their history."""
    with FastGateway() as gateway:
        home = _filled(tree, folder, gateway.url, _ids(10_000))
        sizes = []
        for arguments in (_MONITOR, (_BARE, "20")):
            with OnTerminal(home, *arguments) as program:
                program.until(lambda received: b"take " in received)
                program.rest(6)
                sizes.append(program.memory)
    yield Figure("memory, 10,000 tasks", "MiB", sizes[0], sizes[1], 2.5)


def keys(tree: Path, folder: Path, rounds: int) -> Iterator[Figure]:
    """From a key to the changed screen at 10,000 tasks while they refresh, beside 100."""
    with FastGateway() as gateway:
        times = []
        for count in (100, 10_000):
            home = _filled(
                tree, folder / str(count), gateway.url, _ids(count * 19 // 20, count // 20)
            )
            with OnTerminal(home, *_MONITOR) as program:
                program.until(_has_data)
                program.rest(3)
                times.append([_to_the_bar(program, key) for key in b"jjjkjjjkjjGjkg" * rounds])
                if count > 100:
                    program.send(b"/")
                    program.rest(0.5)
                    letters = [_to_rest(program, bytes([key])) for key in b"take 0123" * 2]
    small, large = (1000 * sorted(one)[int(len(one) * 0.95)] for one in times)
    yield Figure("key to screen, p95, 10,000 beside 100", "ms", large, small, 1.2, 20)
    yield Figure("filter keystroke, 10,000", "ms", 1000 * _median(letters), goal=30)


def _to_the_bar(program: OnTerminal, key: int) -> float:
    """Seconds until the cursor's bar is drawn anew."""
    program.rest(0.12)
    program.received = b""
    pressed = program.send(bytes([key]))
    try:
        return program.until(lambda received: "▌".encode() in received, 1.0) - pressed
    except TimeoutError:  # the cursor was there already
        return 0.0


def _to_rest(program: OnTerminal, key: bytes) -> float:
    """Seconds until the last byte that follows a key before a pause."""
    program.rest(0.3)
    pressed = program.send(key)
    return program.settled(0.04) - pressed


def verbs(tree: Path, folder: Path, rounds: int) -> Iterator[Figure]:
    """Commands on one task with 10,000 watched, beside a script; and those that ask nobody."""
    with FastGateway() as gateway:
        home = _filled(tree, folder, gateway.url, ids := _ids(10_000))
        (folder / "ids").write_text(ids[7])
        pairs = {
            "show of one, 10,000 watched": (
                ("show", ids[7], "--json", "--refresh"),
                (_POLL, gateway.url, "ids"),
                1.2,
            ),
            "wait of one, 10,000 watched": (
                ("wait", ids[7], "--json", "--refresh"),
                (_POLL, gateway.url, "ids"),
                1.2,
            ),
            "--help": (("--help",), ("-c", "pass"), 4),
            "completion ids, 10,000 watched": (("completion", "ids", "x"), ("-c", "pass"), 4),
            "completion bash": (("completion", "bash"), ("-c", "pass"), 4),
            "paths": (("paths",), ("-c", "pass"), 7),
        }
        for name, (arguments, floor, goal) in pairs.items():
            times: list[tuple[float, float]] = []
            for _ in range(rounds * 2):
                times.append((home.run(*_MONITOR, *arguments)[0], home.run(*floor)[0]))
            ours, bare = (_median(list(one)) for one in zip(*times, strict=True))
            yield Figure(name, "s", ours, bare, goal)


def lists(tree: Path, folder: Path, rounds: int) -> Iterator[Figure]:
    """The watch list of 10,000, beside tomllib and tomli_w alone."""
    home = Home(folder, tree)
    home.watch(_ids(10_000))
    path = str(folder / ".local/share/seedance-tui/watchlist.toml")
    printed = [home.run(_LISTS, path)[1].split() for _ in range(rounds)]
    load, floor_load, save, floor_save = (
        _median([float(one[n]) for one in printed]) for n in range(4)
    )
    yield Figure("watch list of 10,000, load", "s", load, floor_load, 1.2)
    yield Figure("watch list of 10,000, save after a change", "s", save, floor_save, 1.2)


def tls(_tree: Path, folder: Path, rounds: int) -> Iterator[Figure]:
    """300 MiB over TLS to a file, beside curl; of this tree alone, in this process."""
    os.environ["SSL_CERT_DIR"] = os.devnull
    file = folder / "static.mp4"
    blob = Blob.virtual(_MEBIBYTES * transfer.MEBIBYTE)
    with file.open("wb") as sink:
        while sink.tell() < blob.size:
            sink.write(blob.read(sink.tell(), blob.size))
    transfer.certify(folder)
    runs = transfer.fetched(transfer.serve_file, str(file), folder, rounds)
    curl, ours = runs["curl"], runs["seedance-tui"]
    yield Figure("300 MiB over TLS, wall", "s", ours.seconds, curl.seconds, 1.5)
    yield Figure("300 MiB over TLS, processor", "s", ours.processor, curl.processor, 2)


ROWS: dict[str, Row] = {
    "start": start,
    "polling": polling,
    "idle": idle,
    "memory": memory,
    "keys": keys,
    "verbs": verbs,
    "lists": lists,
    "tls": tls,
}
