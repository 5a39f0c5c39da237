"""What came of polling a task: errors are values from here on, not exceptions."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Self

from ...api.errors import (
    AnotherTask,
    ApiError,
    LinkExpired,
    LinkRefused,
    RateLimited,
    TaskNotFound,
    Unreachable,
)
from ...api.models import Task
from ..text.i18n import _, pgettext
from ..text.sanitize import safe
from ._problem_spec import ProblemSpec
from .problems import LOSSES, spec_of

_REQUEST_TIMEOUT = 408


@dataclass(frozen=True, slots=True)
class Problem:
    """An `ApiError` as a value; `at` in Unix seconds, `text` what the server said, made safe."""

    kind: type[ApiError]
    text: str = ""
    at: float = 0.0
    status: int | None = None
    retry_after: float | None = None
    request_id: str = ""
    needed: int | None = None
    """Bytes that must be free on the disk, where it is full."""
    other: Task | None = field(default=None, repr=False)
    """The response where it is about another task than the one asked for: it is kept here alone."""
    passing: bool = False
    """Whether the same key and address have been answered well, so that they are not at fault."""

    @classmethod
    def of(cls, error: ApiError, at: float) -> Self:
        """Keep what matters of an exception, without its traceback."""
        return cls(
            type(error),
            safe(_in_words(error))[:500],
            at,
            error.status,
            error.retry_after,
            safe(error.request_id),
            getattr(error, "needed", None),
            getattr(error, "task", None),
        )

    @property
    def spec(self) -> ProblemSpec:
        """What is the same of every problem of its kind: code, sentences, exit status."""
        return spec_of(self.kind)

    @property
    def brief(self) -> str:
        """What it is, for the log: kind, HTTP status, the server's words and its trace."""
        parts = (self.kind.__name__, self.status, self.text, self.request_id)
        return " ".join(str(part) for part in parts if part)

    @property
    def stops_asking(self) -> bool:
        """Whether it concerns the key or the address, so that asking on is of no use."""
        return self.spec.stops_asking and not self.passing

    @property
    def means_loss(self) -> bool:
        """Whether a storage server has said that the file cannot be had any more.

        A refusal without a response is ours, of a redirect.
        """
        is_ours = issubclass(self.kind, LinkRefused) and self.status is None
        return issubclass(self.kind, LOSSES) and not is_ours

    @property
    def is_expiry(self) -> bool:
        """Whether the storage server has said that the link has expired."""
        return issubclass(self.kind, LinkExpired)

    @property
    def concerns_task(self) -> bool:
        """Whether it speaks of this one task, and not of the way to the gateway."""
        return self.is_not_found or issubclass(self.kind, AnotherTask)

    @property
    def is_not_found(self) -> bool:
        """Whether the gateway does not know the task."""
        return issubclass(self.kind, TaskNotFound)

    @property
    def is_unreachable(self) -> bool:
        """Whether there was no way to the gateway."""
        return issubclass(self.kind, Unreachable)

    @property
    def asks_to_slow_down(self) -> bool:
        """Whether there were too many requests; a 408 has the same class and says no such thing."""
        return issubclass(self.kind, RateLimited) and self.status != _REQUEST_TIMEOUT


@dataclass(frozen=True, slots=True)
class Remembered:
    """The last response about a task; `seen_at` in Unix seconds."""

    id: str
    task: Task
    seen_at: float


@dataclass(frozen=True, slots=True)
class Fetched:
    """The gateway answered; `at` in Unix seconds. What is borrowed, another instance has heard."""

    id: str
    task: Task
    at: float
    is_borrowed: bool = False

    @property
    def shows_key(self) -> bool:
        """Whether the gateway has taken this instance's key, so that a later refusal may pass."""
        return not self.is_borrowed


@dataclass(frozen=True, slots=True)
class Missed:
    """The gateway did not answer with the task."""

    id: str
    problem: Problem
    is_borrowed: bool = False

    @property
    def shows_key(self) -> bool:
        """Whether the gateway has taken the key all the same: it spoke of the task."""
        return self.problem.concerns_task and not self.is_borrowed

    @property
    def passing(self) -> Missed:
        """It as one that may pass, or is this task's own: the key was taken before."""
        return replace(self, problem=replace(self.problem, passing=True))


Outcome = Fetched | Missed


def sentence(problem: Problem) -> str:
    """Say in one line what is wrong and what to do about it, for the screen."""
    return _with_what_was_said(_(problem.spec.sentence), problem)


def phrase(problem: Problem) -> str:
    """Say what is wrong for a log, where it follows an ID and a colon."""
    return _with_what_was_said(_(problem.spec.phrase), problem)


def _with_what_was_said(words: str, problem: Problem) -> str:
    is_said = not problem.text or problem.text in words
    return words if is_said else words + _(" ({words})").format(words=problem.text)


def _in_words(error: ApiError) -> str:
    """What the server said or, in the language chosen, what we have to say ourselves."""
    words = pgettext("api", error.template)
    return words.format(**error.values) if error.values else words
