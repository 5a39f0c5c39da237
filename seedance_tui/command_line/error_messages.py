"""Error messages of the commands: phrases for a log, not sentences for the screen."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from ..api.models import Task
from ..core.model.outcomes import Missed, Outcome, phrase
from ..core.text.i18n import plural
from .output import say


def failure(task: Task) -> str | None:
    """Why a task failed, the upstream's words before the gateway's; None if it did not."""
    if not task.status.phase.is_lost:
        return None
    return task.upstream.error_message or task.fail_reason or task.result_url


def complain(outcomes: Iterable[Outcome]) -> None:
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
