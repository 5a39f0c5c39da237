"""Two windows and a hand edit on one watch list at once; `never_lost.py` runs it."""

from __future__ import annotations

import asyncio
import os
import random
import re
import time
import tomllib
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from kills import config_in, session_in

from seedance_tui.core.session import Session
from seedance_tui.core.watchlist.changes import Change, Step
from seedance_tui.core.watchlist.find_ids import Found

_SPAWN = get_context("forkserver")
_ADDITIONS = 6
_EDITS = 6
_PAUSE = 0.012
"""Seconds that a hand or a window waits at most; far less than a person does."""
_PASSES = 50

Labels = dict[str, str | None]
"""What the file has to say in the end: the label of an ID, None for one that was removed."""


@dataclass
class Tally:
    """What happened over all rounds."""

    rounds: int = 0
    changes: int = 0
    gone: list[str] = field(default_factory=list)
    """Additions that are no longer there, a line for each; likewise the next two."""
    unlabelled: list[str] = field(default_factory=list)
    came_back: list[str] = field(default_factory=list)
    unreadable: int = 0
    unsettled: int = 0
    """Rounds after which a window shows something else than the file says."""

    @property
    def lost(self) -> list[str]:
        """Every change that the file does not say, a line for each."""
        return self.gone + self.unlabelled + self.came_back

    def row(self) -> tuple[object, ...]:
        """Return the line of the table."""
        lost = (len(self.lost), len(self.gone), len(self.unlabelled), len(self.came_back))
        return self.rounds, self.changes, *lost, self.unreadable, self.unsettled

    def compare(self, truth: Labels, there: Labels, words: str) -> None:
        """Note what is missing in the file; each change is missed once."""
        for task_id, label in list(truth.items()):
            if (found := there.get(task_id)) == label:
                continue
            kind = self.came_back if label is None else self.unlabelled
            kind = self.gone if found is None else kind
            kind.append(f"{words}: {task_id} should be {label!r} and is {found!r}")
            del truth[task_id]


HEAD = (
    *("rounds", "changes", "lost", "= added", "+ labels", "+ removals"),
    *("unreadable", "not settled"),
)


class Stranger:
    """A process that gets an order and answers it, again and again."""

    def __init__(self, target: Callable[..., None], *arguments: Any) -> None:
        self._ours, theirs = _SPAWN.Pipe()
        self._process = _SPAWN.Process(target=target, args=(*arguments, theirs), daemon=True)
        self._process.start()
        theirs.close()

    def order(self, *words: Any) -> None:
        """Give an order without waiting for what comes of it."""
        self._ours.send(words)

    def reply(self) -> Any:
        """Wait for what came of the order."""
        return self._ours.recv()

    def end(self) -> None:
        """End the process."""
        self._process.kill()
        self._process.join()


def run_rounds(folder: Path, rounds: int, seed: int) -> Tally:
    """Let all three change the list at once in each round, then hold the file against it."""
    tally, truth = Tally(), Labels()
    windows = [Stranger(_window, folder, name, seed) for name in "ab"]
    hand = Stranger(_hand, config_in(folder).watchlist, seed)
    try:
        others: list[list[str]] = [[], []]
        for number in range(rounds):
            for one, known in zip((*windows, hand), (*others, []), strict=True):
                one.order("change", number, known)
            replies: list[Labels] = [one.reply() for one in (*windows, hand)]
            for changes in replies:
                tally.changes += len(changes)
                truth |= changes
            others = [_kept(replies[1]), _kept(replies[0])]
            shown = _settled(windows)
            _judge(tally, truth, shown, config_in(folder).watchlist, number)
    finally:
        for one in (*windows, hand):
            one.end()
    return tally


def _kept(changes: Labels) -> list[str]:
    """Return what one window has just added, for the other to change in the next round."""
    return [task_id for task_id, label in changes.items() if label == "new"]


def _settled(windows: list[Stranger]) -> list[Labels]:
    """Let the windows look at the file until none finds news; return what they show."""
    for _ in range(_PASSES):
        replies = []
        for window in windows:
            window.order("settle")
            replies.append(window.reply())
        if not any(news for news, _ in replies):
            break
    return [shown for _, shown in replies]


def _judge(tally: Tally, truth: Labels, shown: list[Labels], path: Path, number: int) -> None:
    tally.rounds += 1
    try:
        tables = tomllib.loads(path.read_text("utf-8"))["tasks"]
    except (ValueError, KeyError):
        tally.unreadable += 1
        return
    there: Labels = {table["id"]: table.get("label", "") for table in tables}
    tally.unsettled += any(window != there for window in shown)
    tally.compare(truth, there, f"round {number}, edit {_way(number)}")


def _window(folder: Path, name: str, seed: int, orders: Connection) -> None:
    """Be a window: change the list through the session, look at it between the changes."""
    asyncio.run(_windowing(folder, name, random.Random(f"{seed}{name}"), orders))


async def _windowing(folder: Path, name: str, chance: random.Random, orders: Connection) -> None:
    session = session_in(folder)
    await session.load()
    while True:
        match orders.recv():
            case ("change", number, others):
                orders.send(await _changes(session, f"{name}{number:04}", others, chance))
            case ("settle",):
                news = await session.editor.reload()
                shown = {entry.id: entry.watched.label for entry in session.store.entries}
                orders.send((news is not None, shown))


async def _changes(session: Session, word: str, others: list[str], chance: random.Random) -> Labels:
    """Add IDs, one with a label and one removed, and do the same to two of the other window."""
    ids = [f"asyntask_{word}x{n:028}" for n in range(_ADDITIONS)]
    for task_id in ids:
        await session.editor.add(Found((task_id,)), ["new"])
        await asyncio.sleep(chance.uniform(0, _PAUSE))
        await session.editor.reload()
    label = f"label of {word}"
    labelled, removed = [ids[0], *others[:1]], [ids[1], *others[1:2]]
    for task_id in labelled:
        await _label(session, task_id, label)
        await session.editor.reload()
    for task_id in removed:
        await session.editor.remove([task_id])
        await session.editor.reload()
    return dict.fromkeys(ids, "new") | dict.fromkeys(labelled, label) | dict.fromkeys(removed)


async def _label(session: Session, task_id: str, label: str) -> None:
    """Change a label; nothing, if the window has lost the entry: that comes out in the end."""
    for place, entry in enumerate(session.store.entries):
        if entry.id == task_id:
            after = replace(entry.watched, label=label)
            await session.editor.change(Change((Step(place, entry.watched, after),)))


def _hand(path: Path, seed: int, orders: Connection) -> None:
    """Be an editor that knows no lock: read the text, change it, write all of it back."""
    chance = random.Random(f"{seed}hand")
    edited: list[str] = []
    while True:
        _, number, _ = orders.recv()
        changes: Labels = {}
        for edit in range(_EDITS):
            time.sleep(chance.uniform(0, _PAUSE))
            changes |= _edit(path, f"h{number:04}{edit:02}", edited, chance, _way(number))
        orders.send(changes)


def _way(number: int) -> str:
    return "by rename" if number % 2 else "in place"


def _edit(path: Path, word: str, edited: list[str], chance: random.Random, way: str) -> Labels:
    text = path.read_text("utf-8") if path.exists() else ""
    time.sleep(chance.uniform(0, _PAUSE))
    there = [task_id for task_id in edited if f'id = "{task_id}"' in text]
    if there and chance.random() < 0.5:
        task_id, label = chance.choice(there), f"edited {word}"
        text = re.sub(rf'(id = "{task_id}"\n(?:added_at.*\n)?label = ).*', rf'\1"{label}"', text)
    else:
        task_id, label = f"asyntask_{word}x{0:026}", f"by hand {word}"
        text += f'\n[[tasks]]\nid = "{task_id}"\nlabel = "{label}"\n'
        edited.append(task_id)
    (_rename_over if way == "by rename" else _write_in_place)(path, text)
    return {task_id: label}


def _write_in_place(path: Path, text: str) -> None:
    path.write_text(text, "utf-8")


def _rename_over(path: Path, text: str) -> None:
    beside = path.with_name("editor.tmp")
    beside.write_text(text, "utf-8")
    os.replace(beside, path)
