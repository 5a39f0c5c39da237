"""Sentences about what went wrong, for who reads them in a log and not on the screen."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from ..api.models import Phase, Task
from ..core.model.outcomes import Missed, Outcome, Problem
from ..core.text.i18n import _, plural
from .output import say


def reason(problem: Problem) -> str:
    """Say in one line what is wrong and what to do about it."""
    words = _words().get(problem.kind.__name__) or _("something went wrong")
    is_said = not problem.text or problem.text in words
    return words if is_said else words + _(" ({words})").format(words=problem.text)


def failure(task: Task) -> str | None:
    """Why a task failed, the upstream's words before the gateway's; None if it did not."""
    if task.status.phase not in (Phase.FAILED, Phase.ENDED):
        return None
    return task.upstream.error_message or task.fail_reason or task.result_url


def complain(outcomes: Iterable[Outcome]) -> None:
    """Say what was missed and why: a trouble of many tasks in one line."""
    missed: dict[str, list[str]] = defaultdict(list)
    for outcome in outcomes:
        if isinstance(outcome, Missed):
            missed[reason(outcome.problem)].append(outcome.id)
    for words, ids in missed.items():
        if len(ids) == 1:
            say(f"{ids[0]}: {words}")
        else:
            say(plural("{n} task", "{n} tasks", len(ids)) + f": {words}")


def _words() -> dict[str, str]:
    return {
        "KeyMissing": _("no API key: set ANYFAST_API_KEY, or api_key in config.toml"),
        "KeyRefused": _("the API key is refused: check it and its quota"),
        "Forbidden": _("this key or this address may not ask"),
        "TaskNotFound": _("not found: a wrong ID, another account's, or not there yet"),
        "WrongAddress": _("the base URL does not lead to the API: check base_url"),
        "SetupFailed": _("no connection can be set up"),
        "RateLimited": _("the gateway asks to slow down"),
        "ServerFault": _("the gateway has a fault"),
        "TimedOut": _("the gateway does not answer in time"),
        "Unreachable": _("the gateway cannot be reached"),
        "BadAnswer": _("the gateway's answer has no task in it"),
        "LinkExpired": _("the store refuses the link: it has expired or is not valid"),
        "NotAVideo": _("what came is not a video; nothing was saved"),
        "WrongLength": _("the connection ended before the file did"),
        "ChecksumWrong": _("what came is not what the store has"),
        "NameTaken": _("another file has this name: move it away or rename it"),
        "DiskError": _("the disk refuses the file"),
        "DiskFull": _("the disk is full: make room"),
        "InUse": _("another window is saving this file"),
    }
