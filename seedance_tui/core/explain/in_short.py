"""The reason of a failure in a word or two, and the sum of several."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from ...api.models import Task
from ..text.i18n import _, plural
from .causes import Cause
from .explain import Explanation, explain


def in_short(why: Explanation) -> str:
    """Return the reason in a word or two; where it is none of the known ones, the server's own."""
    return cause_in_short(why.cause) if why.cause is not Cause.UNKNOWN else why.said or why.code


def text_in_short(text: str) -> str:
    """Return a server's text in a word or two of ours, or as it is where none of them fits."""
    from ._reading import sharpest

    cause = sharpest([text])
    return cause_in_short(cause) if cause else text


def cause_in_short(cause: Cause) -> str:
    """Return the name of a cause for people."""
    return {
        Cause.SENSITIVE_INPUT: _("sensitive content"),
        Cause.SENSITIVE_OUTPUT: _("sensitive content"),
        Cause.REAL_PERSON: _("real person"),
        Cause.COPYRIGHT: _("copyright"),
        Cause.AUDIO_COPYRIGHT: _("audio copyright"),
        Cause.BAD_PARAMETER: _("bad parameter"),
        Cause.INPUT_UNREACHABLE: _("input unreachable"),
        Cause.INPUT_NOT_READY: _("input not ready"),
        Cause.QUOTA: _("out of quota"),
        Cause.OVERDUE: _("overdue bill"),
        Cause.CHANNEL: _("no channel"),
        Cause.OVERLOADED: _("overloaded"),
        Cause.UPSTREAM: _("upstream error"),
        Cause.TIMEOUT: _("timed out"),
        Cause.CANCELLED: _("cancelled"),
    }.get(cause, _("unknown"))


def in_full(task: Task) -> str:
    """Return why a task failed and what the server said of it; empty where it has not failed."""
    why = explain(task)
    if why is None:
        return ""
    return "\n".join(dict.fromkeys(filter(None, (why.happened, why.code, why.said))))


def failures_in_sum(tasks: Iterable[Task]) -> str:
    """Count the failed ones by their reason, the most frequent first; empty where none has."""
    causes = Counter(cause_in_short(why.cause) for task in tasks if (why := explain(task)))
    if not causes:
        return ""
    count = plural("{n} failed", "{n} failed", causes.total())
    reasons = _(", ").join(f"{n} {word}" for word, n in causes.most_common())
    return _("{name}: {what}").format(name=count, what=reasons)
