"""All entries, in the order of the watch list: an immutable tuple, and one writer."""

from __future__ import annotations

import logging
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace

from ...api.links import Kind
from .entry import Entry, Remembered
from .file_states import FileState, NotSaved, Saved
from .outcomes import Fetched, Missed, Outcome, Problem
from .run_times import RunTimes
from .watched import Watched

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Recorded:
    """An outcome, and the entry before and after it; None where it is no longer watched."""

    outcome: Outcome
    before: Entry | None
    after: Entry | None

    @property
    def has_ended(self) -> bool:
        """Whether a task that was seen open is now seen at its end, its link there or given up."""
        before, after = self.before, self.after
        return bool(before and before.task and after and _is_to_come(before) > _is_to_come(after))


def _is_to_come(entry: Entry) -> bool:
    return entry.is_open or entry.awaits_link


class Store:
    """Folds the watch list and outcomes into `entries`, a new tuple whenever something changed.

    `run_times` tells an entry when tasks like it usually end; `base_url` is the API's.
    """

    def __init__(self, run_times: RunTimes | None = None, base_url: str = "") -> None:
        self._run_times = run_times or RunTimes()
        self._base_url = base_url
        self._entries: list[Entry] = []
        self._told: tuple[Entry, ...] | None = ()
        """The entries as they were told last; None since one has changed."""
        self._trouble: Problem | None = None
        self.trouble_since: float | None = None
        """Since when there is trouble of this kind, in Unix seconds; None where there is none."""
        self._remembered: dict[str, Remembered] = {}
        self._known: dict[str, Entry] = {}
        self._places: dict[str, int] = {}

    @property
    def entries(self) -> tuple[Entry, ...]:
        """All entries: made when asked for, since a flood of outcomes changes one after another."""
        if self._told is None:
            self._told = tuple(self._entries)
        return self._told

    @property
    def trouble(self) -> Problem | None:
        """What is wrong with the key, the address or the way there; None since a good response."""
        return self._trouble

    @trouble.setter
    def trouble(self, problem: Problem | None) -> None:
        """The log tells its kind once, and its end."""
        before, self._trouble = self._trouble, problem
        if problem and (before is None or before.kind is not problem.kind):
            self.trouble_since = problem.at
            _log.warning("%s", problem.brief)
        elif before and not problem:
            self.trouble_since = None
            _log.warning("%s is over", before.kind.__name__)

    def get(self, task_id: str) -> Entry | None:
        """Return the entry of a watched task."""
        place = self._places.get(task_id)
        return None if place is None else self._entries[place]

    def watch(self, watched: Iterable[Watched]) -> None:
        """Make `watched` the list; what is known of a task survives its removal and return."""
        entries = tuple(self._entry(one) for one in watched)
        if entries == self.entries:
            return
        self._take(entries)
        self._places = {entry.id: place for place, entry in enumerate(entries)}
        self._known |= {entry.id: entry for entry in entries}

    def prepare(self, watched: Iterable[Watched]) -> None:
        """Make new entries that `watch` will need, so that it need not make all at once."""
        new = (one for one in watched if one.id not in self._known)
        self._known |= {one.id: self._entry(one) for one in new}

    def record(self, outcome: Outcome) -> tuple[Entry, Entry] | None:
        """Fold one outcome in, and learn from it how long tasks take.

        Return the entry before and after, None if it is not watched.
        """
        problem = outcome.problem if isinstance(outcome, Missed) else None
        self._notice(problem)
        before = self.get(outcome.id)
        if before is None:
            return None
        stops_all = problem is not None and problem.stops_asking
        after = before if stops_all else self._with_usual(before.after(outcome))
        self._replace(after)
        if after.said_less and not before.said_less:
            words = after.said_less.status.word, after.status.word
            _log.warning("%s: %s after %s; the earlier answer is kept", outcome.id, *words)
        if isinstance(outcome, Fetched) and before.is_open:
            self._run_times.learn(outcome.task)
        return before, after

    def is_asked(self, task_id: str) -> bool | None:
        """Whether a watched task is polled by itself; None of any other."""
        entry = self.get(task_id)
        return entry.is_asked if entry else None

    def recall(self, answers: Iterable[Remembered]) -> None:
        """Take what was said in earlier runs for tasks of which nothing is known yet."""
        self._remembered |= {answer.id: answer for answer in answers}
        self.watch(entry.watched for entry in self.entries)

    def set_saved(
        self, saved: Mapping[tuple[str, Kind], Saved], looked_for: Iterable[Entry]
    ) -> None:
        """Take over which files are on the disk; what the queue has is left alone.

        `looked_for` are the entries as they were when the look began: a file of which something
        has been learnt since is left alone too.
        """
        files = {entry.id: entry.files for entry in looked_for}
        there = {task_id for task_id, _kind in saved}
        kinds = {kind for _task_id, kind in saved}
        entries = tuple(
            with_saved(entry, saved, kinds)
            if (entry.files or entry.id in there) and files.get(entry.id) is entry.files
            else entry
            for entry in self.entries
        )
        if any(after is not before for after, before in zip(entries, self.entries, strict=True)):
            self._take(entries)
            self._known |= {entry.id: entry for entry in entries}

    def known(self, task_id: str) -> Entry | None:
        """Return what is known of a task, also of one that is no longer watched."""
        return self.get(task_id) or self._known.get(task_id)

    def set_file(self, task_id: str, kind: Kind, state: FileState | None) -> None:
        """Record what became of a file, also of a task that is no longer watched."""
        if entry := self.known(task_id):
            self._replace(entry.with_file(kind, state))

    def _notice(self, problem: Problem | None) -> None:
        """Transient trouble does not cover one that needs the user: nothing is asked until then."""
        if problem is None or problem.concerns_task:
            self.trouble = None
        elif problem.stops_asking or not (self.trouble and self.trouble.stops_asking):
            self.trouble = problem

    def _entry(self, watched: Watched) -> Entry:
        known = self._known.get(watched.id) or Entry(watched, base_url=self._base_url)
        if known.task is None and (answer := self._remembered.get(watched.id)):
            known = self._with_usual(known.recalled(answer.task, answer.seen_at))
        return known if known.watched == watched else replace(known, watched=watched)

    def _with_usual(self, entry: Entry) -> Entry:
        """Tell an open task when it may end; one that has ended keeps what it was told."""
        if entry.task is None or not entry.is_open:
            return entry
        usual = self._run_times.usual(entry.task)
        return entry if usual == entry.usual else replace(entry, usual=usual)

    def _replace(self, entry: Entry) -> None:
        self._known[entry.id] = entry
        place = self._places.get(entry.id)
        if place is not None and self._entries[place] != entry:
            self._entries[place], self._told = entry, None

    def _take(self, entries: tuple[Entry, ...]) -> None:
        self._entries, self._told = list(entries), entries


def with_saved(
    entry: Entry, saved: Mapping[tuple[str, Kind], Saved], kinds: Collection[Kind]
) -> Entry:
    """Return the entry with the files that are on the disk; what the queue has is left alone.

    `kinds` are those of all the files, few in a list of ten thousand tasks.
    """
    for kind in {*entry.files, *kinds}:
        found, state = saved.get((entry.id, kind)), entry.file(kind)
        if found is None and isinstance(state, Saved):
            entry = entry.with_file(kind, None)
        elif found is not None and found != state and isinstance(state, NotSaved | Saved | None):
            entry = entry.with_file(kind, found)
    return entry
