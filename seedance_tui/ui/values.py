"""One value of an answer, written for people."""

from __future__ import annotations

import json

from ..api.links import deadline, web_link
from ..api.models import Phase, Task
from ..api.values import JSON, as_boolean, as_moment, as_number
from ..core.entry import Entry
from ..core.fields import Field, Look
from ..core.language import _
from ..core.text import safe
from . import format as fmt
from .looks import Line

_MOST = 4000


def value_spans(field: Field, entry: Entry, now: float, *, utc: bool) -> Line:
    """Write the value; what the server did not send is a dim dash."""
    if not field.sent or field.value in (None, ""):
        return ((fmt.NOTHING, "dim"),)
    match field.look:
        case Look.LINK:
            return _link(field, entry, now)
        case Look.MOMENT:
            return _moment(field, entry, now, utc=utc)
        case Look.BOOLEAN:
            truth = as_boolean(field.value)
            text = plain(field.value) if truth is None else _("yes") if truth else _("no")
            return ((text, "normal"),)
    if field.path.endswith("fail_reason"):
        return _reason(field, entry, now)
    return ((_text(field), "normal"),)


def plain(value: JSON) -> str:
    """A value as the server spelt it, safe to show; objects and lists as JSON."""
    if isinstance(value, str):
        return safe(value[:_MOST])
    return safe(json.dumps(value, ensure_ascii=False)[:_MOST])


def _text(field: Field) -> str:
    number = as_number(field.value)
    if number is None or field.look is Look.TEXT:
        return plain(field.value)
    if field.look is Look.SECONDS:
        return f"{number:g} s"
    return f"{number:>12,}" if field.group == "Cost" else f"{number:,}"


def _reason(field: Field, entry: Entry, now: float) -> Line:
    """Why it failed; on a task that is done it is a legacy copy of the link, and no error."""
    if entry.status.phase is Phase.DONE and web_link(str(field.value)):
        return _link(field, entry, now)
    return ((_text(field), "bad" if entry.status.phase is Phase.FAILED else "normal"),)


def _link(field: Field, entry: Entry, now: float) -> Line:
    """A link by its host and file, with the time it has left; other values are text only."""
    url = web_link(field.value) if isinstance(field.value, str) else None
    if url is None:
        return ((plain(field.value), "warn"),)
    dies = deadline(url, entry.task.finish_time if entry.task else None)
    spans = [(fmt.short_link(url), "normal")]
    if dies is not None:
        remaining = dies - now
        gone = remaining <= 0
        words = _("expired") if gone else fmt.exact(remaining)
        spans += [("  ", "normal"), (words, "gone" if gone else "dim")]
    return tuple(spans)


def _moment(field: Field, entry: Entry, now: float, *, utc: bool) -> Line:
    at = as_moment(field.value)
    if at is None:
        not_yet = as_number(field.value) == 0
        return ((fmt.NOTHING, "dim"),) if not_yet else ((plain(field.value), "warn"),)
    ago = _("{time} ago").format(time=fmt.span(now - at)) if at <= now else _("in the future")
    spans = [(fmt.moment(at, now, utc=utc), "normal"), (f"  {ago}", "dim")]
    if entry.task and (note := _lapse(field, entry.task)):
        spans.append((f" · {note}", "dim"))
    return tuple(spans)


def _lapse(field: Field, task: Task) -> str:
    """How long it waited until it started, and ran until it finished."""
    name = field.path.rpartition(".")[2]
    if name == "start_time" and task.start_time and task.submit_time:
        return _("waited {time}").format(time=fmt.exact(task.start_time - task.submit_time))
    if name == "finish_time" and task.finish_time and task.start_time:
        return _("ran {time}").format(time=fmt.exact(task.finish_time - task.start_time))
    return ""
