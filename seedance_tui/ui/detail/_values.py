"""One value of a response, written for people."""

from __future__ import annotations

import json
from dataclasses import replace

from ...api.json_values import JSON, as_boolean, as_moment, as_number
from ...api.links import Link
from ...api.models import Phase, Task
from ...api.signatures import signed_until
from ...api.web_addresses import written_link
from ...core.model.entry import Entry
from ...core.model.fields import Field, Look
from ...core.text.i18n import _
from ...core.text.sanitize import safe
from ..drawing import format as fmt
from ..drawing.glyphs import glyphs
from ..drawing.spans import URGENCY_ROLES, Line, Span

_MOST = 4000
_NUMBER = 12
"""The width of a number in a column of numbers."""
_DATE = 5
"""The width of a date, which is left blank for today: what is beside it stays where it is."""


def value_spans(field: Field, entry: Entry, now: float, *, utc: bool, room: int = 80) -> Line:
    """Write the value; what the server did not send is a dim dash.

    A link is cut to at most `room` cells; any other value is as long as it is.
    """
    if not field.sent or field.value in (None, ""):
        return ((_in_column(fmt.nothing(), field), "dim"),)
    match field.look:
        case Look.LINK:
            return _link(field, entry, now, room)
        case Look.MOMENT:
            return _moment(field, entry, now, utc=utc)
        case Look.BOOLEAN:
            truth = as_boolean(field.value)
            text = plain(field.value) if truth is None else _("yes") if truth else _("no")
            return ((text, "normal"),)
    if field.path.endswith("fail_reason"):
        return _reason(field, entry, now, room)
    if field.path.endswith("usage.super_resolution_tokens") and entry.task:
        times = factor(entry.task)
        beside: Line = ((f"   {times}", "dim"),) if times else ()
        return (_text(field), "normal"), *beside
    return ((_text(field), "normal"),)


def plain(value: JSON) -> str:
    """A value as the server spelt it, safe to show; objects and lists as JSON."""
    if isinstance(value, str):
        return safe(value[:_MOST])
    return safe(json.dumps(value, ensure_ascii=False)[:_MOST])


def factor(task: Task) -> str:
    """How many times as many tokens super-resolution makes of it: `× 2.25`; empty if unknown."""
    usage = task.upstream.usage
    return times_sign(ratio(usage.completion_tokens, usage.super_resolution_tokens))


def ratio(one: float | None, other: float | None) -> float | None:
    """How many times as much the other is; None unless both are known and more than 0."""
    return other / one if one and other and one > 0 and other > 0 else None


def times_sign(times: float | None) -> str:
    """A factor with its sign: `× 2.25`; empty for none."""
    return "" if times is None else f"{glyphs().times} {fmt.times(times)}"


def short_link(url: str, width: int) -> str:
    """A link by its host and file, in at most `width` cells; a click opens it."""
    return fmt.hyperlink(fmt.cut_middle(fmt.short_link(url), width, 11), url)


def left_span(link: Link, entry: Entry, now: float) -> Span:
    """The time left on a link: quiet until it matters, and once its file is saved."""
    words = entry.deadline_words(link, now, fmt.going)
    if words is None:
        return fmt.nothing(), "dim"
    return words, URGENCY_ROLES[entry.urgency(link, now)]


def _in_column(text: str, field: Field) -> str:
    return f"{text:>{_NUMBER}}" if field.group == "Usage" else text


def _text(field: Field) -> str:
    number = as_number(field.value)
    if number is None or field.look is Look.TEXT:
        return plain(field.value)
    if field.look is Look.SECONDS:
        return fmt.in_words(f"{number:g} s")
    return _in_column(f"{number:,}", field)


def _reason(field: Field, entry: Entry, now: float, room: int) -> Line:
    """Why it failed; on a task that is done it is a legacy copy of the link, and no error."""
    if entry.status.phase is Phase.DONE and written_link(str(field.value)):
        return _link(field, entry, now, room)
    return ((_text(field), "bad" if entry.status.phase is Phase.FAILED else "normal"),)


def _link(field: Field, entry: Entry, now: float, room: int) -> Line:
    """A link by its host and file, with the time it has left; other values are text only."""
    url = written_link(field.value) if isinstance(field.value, str) else None
    if url is None:
        return ((plain(field.value), "warn"),)
    shown: Line = ((short_link(url, room), "normal"),)
    for offered in entry.links:
        for link in offered.candidates:
            if link.url == url:
                own = replace(link, others=())
                return *shown, ("  ", "normal"), left_span(own, entry, now)
    dies = signed_until(url)
    if dies is None:
        return shown
    gone = dies <= now
    words = _("expired") if gone else fmt.going(dies - now)
    return *shown, ("  ", "normal"), (words, "gone" if gone else "dim")


def _moment(field: Field, entry: Entry, now: float, *, utc: bool) -> Line:
    at = as_moment(field.value)
    if at is None:
        not_yet = as_number(field.value) == 0
        return ((fmt.nothing(), "dim"),) if not_yet else ((plain(field.value), "warn"),)
    ago = fmt.in_words(fmt.span(now - at))
    ago = _("{time} ago").format(time=ago) if at <= now else _("in the future")
    date, clock = fmt.date_and_clock(at, now, utc=utc)
    spans: list[Span] = [(f"{clock} {date:{_DATE}}", "normal"), (f"  {ago}", "dim")]
    if entry.task and (note := _lapse(field, entry.task)):
        spans.append((glyphs().joint + note, "dim"))
    return tuple(spans)


def _lapse(field: Field, task: Task) -> str:
    """How long it waited until it started, and ran until it finished."""
    name = field.path.rpartition(".")[2]
    if name == "start_time" and task.start_time and task.submit_time:
        return _("queued {time}").format(
            time=fmt.in_words(fmt.exact(task.start_time - task.submit_time))
        )
    if name == "finish_time" and task.finish_time and task.start_time:
        return _("ran {time}").format(
            time=fmt.in_words(fmt.exact(task.finish_time - task.start_time))
        )
    return ""
