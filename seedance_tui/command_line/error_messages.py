"""Error messages of the commands: phrases for a log, not sentences for the screen."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from ..api.models import Task
from ..core.explain.explain import explain
from ..core.model.outcomes import Missed, Outcome, phrase
from ..core.text.i18n import _, plural
from .output import say


def failure(task: Task) -> str | None:
    """Why a task failed, in the server's words; None if it did not, or if the server says none."""
    why = explain(task) if task.status.phase.is_lost else None
    return (why.said or why.code or None) if why else None


def failure_sentence(task: Task) -> str | None:
    """Why a task failed and what to try, in one line; None if it did not."""
    why = explain(task)
    if why is None:
        return None
    said = "" if why.said in ("", why.happened) else _(" ({words})").format(words=why.said)
    return f"{why.happened}{said} {why.advice}"


def report_errors(outcomes: Iterable[Outcome]) -> None:
    """Report errors: those that many tasks share in one line."""
    missed: dict[str, list[str]] = defaultdict(list)
    for outcome in outcomes:
        if isinstance(outcome, Missed):
            missed[phrase(outcome.problem)].append(outcome.id)
    for words, ids in missed.items():
        if len(ids) == 1:
            say(f"{ids[0]}: {words}")
        else:
            say(plural("{n} task", "{n} tasks", len(ids)) + f": {words}")
