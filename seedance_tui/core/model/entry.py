"""One watched task with all that is known of it: immutable, made anew when something changes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum

from ...api.links import Kind, Link, links_of
from ...api.models import Status, Task, Upstream
from .file_states import FileState, NotSaved, Paused, Saved, Saving, Waiting
from .outcomes import Fetched, Missed, Outcome, Problem
from .urgency import Urgency, is_dead, urgency
from .watched import Watched

_UNKNOWN = Status()
_NOTHING = Upstream()


class Mark(StrEnum):
    """What the program itself knows about a row; stands beside the status, never instead."""

    STALE = "stale"
    NOT_FOUND = "not found"
    EXPIRED = "expired"
    SAVED = "saved"
    SAVING = "saving"
    WAITING = "to be saved"
    PAUSED = "paused"
    NOT_SAVED = "not saved"


@dataclass(frozen=True, slots=True)
class Remembered:
    """The last answer about a task; `seen_at` in Unix seconds."""

    id: str
    task: Task
    seen_at: float


@dataclass(frozen=True, slots=True)
class Entry:
    """A watched task; moments in Unix seconds."""

    watched: Watched
    task: Task | None = None
    """The last good answer: a failed question never takes it away."""
    links: tuple[Link, ...] = ()
    seen_at: float | None = None
    """When the last good answer came."""
    remembered: bool = False
    """Whether the answer is one of an earlier run, and none has come in this one."""
    problem: Problem | None = None
    """Why the last question had no good answer."""
    files: Mapping[Kind, FileState] = field(default_factory=dict, hash=False)

    @property
    def id(self) -> str:
        """The ID that is asked about."""
        return self.watched.id

    @property
    def name(self) -> str:
        """What a person calls it: the label, or the ID."""
        return self.watched.label or self.watched.id

    @property
    def status(self) -> Status:
        """The server's last word."""
        return self.task.status if self.task else _UNKNOWN

    @property
    def upstream(self) -> Upstream:
        """What the upstream service said, empty as long as it said nothing."""
        return self.task.upstream if self.task else _NOTHING

    @property
    def billed_tokens(self) -> int | None:
        """The tokens that are billed: super-resolution, else total, else completion ones."""
        usage = self.upstream.usage
        for tokens in (usage.super_resolution_tokens, usage.total_tokens, usage.completion_tokens):
            if tokens is not None:
                return tokens
        return None

    @property
    def is_open(self) -> bool:
        """Whether the task may still change."""
        return self.status.is_open

    @property
    def began_at(self) -> float:
        """When it was submitted, or else when it was first watched."""
        submitted = self.task.submit_time if self.task else None
        return submitted or self.watched.added_at.timestamp()

    def link(self, kind: Kind = Kind.RESULT) -> Link | None:
        """Return the link of that kind that the task offers."""
        for link in self.links:
            if link.kind is kind:
                return link
        return None

    @property
    def is_super_resolved(self) -> bool:
        """Whether it offers the original beside the result."""
        return all(self.link(kind) for kind in (Kind.ORIGINAL, Kind.RESULT))

    def file(self, kind: Kind = Kind.RESULT) -> FileState | None:
        """Return what is known of the file of that kind."""
        return self.files.get(kind)

    def mark(self, now: float) -> Mark | None:
        """Return the one thing beside the status that matters most."""
        if (mark := self._file_mark()) not in (None, Mark.NOT_SAVED):
            return mark
        if self.problem and self.problem.concerns_task:
            return Mark.NOT_FOUND
        if self.problem or (self.remembered and self.is_open):
            return Mark.STALE
        return Mark.EXPIRED if self.is_expired(now) else mark

    def _file_mark(self) -> Mark | None:
        """What becomes of its files: what is under way comes before what the result is."""
        states = self.files.values()
        if any(isinstance(state, Saving) for state in states):
            return Mark.SAVING
        match self.file():
            case Saved():
                return Mark.SAVED
            case NotSaved():
                return Mark.NOT_SAVED
        for kind, mark in ((Waiting, Mark.WAITING), (Paused, Mark.PAUSED)):
            if any(isinstance(state, kind) for state in states):
                return mark
        return None

    @property
    def is_saved(self) -> bool:
        """Whether the result is on the disk."""
        return isinstance(self.file(), Saved)

    @property
    def is_finished(self) -> bool:
        """Whether nothing is left to be done about it: it has ended, and its video is saved."""
        return self.is_saved and not self.is_open

    @property
    def is_being_saved(self) -> bool:
        """Whether its result is under way, or will be without a word from anybody."""
        return isinstance(self.file(), Saving | Waiting)

    def deadline(self, now: float) -> float | None:
        """Return when the result link expires; None if it has, or if nothing tells."""
        link = self.link()
        return link.deadline if link and not is_dead(link, now) else None

    def is_expired(self, now: float) -> bool:
        """Whether the result link has expired."""
        return is_dead(self.link(), now)

    def urgency(self, link: Link, now: float) -> Urgency:
        """Return how urgent it is to save what a link of it leads to; once saved, it is quiet."""
        found = urgency(link.left(now))
        is_saved = isinstance(self.file(link.kind), Saved)
        return Urgency.QUIET if is_saved and Urgency.NONE < found < Urgency.GONE else found

    def save_by(self, now: float) -> float | None:
        """Return the deadline of a result that needs saving, endless where nothing tells it."""
        link = self.link()
        if link is None or self.is_saved:
            return None
        if link.deadline is None:
            return float("inf")
        return None if is_dead(link, now) else link.deadline

    def after(self, outcome: Outcome) -> Entry:
        """Return the entry with the outcome of a question folded in."""
        match outcome:
            case Fetched(task=task, at=at):
                return replace(self._told(task, at), remembered=False, problem=None)
            case Missed(problem=problem):
                # What has ended does not go stale: it is not asked about again by itself.
                return replace(self, problem=problem) if self._can_go_stale(problem) else self

    def _can_go_stale(self, problem: Problem) -> bool:
        return self.task is None or self.is_open or problem.concerns_task

    def recalled(self, task: Task, seen_at: float) -> Entry:
        """Return the entry with what was said in an earlier run, if nothing was said since."""
        return self if self.task else replace(self._told(task, seen_at), remembered=True)

    def _told(self, task: Task, at: float) -> Entry:
        return replace(self, task=task, links=tuple(links_of(task)), seen_at=at)

    def with_file(self, kind: Kind, state: FileState | None) -> Entry:
        """Return the entry with the state of one file changed, or forgotten."""
        files = {k: s for k, s in self.files.items() if k is not kind}
        if state is not None:
            files[kind] = state
        return replace(self, files=files)
