"""Poll tasks until each has ended; transient errors never end it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable, Sequence

from ..api.errors import WrongPage
from ..core.model.codes import Exit
from ..core.model.entry import Entry
from ..core.model.outcomes import Fetched, Missed, Outcome, Problem, phrase
from ..core.model.problems import REFUSALS
from ..core.model.store import Recorded
from ..core.text.i18n import _
from ._refused import Refused
from .error_messages import few, report_errors
from .exit_status import of_status
from .json_error import Error, error_of, tell
from .output import say
from .query_session import QuerySession
from .time_limit import GRACE, time_is_over


class Following:
    """Follows tasks through their changes; `codes` are what their ends mean.

    Nobody is asked about a task that is known to have ended. With `until_any`, the first end of
    one is the end of all; `grace` is for how many seconds a task may be not found.

    `changed` hears every change of a task, `missed` each of which a question came to nothing,
    `ended` the last outcome of each. With `only_open`, a task that has ended before it was ever
    seen open is no news: it counts as nothing. With `for_links`, one that is done has not ended
    until its link is there, or has been given up. Errors go to standard error, with `as_json` as
    lines of JSON; `errors` are those of each task.
    """

    def __init__(
        self,
        queries: QuerySession,
        ids: Iterable[str],
        *,
        grace: float | None = None,
        only_open: bool = False,
        until_any: bool = False,
        for_links: bool = False,
        as_json: bool = False,
    ) -> None:
        self.open = dict.fromkeys(ids)
        self.codes: list[Exit] = []
        self.news: set[str] = set()
        """The tasks whose ends count."""
        self.errors: dict[str, Error] = {}
        """Why nothing better is known of a task in the end."""
        self.changed: Callable[[Entry], None] = lambda entry: None
        self.ended: Callable[[Outcome], None] = lambda outcome: None
        self.missed: Callable[[str], None] = lambda task_id: None
        self._session = queries.session
        self._queries = queries
        self._grace = GRACE if grace is None else grace
        self._only_open = only_open
        self._until_any = until_any
        self._for_links = for_links
        self._as_json = as_json
        self._was_open: set[str] = set()
        self._missing: dict[str, float] = {}
        """Since when tasks are not found."""
        self._turned_down: dict[str, Missed] = {}
        """Tasks that were not found or refused, and have not been answered since."""
        self._is_heard = False
        """Whether anything was said of any task, to whichever instance."""
        self._refused = Refused(lambda: asyncio.get_running_loop().time())
        self._trouble: Problem | None = None
        self._over = asyncio.Event()

    async def run(self) -> None:
        """Follow as long as the time of the session lasts; tell what has not ended then."""
        if not await self._queries.time_limit.allows(self.follow()):
            self.time_is_over()

    async def follow(self) -> None:
        """Follow until all have ended, or asking has become useless, or each was asked once.

        An earlier question of this run that came to nothing may have been weather.
        """
        self._take_known_ends()
        if not self.open or self._over.is_set():
            return
        problem = await self._queries.connect()
        if problem and (self._session.client is None or _is_final(problem)):
            self._stop(problem)
            return
        self._session.listen(answers=self._recorded)
        if self._queries.time_limit.asks_once:
            await self._queries.ask(tuple(self.open))
            if self.open and not self._over.is_set():
                self.time_is_over()
        else:
            await self._poll()

    async def _poll(self) -> None:
        self._session.poller.watch(self.open)
        async with asyncio.TaskGroup() as group:
            polling = group.create_task(self._session.poll())
            await self._over.wait()
            polling.cancel()

    def _take_known_ends(self) -> None:
        """Settle at once what an earlier run has heard the end of."""
        for task_id in tuple(self.open):
            known = self._queries.known_end(task_id)
            if known is None or self._over.is_set():
                continue
            entry = self._queries.entry(task_id)
            if not self._only_open:
                self.changed(entry)
            self._end(known, None if self._only_open else of_status(entry.status))

    def time_is_over(self) -> None:
        """Tell which tasks are not found or refused, and which have not ended."""
        turned_down = [missed for one, missed in self._turned_down.items() if one in self.open]
        report_errors(turned_down, as_json=self._as_json)
        self.codes += [missed.problem.spec.exit for missed in turned_down]
        self.errors |= {missed.id: error_of(missed.problem) for missed in turned_down}
        if unfinished := [task_id for task_id in self.open if task_id not in self._turned_down]:
            self._tell_unfinished(unfinished)

    def _tell_unfinished(self, ids: Sequence[str]) -> None:
        trouble = None if self._is_heard else self._trouble
        of_each = time_is_over(trouble, is_heard=self._is_heard)
        text = _("timed out; unfinished: {ids}").format(ids=few(ids))
        words = f"{text} ({phrase(trouble)})" if trouble else text
        self.errors |= dict.fromkeys(ids, of_each)
        self.codes.append(Exit.STILL_OPEN if self._is_heard else Exit.NETWORK)
        tell({**of_each, "message": words}, as_json=self._as_json)

    def _recorded(self, recorded: Recorded) -> None:
        outcome = recorded.outcome
        if outcome.shows_key:
            self._refused.answered(outcome.id)
        self._is_heard |= isinstance(outcome, Fetched) or outcome.problem.concerns_task
        if outcome.id not in self.open:
            return
        if isinstance(outcome, Fetched):
            self._fetched(recorded)
            return
        self.missed(outcome.id)
        if outcome.problem.is_not_found:
            self._not_found(outcome)
        elif issubclass(outcome.problem.kind, REFUSALS):
            self._refuse(outcome)
        elif _is_final(outcome.problem):
            self._stop(outcome.problem)
        else:
            self._transient_error(outcome.problem)

    def _fetched(self, recorded: Recorded) -> None:
        before, after = recorded.before, recorded.after
        assert before and after, "every followed task is in the store"  # noqa: S101
        self._trouble = None
        self._forget_refusals(after.id)
        if after.is_open or (before.task and before.is_open):
            self._was_open.add(after.id)
        is_news = not self._only_open or after.id in self._was_open
        if is_news and _look(before) != _look(after):
            self.changed(after)
        self._tell_oddities(before, after)
        if not after.is_open and not (self._for_links and after.awaits_link):
            self._end(recorded.outcome, of_status(after.status) if is_news else None)

    def _tell_oddities(self, before: Entry, after: Entry) -> None:
        """Say what the user would not expect, once."""
        if self._for_links and after.awaits_link and not before.awaits_link:
            say(_("{id}: done, but there is no link yet; retrying").format(id=after.id))
        if after.said_less and not before.said_less:
            said = after.said_less.status.word
            text = _("{id}: a later response says less ({status}); the earlier one is kept")
            say(text.format(id=after.id, status=said))

    def _not_found(self, outcome: Missed) -> None:
        """Wait a little: just after a submit the gateway may not know the task yet."""
        now = asyncio.get_running_loop().time()
        since = self._missing.setdefault(outcome.id, now)
        self._turned_down[outcome.id] = outcome
        if now - since >= self._grace:
            self._end(outcome, outcome.problem.spec.exit)

    def _refuse(self, outcome: Missed) -> None:
        """Believe a refusal at once before any good response, and afterwards if it lasts."""
        problem = outcome.problem
        self._turned_down[outcome.id] = outcome
        if self._refused.is_final(outcome.id, is_alone=not problem.stops_asking):
            if problem.stops_asking:
                self._stop(problem)
            else:
                self._end(outcome, problem.spec.exit)
        else:
            self._transient_error(problem)

    def _transient_error(self, problem: Problem) -> None:
        """Print what is wrong, once for each kind of error."""
        goes_on = not self._queries.time_limit.asks_once
        if goes_on and (self._trouble is None or self._trouble.kind is not problem.kind):
            say(_("{problem}; retrying").format(problem=phrase(problem)))
        self._trouble = problem

    def _forget_refusals(self, task_id: str) -> None:
        self._missing.pop(task_id, None)
        self._turned_down.pop(task_id, None)

    def _end(self, outcome: Outcome, code: Exit | None) -> None:
        del self.open[outcome.id]
        self._forget_refusals(outcome.id)
        if code is not None:
            self.codes.append(code)
            self.news.add(outcome.id)
        self.ended(outcome)
        self._session.poller.watch(self.open)
        is_news = code is not None
        if not self.open or (self._until_any and is_news):
            self._over.set()

    def _stop(self, problem: Problem) -> None:
        if self._over.is_set():
            return
        told = error_of(problem)
        tell(told, as_json=self._as_json)
        self.errors |= dict.fromkeys(self.open, told)
        self.codes.append(problem.spec.exit)
        self._over.set()


def _is_final(problem: Problem) -> bool:
    """Whether asking on is of no use; a web page in place of an answer may be weather."""
    return problem.stops_asking and not issubclass(problem.kind, WrongPage)


def _look(entry: Entry) -> tuple[object, ...]:
    """What of a task is worth a line when it changes."""
    return (entry.status, entry.task.progress, entry.upstream.status) if entry.task else ()
