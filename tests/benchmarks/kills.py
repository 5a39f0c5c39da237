"""Children that add IDs or record answers, killed at random instants; `never_lost.py` runs it."""

from __future__ import annotations

import asyncio
import os
import random
import signal
import sqlite3
import stat
import subprocess
import sys
import time
import tomllib
from contextlib import closing
from dataclasses import dataclass, field
from itertools import count
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from seedance_tui.api.client import Client
from seedance_tui.api.models import Task
from seedance_tui.core.config import Config
from seedance_tui.core.history.history import History
from seedance_tui.core.history.recorder import Recorder
from seedance_tui.core.session import Session
from seedance_tui.core.storage.sqlite import DatabaseUnusable
from seedance_tui.core.watchlist.find_ids import Found

_SPAN = 0.3
"""Seconds after its readiness within which a child is killed."""
_FORK = get_context("forkserver")
"""Gives children that start in a few milliseconds, the program's modules already loaded."""
_FORK.set_forkserver_preload(["seedance_tui.core.session"])


@dataclass
class Toll:
    """What was promised over all kills, and what came of it."""

    kills: int = 0
    promised: set[str] = field(default_factory=set)
    extra: int = 0
    """Written, and killed before it could be promised."""
    lost: set[str] = field(default_factory=set)
    unreadable: int = 0
    wrong_mode: int = 0
    most_left: int = 0
    """Temporary files, at most at a time."""

    @property
    def is_clean(self) -> bool:
        """Whether something was promised, and nothing lost, unreadable, or readable to others."""
        return bool(self.promised) and not (self.lost or self.unreadable or self.wrong_mode)

    def row(self, name: str) -> tuple[object, ...]:
        """Return the line of the table."""
        lost, kept = len(self.lost), len(self.promised)
        numbers = (self.kills, kept, self.extra, lost, self.unreadable, self.wrong_mode)
        return (name, *numbers, self.most_left)


HEAD = ("killed while", "kills", "promised", "written only", "lost", "unreadable", "mode", "left")


def config_in(folder: Path) -> Config:
    """Settings whose files are all in the folder; nothing is ever asked."""
    return Config(
        base_url="http://127.0.0.1:9",
        config=folder / "config.toml",
        watchlist=folder / "watchlist.toml",
        history=folder / "history.db",
        download_dir=folder / "videos",
    )


def session_in(folder: Path) -> Session:
    """A window's session, without its screen."""
    return Session(config_in(folder), lambda config: Client(config.base_url, config.key))


def kill_adders(folder: Path, kills: int, chance: random.Random) -> Toll:
    """Kill a session that adds IDs one after the other, again and again on the same file."""
    toll, path = Toll(), config_in(folder).watchlist
    for number in range(kills):
        promised = _killed(_add, (folder, f"s{number:04}"), chance)
        _judge_list(toll, path, promised)
    return toll


def kill_verbs(folder: Path, kills: int, chance: random.Random) -> Toll:
    """Kill `seedance-tui add ID` at an instant between its start and its end."""
    toll, path = Toll(), config_in(folder).watchlist
    span = _seconds_of_verb(folder)
    for number in range(kills):
        promised = _verb_killed(folder, f"v{number:04}", chance.uniform(span / 2, span * 1.1))
        _judge_list(toll, path, promised)
    return toll


def kill_recorders(folder: Path, kills: int, chance: random.Random) -> Toll:
    """Kill a process that records answers, again and again on the same database."""
    toll, path = Toll(), config_in(folder).history
    for number in range(kills):
        promised = _killed(_record, (folder, f"h{number:04}"), chance)
        _judge_history(toll, path, promised)
    return toll


def _killed(target: Any, arguments: tuple[Any, ...], chance: random.Random) -> set[str]:
    """Run a child, kill it at a random instant, and return what it has promised until then."""
    promises, child_end = _FORK.Pipe(duplex=False)
    child = _FORK.Process(target=target, args=(*arguments, child_end))
    child.start()
    child_end.close()
    promises.recv()  # it is ready
    time.sleep(chance.uniform(0, _SPAN))
    child.kill()
    child.join()
    if child.exitcode != -signal.SIGKILL:
        raise SystemExit(f"the child ended by itself: {child.exitcode}")
    return _received(promises)


def _received(promises: Connection) -> set[str]:
    received: set[str] = set()
    try:
        while True:
            received.update(promises.recv())
    except EOFError:
        return received


def _name(prefix: str, number: int) -> str:
    return f"asyntask_{prefix}x{number:026}"


def _add(folder: Path, prefix: str, promises: Connection) -> None:
    """Be the child: add IDs, and promise each once `Session.add` has returned."""
    asyncio.run(_adding(folder, prefix, promises))


async def _adding(folder: Path, prefix: str, promises: Connection) -> None:
    session = session_in(folder)
    await session.load()
    promises.send([])
    for number in count():
        task_id = _name(prefix, number)
        await session.editor.add(Found((task_id,)))
        promises.send([task_id])


def _record(folder: Path, prefix: str, promises: Connection) -> None:
    """Be the child: record answers, and promise them once the recorder is done."""
    asyncio.run(_recording(folder, prefix, promises))


async def _recording(folder: Path, prefix: str, promises: Connection) -> None:
    recorder = Recorder(History(config_in(folder).history))
    promises.send([])
    for number in count():
        ids = [_name(prefix, 10 * number + n) for n in range(1 + number % 4)]
        for task_id in ids:
            recorder.add(task_id, _answer(task_id), time.time())
        await recorder.close()
        if recorder.problem:
            raise SystemExit(recorder.problem)
        promises.send(ids)


def _answer(task_id: str) -> Task:
    task = Task.from_json({"code": "success", "data": {"task_id": task_id, "status": "QUEUED"}})
    if task is None:
        raise SystemExit("this is an answer")
    return task


def _verb(folder: Path, task_id: str) -> subprocess.Popen[str]:
    environ = os.environ | {
        "HOME": str(folder),
        "SEEDANCE_TUI_WATCHLIST": str(config_in(folder).watchlist),
        "SEEDANCE_TUI_HISTORY": str(config_in(folder).history),
    }
    command = (sys.executable, "-m", "seedance_tui", "add", task_id)
    return subprocess.Popen(command, env=environ, stdout=subprocess.PIPE, text=True)


def _seconds_of_verb(folder: Path) -> float:
    for number in range(2):  # the second one finds the modules compiled
        start = time.perf_counter()
        verb = _verb(folder, _name("warm", number))
        verb.communicate()
        if verb.returncode:
            raise SystemExit("the verb does not work")
    return time.perf_counter() - start


def _verb_killed(folder: Path, prefix: str, after: float) -> set[str]:
    verb = _verb(folder, _name(prefix, 0))
    time.sleep(after)
    verb.kill()
    said, _ = verb.communicate()
    return {line.split()[0] for line in said.splitlines(keepends=True) if line.endswith("\n")}


def _judge_list(toll: Toll, path: Path, promised: set[str]) -> None:
    """Hold the file against everything that was ever promised."""
    toll.kills += 1
    toll.promised |= promised
    left = [one for one in path.parent.glob(f".{path.name}.*") if one.suffix != ".lock"]
    toll.most_left = max(toll.most_left, len(left))
    if not path.exists():
        toll.lost |= toll.promised
        return
    toll.wrong_mode += stat.S_IMODE(path.stat().st_mode) != 0o600
    try:
        there = {table["id"] for table in tomllib.loads(path.read_text("utf-8"))["tasks"]}
    except (ValueError, KeyError):
        toll.unreadable += 1
        return
    toll.lost |= toll.promised - there
    toll.extra = len(there - toll.promised)


def _judge_history(toll: Toll, path: Path, promised: set[str]) -> None:
    """Hold the database against everything that was ever promised."""
    toll.kills += 1
    toll.promised |= promised
    files = list(path.parent.glob(f"{path.name}*"))
    toll.wrong_mode += any(stat.S_IMODE(one.stat().st_mode) != 0o600 for one in files)
    try:
        there = {answer.id for answer in History(path).latest()}
        with closing(sqlite3.connect(path)) as database:
            sound = database.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    except (DatabaseUnusable, sqlite3.Error):
        sound, there = False, set()
    toll.unreadable += not sound
    toll.lost |= toll.promised - there if sound else set()
    toll.extra = len(there - toll.promised)
