"""An hour of a gateway that refuses and goes away, and of links that die; for `left_alone.py`."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from gateway_model import EPOCH, HOUR, MINUTE

from seedance_tui.demo.envelope import Links, Moment, envelope
from seedance_tui.demo.foreign_links import signed
from seedance_tui.demo.tasks import NOTICED_AFTER, DemoTask, Stage

STORES = ("tos", "s3", "oss v4", "cos", "gcs", "azure", "bos", "obs")
OUTAGE = (20 * MINUTE, 30 * MINUTE)
"""Seconds of the hour in which nobody answers."""
_REFUSED, _LIMITED = 0.01, 0.10
"""The parts of the requests that get 401 and 429."""
LIFE = int(HOUR)
"""Seconds that a link lives."""
_SOONEST, _LAST = 6 * MINUTE, 50 * MINUTE
"""When the first link dies, and when the last task ends."""


@dataclass(frozen=True, slots=True)
class Said:
    """A response: its status, and its body unless it is a refusal."""

    status: int
    body: Mapping[str, object]


def _refusal(status: int, message: str) -> Said:
    return Said(status, {"error": {"message": message, "type": "new_api_error"}})


@dataclass
class BadHour:
    """The tasks and what is said of them; moments in seconds since the start.

    Half of the tasks are done from the start, with links that die one after the other, the others
    end within the hour; each store has links of both.
    """

    count: int = 64
    seed: int = 1
    is_full: bool = False
    """Whether the disk has no room for any video."""
    origin: str = "http://127.0.0.1:9"
    requests: Counter[str] = field(default_factory=Counter)
    """By what came of them."""

    def __post_init__(self) -> None:
        """Draw the tasks."""
        self._chance = random.Random(self.seed)
        self.tasks = {task.id: task for task in self._drawn()}
        self._stores = {one: STORES[n % len(STORES)] for n, one in enumerate(self.tasks)}

    def _drawn(self) -> Iterator[DemoTask]:
        for number in range(self.count):
            if (number + number // len(STORES)) % 2:
                ends = self._chance.uniform(MINUTE, _LAST)
            else:
                ends = self._chance.uniform(_SOONEST, LIFE) + NOTICED_AFTER - LIFE
            began = ends - self._chance.uniform(2 * MINUTE, 8 * MINUTE)
            steps = Stage(began - 5, "QUEUED"), Stage(began, "IN_PROGRESS"), Stage(ends, "SUCCESS")
            yield DemoTask(f"asyntask_{number:032}", "", steps)

    def answer(self, task_id: str, now: float) -> Said | None:
        """Say what is known of a task, or refuse; None while nobody answers."""
        if OUTAGE[0] <= now < OUTAGE[1]:
            self.requests["unanswered"] += 1
            return None
        drawn = self._chance.random()
        if drawn < _REFUSED:
            self.requests["401"] += 1
            return _refusal(401, "无效的令牌")
        if drawn < _REFUSED + _LIMITED:
            self.requests["429"] += 1
            return _refusal(429, "too many requests")
        self.requests["answered"] += 1
        moment = Moment(self.tasks[task_id], EPOCH, now)
        link = signed(self._stores[task_id], self.url(task_id), moment.ready, LIFE)
        return Said(200, envelope(moment, Links(link, link)))

    def url(self, task_id: str) -> str:
        """Return where the video is, without a signature."""
        return f"{self.origin}/{task_id}.mp4"

    def dies(self, task_id: str) -> float:
        """Return when the link dies."""
        moment = Moment(self.tasks[task_id], EPOCH, 2 * HOUR)
        return moment.ready + LIFE - EPOCH
