"""Tasks that are to be asked about: who is due, and who of them comes first."""

from __future__ import annotations

import heapq
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import count

_NEVER, _URGENT, _USUAL = range(3)
_WEIGHTS = (float("inf"), 1.5, 1.0)
"""How much the staleness of each rank counts: an urgent task waits for two thirds of the time."""


_Place = tuple[float, int, "_Turn"]
"""A turn in the heap of its rank: since when it is stale, its number, and itself."""


@dataclass(frozen=True, slots=True, eq=False)
class _Turn:
    """The next turn of a task, from `at` on; `asked_at` is when it was last asked about."""

    id: str
    at: float
    asked_at: float


class TaskQueue:
    """A turn for each task. Of those that have come, a task never asked about has the first.

    The others come by how long ago they were asked about, which counts more for an urgent one: so
    nobody waits for ever. A turn is found in a few steps, however many there are.
    """

    def __init__(self) -> None:
        self._turns: dict[str, _Turn] = {}
        self._asked_at: dict[str, float] = {}
        self._urgent: set[str] = set()
        self._later: list[tuple[float, str]] = []
        self._due: tuple[list[_Place], ...] = ([], [], [])
        """For each rank the turns that have come, as a heap: the stalest first."""
        self._numbers = count()

    def __contains__(self, task_id: str) -> bool:
        return task_id in self._turns

    def put(self, task_id: str, at: float) -> None:
        """Give the task its turn, in place of another that it had."""
        asked_at = self._asked_at.get(task_id, at)
        self._turns[task_id] = _Turn(task_id, at, asked_at)
        heapq.heappush(self._later, (at, task_id))

    def remove(self, task_id: str) -> None:
        """Take the task's turn away."""
        self._turns.pop(task_id, None)

    def forget(self, task_id: str) -> None:
        """Take the task's turn away, and what is known of it."""
        self.remove(task_id)
        self._asked_at.pop(task_id, None)
        self._urgent.discard(task_id)

    def note(self, task_id: str, asked_at: float, *, urgent: bool) -> None:
        """Remember when the task was last asked about, and whether it matters more."""
        self._asked_at[task_id] = asked_at
        (self._urgent.add if urgent else self._urgent.discard)(task_id)

    def let_pass(self, task_id: str, now: float) -> None:
        """Take half of the task's staleness away; one never asked about counts as asked."""
        before = self._asked_at.get(task_id, now)
        self._asked_at[task_id] = (before + now) / 2

    def next_at(self) -> float | None:
        """Return the moment of the first turn, None if there is none."""
        while self._later and not self._is_planned(*self._later[0]):
            heapq.heappop(self._later)
        moments = [turn.at for _, turn in self._heads()]
        if self._later:
            moments.append(self._later[0][0])
        return min(moments, default=None)

    def pop(self, now: float) -> str | None:
        """Return the task whose turn it is, None if no turn has come; it then has none."""
        taken = self._take(now)
        return taken[1][2].id if taken else None

    def upcoming(self, now: float, most: int) -> list[str]:
        """Return at most `most` of the tasks whose turns have come, in order; they keep them."""
        taken: list[tuple[int, _Place]] = []
        while len(taken) < most and (first := self._take(now)):
            taken.append(first)
        for rank, place in taken:
            self._turns[place[2].id] = place[2]
            heapq.heappush(self._due[rank], place)
        return [place[2].id for _rank, place in taken]

    def _take(self, now: float) -> tuple[int, _Place] | None:
        """Take the turn that comes first out of the heap of its rank, None if none has come."""
        self._move_due(now)
        heads = ((_need(turn, rank, now), rank) for rank, turn in self._heads())
        _, first = max(heads, default=(0.0, None))
        if first is None:
            return None
        place = heapq.heappop(self._due[first])
        self.remove(place[2].id)
        return first, place

    def has_due(self, now: float) -> bool:
        """Whether some task's turn has come."""
        at = self.next_at()
        return at is not None and at <= now

    def put_off_due(self, now: float, until: Callable[[], float]) -> None:
        """Give each task whose turn has come another one."""
        due = []
        while (task_id := self.pop(now)) is not None:
            due.append(task_id)
        for task_id in due:
            self.put(task_id, until())

    def _is_planned(self, at: float, task_id: str) -> bool:
        turn = self._turns.get(task_id)
        return turn is not None and turn.at == at

    def _move_due(self, now: float) -> None:
        while self._later and self._later[0][0] <= now:
            at, task_id = heapq.heappop(self._later)
            if self._is_planned(at, task_id):
                turn = self._turns[task_id]
                entry = (turn.asked_at, next(self._numbers), turn)
                heapq.heappush(self._due[self._rank(task_id)], entry)

    def _heads(self) -> Iterator[tuple[int, _Turn]]:
        """Yield the first turn of each rank that has one; what was taken away is dropped."""
        for rank, queue in enumerate(self._due):
            while queue and self._turns.get(queue[0][2].id) is not queue[0][2]:
                heapq.heappop(queue)
            if queue:
                yield rank, queue[0][2]

    def _rank(self, task_id: str) -> int:
        if task_id not in self._asked_at:
            return _NEVER
        return _URGENT if task_id in self._urgent else _USUAL


def _need(turn: _Turn, rank: int, now: float) -> float:
    return _WEIGHTS[rank] * max(now - turn.asked_at, 1e-9)
