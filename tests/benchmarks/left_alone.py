"""What becomes of videos that nobody looks after: `python tests/benchmarks/left_alone.py`.

A real session is left alone for an hour with a gateway that refuses one request in a hundred with
401 and one in ten with 429, and is away for ten minutes, while the links of eight stores die. The
hour passes in virtual time, the transfer a stand-in; with `--real` also over sockets and files,
sixty times as fast.
"""

from __future__ import annotations

import argparse
import asyncio
import logging
import random
import sys
import tempfile
from collections.abc import Callable
from contextlib import AbstractContextManager, ExitStack
from dataclasses import dataclass, field, replace
from pathlib import Path

from bad_hour import STORES, BadHour
from gateway_model import EPOCH, HOUR, MINUTE
from kills import config_in
from left_alone_worlds import Connect, hurried, simulated
from printing import table, verdict
from virtual import run

from seedance_tui.api.key import ApiKey
from seedance_tui.api.links import Kind
from seedance_tui.core.session import Session
from seedance_tui.core.settings.auto_save import GuardSettings
from seedance_tui.core.watchlist.find_ids import Found

_LOOK = 10.0
"""Seconds between two looks at deadlines and files, as the monitor has them."""
_AFTER = 2 * MINUTE
"""Seconds after the last moment that matters."""
ON = GuardSettings(auto_save=(Kind.RESULT,))
LATE = GuardSettings(auto_save=(Kind.RESULT,), on_success=False, before=20 * MINUTE)
OFF = GuardSettings(auto_save=())


@dataclass
class Outcome:
    """What became of the videos; moments in seconds since the start."""

    hour: BadHour
    saved: set[str] = field(default_factory=set)
    """The tasks whose video is on the disk."""
    told_before: dict[str, float] = field(default_factory=dict)
    """When each was last spoken of before its link died."""
    told_lost: dict[str, float] = field(default_factory=dict)

    @property
    def all_told_before(self) -> bool:
        """Whether each was spoken of before its link died."""
        return self.told_before.keys() == self.hour.tasks.keys()

    @property
    def all_told_lost(self) -> bool:
        """Whether each loss was told, and none before it was one."""
        dies = self.hour.dies
        told = self.told_lost.items()
        return self.told_lost.keys() == self.hour.tasks.keys() and all(
            at >= dies(task_id) for task_id, at in told
        )

    @property
    def notice(self) -> float:
        """The least seconds between the first word of a video and its link's death."""
        return min((self.hour.dies(t) - at for t, at in self.told_before.items()), default=0.0)

    @property
    def lag(self) -> float:
        """The most seconds between a link's death and the word of it."""
        return max((at - self.hour.dies(t) for t, at in self.told_lost.items()), default=0.0)


class Watch:
    """A session, what it does by itself, and what is heard of it."""

    def __init__(self, session: Session, hour: BadHour, clock: Callable[[], float]) -> None:
        self.outcome = Outcome(hour)
        self._session = session
        self._clock = clock

    async def run(self, until: float) -> None:
        """Leave it alone until a moment of the loop's clock, in seconds since the start."""
        session = self._session
        await session.load()
        await session.editor.add(Found(tuple(self.outcome.hour.tasks)))
        await session.connect()
        async with asyncio.TaskGroup() as group:
            work = [group.create_task(session.poll()), group.create_task(session.files.run())]
            while self._clock() < until:
                await self._look()
                await asyncio.sleep(_LOOK)
            for one in work:
                one.cancel()
        entries = session.store.entries
        self.outcome.saved = {one.id for one in entries if self._is_on_disk(one.id)}
        await session.close()

    async def _look(self) -> None:
        crossings = await self._session.look_after_files()
        outcome, now = self.outcome, self._clock()
        for crossing in crossings:
            if now < outcome.hour.dies(crossing.entry.id) and not crossing.is_guess:
                outcome.told_before.setdefault(crossing.entry.id, now)
        for loss in self._session.new_losses():
            outcome.told_lost.setdefault(loss.entry.id, now)

    def _is_on_disk(self, task_id: str) -> bool:
        entry = self._session.store.get(task_id)
        return bool(entry and entry.is_saved) and self._path(task_id).exists()

    def _path(self, task_id: str) -> Path:
        return self._session.files.folder / f"{task_id}.mp4"


@dataclass(frozen=True)
class Case:
    """How it is left alone, and until when, in seconds."""

    name: str
    guard: GuardSettings
    until: float
    world: Callable[[BadHour], AbstractContextManager[Connect]]
    is_full: bool = False

    @property
    def saves(self) -> bool:
        """Whether every video has to be on the disk in the end."""
        return bool(self.guard.auto_save) and not self.is_full


FULL = Case("simulated: auto-save, no room on the disk", ON, 2 * HOUR + _AFTER, simulated, True)


def cases(name: str, world: Callable[[BadHour], AbstractContextManager[Connect]]) -> list[Case]:
    """Return what is tried in one of the two worlds."""
    return [
        Case(f"{name}: auto-save", ON, HOUR, world),
        Case(f"{name}: auto-save 20 minutes before", LATE, 2 * HOUR, world),
        Case(f"{name}: without", OFF, 2 * HOUR + _AFTER, world),
    ]


def left_alone(case: Case, hour: BadHour) -> Outcome:
    """Leave a session alone, and return what became of the videos."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        world = stack.enter_context(case.world(hour))
        config = replace(config_in(folder), key=ApiKey("sk-left-alone"), guard=case.guard)
        session = Session(
            config,
            world.client,
            clock=lambda: EPOCH + world.clock(),
            monotonic=world.loop.time,
            retries=world.retries,
        )
        watch = Watch(session, hour, world.clock)
        random.seed(hour.seed)
        run(watch.run(case.until), world.loop)
    return watch.outcome


HEAD = (
    "",
    "videos",
    "answered",
    "401",
    "429",
    "unanswered",
    "saved",
    "told before",
    "told lost",
    "least notice",
    "latest word of a loss",
)


def row(case: Case, outcome: Outcome) -> tuple[object, ...]:
    """Return a line of the table."""
    asked = outcome.hour.requests
    counts = (asked[what] for what in ("answered", "401", "429", "unanswered"))
    told = len(outcome.saved), len(outcome.told_before), len(outcome.told_lost)
    spans = (
        f"{outcome.notice:.0f} s" if outcome.told_before else "",
        f"{outcome.lag:.0f} s" if outcome.told_lost else "",
    )
    return (case.name, len(outcome.hour.tasks), *counts, *told, *spans)


def promises(outcomes: list[tuple[Case, Outcome]]) -> dict[str, bool]:
    """Judge what came of it."""
    kept = [one for case, one in outcomes if case.saves]
    bare = [one for case, one in outcomes if not case.saves]
    return {
        "with auto-save every video is on the disk": all(
            one.saved == one.hour.tasks.keys() for one in kept
        ),
        "with auto-save nothing is called lost": not any(one.told_lost for one in kept),
        "without it, or room, every video was spoken of before its link died": all(
            one.all_told_before for one in bare
        ),
        "without it, or room, every loss was told, once it was one": all(
            one.all_told_lost for one in bare
        ),
    }


def main() -> int:
    """Run all; 1 if a promise is broken."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--videos", type=int, default=64)
    parser.add_argument("--seed", type=int, default=1, help="of ends and faults")
    parser.add_argument("--real", action="store_true", help="over sockets as well, for 5 minutes")
    given = parser.parse_args()
    logging.getLogger("seedance_tui").addHandler(logging.NullHandler())
    chosen = [*cases("simulated", simulated), FULL]
    chosen += cases("real", hurried) if given.real else []
    outcomes = [
        (case, left_alone(case, BadHour(given.videos, given.seed, case.is_full))) for case in chosen
    ]
    table(
        f"{given.videos} videos at {len(STORES)} stores, links of an hour, an outage of 10 minutes",
        HEAD,
        [row(case, outcome) for case, outcome in outcomes],
    )
    return verdict(promises(outcomes))


if __name__ == "__main__":
    sys.exit(main())
