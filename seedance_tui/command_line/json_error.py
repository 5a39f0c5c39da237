"""The one shape of an error: in a record, and with --json as a line on standard error."""

from __future__ import annotations

import json
from collections.abc import Mapping

from ..api.key import redact
from ..core.model.codes import Code, Exit
from ..core.model.outcomes import Problem, phrase
from ..core.text.i18n import _
from ..core.text.sanitize import safe
from .output import Value, complain, show_aside

Error = Mapping[str, Value]
KEYS = ("code", "exit", "retryable", "retry_after", "http", "request_id", "message", "hint")


def error_of(problem: Problem, message: str = "") -> Error:
    """Return the error that a problem is; `message` in place of its own phrase."""
    spec = problem.spec
    return {
        "code": spec.code.value,
        "exit": int(spec.exit),
        "retryable": spec.retryable,
        "retry_after": problem.retry_after,
        "http": problem.status,
        "request_id": problem.request_id or None,
        "message": message or phrase(problem),
        "hint": _(spec.hint) if spec.hint else None,
    }


def error(code: Code, status: Exit, message: str, hint: str = "") -> Error:
    """Return an error that no server has a part in; a key in its message is taken out."""
    known: dict[str, Value] = {
        "code": code.value,
        "exit": int(status),
        "retryable": code in (Code.STILL_OPEN, Code.TIMEOUT),
        "message": redact(safe(message)),
        "hint": hint or None,
    }
    return {key: known.get(key) for key in KEYS}


def not_an_id(word: str) -> Error:
    """Return the error of a word that can be no task ID."""
    return error(
        Code.NOT_AN_ID,
        Exit.USAGE,
        _("{word} is not a task ID").format(word=word),
        _("give whole IDs, or a text that has them in it"),
    )


def not_watched(task_id: str) -> Error:
    """Return the error of a task that is not on the watch list."""
    text = _("{id}: not on the watch list").format(id=task_id)
    return error(Code.NOT_FOUND, Exit.NOT_FOUND, text)


def tell(told: Error, *, as_json: bool) -> None:
    """Print an error to standard error, as a line of JSON or of text."""
    if as_json:
        show_aside(f"{json.dumps(told)}\n")
    else:
        complain(str(told["message"]))
