"""Poll tasks until each has ended; transient errors never end it."""

from __future__ import annotations

import argparse
import asyncio
from collections.abc import Callable, Iterable

from ..core.model.entry import Entry
from ..core.model.outcomes import Fetched, Outcome, Problem, phrase
from ..core.model.problems import Exit
from ..core.model.store import Recorded
from ..core.text.i18n import _
from .exit_status import of_outcome
from .invocation import seconds
from .output import say
from .query_session import Inquiry

_GRACE = 3


def following_arguments(parser: argparse.ArgumentParser) -> None:
    """Add what says how long to follow."""
    parser.add_argument(
        "--timeout",
        type=seconds,
        metavar="SECONDS",
        help=_("give up after this many seconds (exit status 8)"),
    )
    parser.add_argument(
        "--grace",
        type=int,
        default=_GRACE,
        metavar="N",
        help=_("consecutive not-found responses before a task counts as missing"),
    )


class Following:
    """Follows tasks through their changes; `codes` are what their ends mean.

    `changed` hears every change of a task, `ended` the last outcome of each. With `only_open`,
    a task that has ended before it was ever seen open is no news: it counts as nothing.
    """

    def __init__(
        self, inquiry: Inquiry, ids: Iterable[str], *, grace: int = _GRACE, only_open: bool = False
    ) -> None:
        self.open = dict.fromkeys(ids)
        self.codes: list[Exit] = []
        self.changed: Callable[[Entry], None] = lambda entry: None
        self.ended: Callable[[Outcome], None] = lambda outcome: None
        self._session = inquiry.session
        self._inquiry = inquiry
        self._grace = grace
        self._only_open = only_open
        self._misses: dict[str, int] = {}
        self._trouble: Problem | None = None
        self._over = asyncio.Event()

    async def run(self, limit: float | None = None) -> None:
        """Follow until all have ended, `limit` seconds are over, or asking has become useless."""
        if not self.open:
            return
        if problem := await self._inquiry.connect():
            self._stop(problem)
            return
        self._session.report = self._recorded
        self._session.poller.watch(self.open)
        try:
            async with asyncio.timeout(limit), asyncio.TaskGroup() as group:
                polling = group.create_task(self._session.poll())
                await self._over.wait()
                polling.cancel()
        except TimeoutError:
            missing = all(task_id in self._misses for task_id in self.open)
            self.codes.append(Exit.NOT_FOUND if missing else Exit.STILL_OPEN)
            say(_("timed out; unfinished: {ids}").format(ids=" ".join(self.open)))

    def _recorded(self, recorded: Recorded) -> None:
        outcome = recorded.outcome
        if outcome.id not in self.open:
            return
        if isinstance(outcome, Fetched):
            self._fetched(recorded)
        elif outcome.problem.stops_asking:
            self._stop(outcome.problem)
        elif outcome.problem.concerns_task:
            self._not_found(outcome)
        else:
            self._weather(outcome.problem)

    def _fetched(self, recorded: Recorded) -> None:
        before, after = recorded.before, recorded.after
        assert before and after, "every followed task is in the store"  # noqa: S101
        self._trouble = None
        self._misses.pop(after.id, None)
        is_news = after.is_open or not self._only_open or recorded.has_ended
        if is_news and _look(before) != _look(after):
            self.changed(after)
        if not after.is_open:
            self._end(recorded.outcome, counts=is_news)

    def _not_found(self, outcome: Outcome) -> None:
        """Wait a little: just after a submit the gateway may not know the task yet."""
        misses = self._misses[outcome.id] = self._misses.get(outcome.id, 0) + 1
        if misses >= self._grace:
            self._end(outcome, counts=True)

    def _weather(self, problem: Problem) -> None:
        """Print what is wrong, once for each kind of error."""
        if self._trouble is None or self._trouble.kind is not problem.kind:
            say(_("{problem}; retrying").format(problem=phrase(problem)))
        self._trouble = problem

    def _end(self, outcome: Outcome, *, counts: bool) -> None:
        del self.open[outcome.id]
        if counts:
            self.codes.append(of_outcome(outcome))
        self.ended(outcome)
        self._session.poller.watch(self.open)
        if not self.open:
            self._over.set()

    def _stop(self, problem: Problem) -> None:
        say(phrase(problem))
        self.codes.append(problem.spec.exit)
        self._over.set()


def _look(entry: Entry) -> tuple[object, ...]:
    """What of a task is worth a line when it changes."""
    task = entry.task
    return (task.status.word, task.progress, task.upstream.status) if task else ()
