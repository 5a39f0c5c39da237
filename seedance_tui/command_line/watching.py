"""Watch tasks until interrupted: events are told, videos saved and hooks run as configured."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Coroutine, Iterable, Mapping

from ..api.errors import ApiError, WrongPage
from ..core.downloads.deadlines import unsaved_by_deadline
from ..core.downloads.queue import Job
from ..core.hooks.runner import HookFailed
from ..core.model.codes import Code, Exit
from ..core.model.entry import Entry
from ..core.model.file_states import NotSaved, Saved
from ..core.model.outcomes import Missed, Problem
from ..core.model.store import Recorded
from .ending import Ending, ended_by_signals, reader_is_gone
from .event_lines import Events, EventType, facts, type_of_change
from .json_error import Error, error, error_of
from .query_session import QuerySession

_log = logging.getLogger(__name__)
LIST_PAUSE = 1.0
"""Seconds between two looks at the watch list on the disk, and at who reads."""
FILES_PAUSE = 10.0
"""Seconds between two looks at the deadlines and at the folder."""
_HOOK_SECONDS = 3.0
"""How long hooks that run may go on once the end has come."""


class Watching:
    """Watches the tasks named in `words`, by ID, with what was typed for each; none are the list.

    Events are told of tasks for which `is_wanted` holds. `ready` is called when all is at work.
    """

    def __init__(
        self,
        queries: QuerySession,
        events: Events,
        words: Mapping[str, str],
        *,
        is_wanted: Callable[[Entry], bool],
        ready: Callable[[], None],
    ) -> None:
        self._session = queries.session
        self._queries = queries
        self._events = events
        self._words = words
        self._is_wanted = is_wanted
        self._ready = ready
        self._ending = Ending()
        self._is_answered = False
        self._trouble: dict[str, type[ApiError]] = {}
        """The kind of trouble that was told last: of a task, or under no name of all."""
        self._saved: set[tuple[str, str]] = set()
        self._untold = set(words)

    async def run(self) -> Exit:
        """Watch until a signal, a refusal before any good answer, or a reader who has gone."""
        if problem := await self._queries.connect():
            self._tell_trouble(problem)
            self._sum_up()
            return problem.spec.exit
        with ended_by_signals(self._ending):
            self._begin()
            async with asyncio.TaskGroup() as group:
                works = [group.create_task(work) for work in self._works()]
                hooks = group.create_task(self._session.hooks.run(self._hook_failed))
                self._ready()
                await self._ending.wait()
                for work in works:
                    work.cancel()
                await self._session.hooks.finish(_HOOK_SECONDS)
                hooks.cancel()
        if self._ending.code is not Exit.PIPE_CLOSED:
            self._sum_up()
        return self._ending.code

    def _works(self) -> Iterable[Coroutine[None, None, None]]:
        session = self._session
        yield session.poll()
        yield session.files.run()
        yield _repeatedly(LIST_PAUSE, self._look_at_list)
        yield _repeatedly(FILES_PAUSE, self._look_at_files)

    def _begin(self) -> None:
        """Tell what is known of the named tasks already; from here on news are told."""
        session = self._session
        session.listen(answers=self._answered, files=self._file_changed)
        for entry in session.store.entries:
            self._saved |= set(_saved(entry))
            if entry.id in self._words and entry.task:
                self._tell(type_of_change(entry), entry)
        session.poller.watch(entry.id for entry in session.store.entries if entry.is_asked)

    def _answered(self, recorded: Recorded) -> None:
        outcome, before, after = recorded.outcome, recorded.before, recorded.after
        self._is_answered |= outcome.shows_key
        if isinstance(outcome, Missed):
            self._missed(outcome.problem, after)
            return
        self._trouble.pop(outcome.id, None)
        self._trouble.pop("", None)
        if before and after and facts(before) != facts(after):
            self._tell(type_of_change(after), after)

    def _missed(self, problem: Problem, entry: Entry | None) -> None:
        """Tell trouble once; a refusal before any good answer is believed, and ends it."""
        is_weather = issubclass(problem.kind, WrongPage)
        if problem.stops_asking and not is_weather and not self._is_answered:
            self._ending.set(problem.spec.exit)
        whose = entry if problem.concerns_task else None
        name = whose.id if whose else ""
        if self._trouble.get(name) is not problem.kind:
            self._trouble[name] = problem.kind
            self._tell_trouble(problem, whose)

    def _tell_trouble(self, problem: Problem, entry: Entry | None = None) -> None:
        self._tell(EventType.TROUBLE, entry, error_of(problem))

    def _file_changed(self, job: Job) -> None:
        entry = self._session.store.known(job.key[0])
        if entry and isinstance(job.state, Saved):
            self._tell_saved(entry)
        elif entry and isinstance(job.state, NotSaved):
            self._tell_trouble(job.state.problem, entry)

    def _tell_saved(self, entry: Entry) -> None:
        """Tell files that are on the disk now and were not, whoever has saved them."""
        new = set(_saved(entry)) - self._saved
        self._saved |= new
        for _file in new:
            self._tell(EventType.SAVED, entry)

    def _hook_failed(self, failed: HookFailed) -> None:
        told = error(Code.SETUP, Exit.OTHER, failed.text)
        self._tell(EventType.TROUBLE, self._session.store.known(failed.task_id), told)

    async def _look_at_list(self) -> None:
        """Take over what an editor or another instance wrote; named tasks stay what they are."""
        if reader_is_gone():
            self._ending.set(Exit.PIPE_CLOSED)
        if not self._words:
            await self._session.editor.reload()

    async def _look_at_files(self) -> None:
        for crossing in await self._session.look_after_files():
            self._tell(EventType.EXPIRING, crossing.entry)
        for loss in self._session.new_losses():
            self._tell(EventType.LOST, loss.entry)
        for entry in self._session.store.entries:
            self._tell_saved(entry)

    def _sum_up(self) -> None:
        """Tell which videos are not saved, and of named tasks those of which nothing was told."""
        entries = self._session.store.entries
        unsaved = [entry for _at, entry in unsaved_by_deadline(entries, self._session.now())]
        untold = [entry for entry in entries if entry.id in self._untold]
        for entry in {entry.id: entry for entry in (*unsaved, *untold)}.values():
            self._tell(EventType.SUMMARY, entry)

    def _tell(self, kind: EventType, entry: Entry | None, why: Error | None = None) -> None:
        if entry and not self._is_wanted(entry):
            return
        word = self._words.get(entry.id, "") if entry else ""
        self._untold.discard(entry.id if entry else "")
        try:
            self._events.tell(kind, self._session.now(), entry, why, word=word)
        except BrokenPipeError:
            self._ending.set(Exit.PIPE_CLOSED)


def _saved(entry: Entry) -> Iterable[tuple[str, str]]:
    return ((entry.id, kind) for kind, state in entry.files.items() if isinstance(state, Saved))


async def _repeatedly(pause: float, work: Callable[[], Awaitable[None]]) -> None:
    """Do it now and again, until cancelled; a disk that refuses is tried again."""
    while True:
        try:
            await work()
        except OSError as refused:
            _log.warning("%s", refused)
        await asyncio.sleep(pause)
