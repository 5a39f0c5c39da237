"""What came of asking about a task: errors are values from here on, not exceptions."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self

from ...api.errors import (
    ApiError,
    DiskError,
    Forbidden,
    KeyMissing,
    KeyRefused,
    LinkExpired,
    NotAVideo,
    RateLimited,
    ServerFault,
    SetupFailed,
    TaskNotFound,
    TimedOut,
    Unreachable,
    WrongAddress,
    WrongLength,
)
from ...api.models import Task
from ..text.i18n import _, pgettext
from ..text.sanitize import safe

_STOPPING = (KeyMissing, KeyRefused, Forbidden, WrongAddress, SetupFailed)


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
        )

    @property
    def brief(self) -> str:
        """What it is, for the log: kind, HTTP status, the server's words and its trace."""
        parts = (self.kind.__name__, self.status, self.text, self.request_id)
        return " ".join(str(part) for part in parts if part)

    @property
    def stops_asking(self) -> bool:
        """Whether it concerns the key or the address, so that asking on is of no use."""
        return issubclass(self.kind, _STOPPING) and not self.passing

    @property
    def concerns_task(self) -> bool:
        """Whether it speaks of this one task, and not of the way to the gateway."""
        return issubclass(self.kind, TaskNotFound)


@dataclass(frozen=True, slots=True)
class Fetched:
    """The gateway answered; `at` in Unix seconds."""

    id: str
    task: Task
    at: float


@dataclass(frozen=True, slots=True)
class Missed:
    """The gateway did not answer with the task."""

    id: str
    problem: Problem


Outcome = Fetched | Missed


def sentence(problem: Problem) -> str:
    """Say in one line what is wrong and what to do about it."""
    if problem.kind is LinkExpired and problem.status is None:
        return _("The link has expired: the store keeps a video for 24 hours.")
    words = _sentences().get(problem.kind.__name__, "")
    is_said = not problem.text or problem.text in words
    said = "" if is_said else _(" ({words})").format(words=problem.text)
    return (words or _("Something went wrong.")) + said


def _in_words(error: ApiError) -> str:
    """What the server said or, in the language chosen, what we have to say ourselves."""
    words = pgettext("api", error.template)
    return words.format(**error.values) if error.values else words


def _sentences() -> dict[str, str]:
    return {
        KeyMissing.__name__: _(
            "No API key: set ANYFAST_API_KEY, or api_key in config.toml, and start again."
        ),
        KeyRefused.__name__: _("The API key is refused: check it and its quota, then press R."),
        Forbidden.__name__: _("This key or this address may not ask: check it, then press R."),
        TaskNotFound.__name__: _("Not found: a wrong ID, another account's, or not there yet."),
        WrongAddress.__name__: _("The base URL does not lead to the API: check base_url."),
        SetupFailed.__name__: _("No connection can be set up."),
        RateLimited.__name__: _("The gateway asks to slow down: it is asked again later."),
        ServerFault.__name__: _("The gateway has a fault: it is asked again."),
        TimedOut.__name__: _("The gateway does not answer in time: it is asked again."),
        Unreachable.__name__: _("The gateway cannot be reached: it is asked again."),
        "BadAnswer": _("The gateway's answer has no task in it: it is asked again."),
        LinkExpired.__name__: _("The store refuses the link: it has expired or is not valid."),
        NotAVideo.__name__: _("What came is not a video; nothing was saved."),
        WrongLength.__name__: _("The connection ended before the file did."),
        "ChecksumWrong": _("What came is not what the store has: save it again."),
        "NameTaken": _("Another file has this name: move it away or rename it, then save again."),
        DiskError.__name__: _("The disk refuses the file."),
        "DiskFull": _("The disk is full: it goes on when there is room."),
        "InUse": _("Another window is saving this file."),
    }
