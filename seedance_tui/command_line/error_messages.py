"""Error messages of the commands: phrases for a log, not sentences for the screen."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from ..api.links import Kind
from ..api.models import Task
from ..core.explain.explain import explain
from ..core.model.entry import Entry
from ..core.model.outcomes import Missed, Outcome, phrase
from ..core.text.i18n import _, plural
from ..core.text.sanitize import safe
from .json_error import error_of, tell

_MOST_NAMED = 5
"""IDs in one line of text."""


def failure_sentence(task: Task) -> str | None:
    """Why a task failed and what to try, in one line; None if it did not."""
    why = explain(task)
    if why is None:
        return None
    said = "" if why.said in ("", why.happened) else _(" ({words})").format(words=why.said)
    return f"{why.happened}{said} {why.advice}"


def linkless_sentence(entry: Entry, kind: Kind) -> str:
    """Say why there is nothing to save, in the server's words where it gives a reason."""
    if kind is not Kind.RESULT:
        return _("the task has no such link")
    reason = entry.task.reason if entry.task else None
    words = _("done, but there is no link yet") if entry.awaits_link else _("done, no link came")
    return f"{words}: {safe(reason)}" if reason else words


def few(ids: Sequence[str]) -> str:
    """Name tasks, and of many the first ones and how many more there are: records name all."""
    rest = len(ids) - _MOST_NAMED
    named = " ".join(ids[:_MOST_NAMED])
    return (
        named if rest <= 0 else plural("{ids} and {n} more", "{ids} and {n} more", rest, ids=named)
    )


def report_errors(outcomes: Iterable[Outcome], *, as_json: bool = False) -> None:
    """Report errors: those that many tasks share in one line."""
    missed: dict[str, list[Missed]] = defaultdict(list)
    for outcome in outcomes:
        if isinstance(outcome, Missed):
            missed[phrase(outcome.problem)].append(outcome)
    for words, alike in missed.items():
        many = len(alike) > 1
        whose = plural("{n} task", "{n} tasks", len(alike)) if many else alike[0].id
        tell(error_of(alike[0].problem, f"{whose}: {words}"), as_json=as_json)
