"""The life of a task: how long it queued and ran, and when each change was seen."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ..api.models import Task
from ..core.entry import Entry
from ..core.history import Seen
from ..core.language import _
from ..core.text import safe
from . import format as fmt
from . import looks
from .looks import Line

_LABEL = 12


def timeline_lines(
    entry: Entry, seen: Sequence[Seen], width: int, now: float, *, utc: bool
) -> list[Line]:
    """The bars, then the changes, the first one first."""
    lines: list[Line] = [((" " + fmt.cut_end(safe(entry.name), width - 2), "strong"),), ()]
    if entry.task:
        lines += _bars(entry.task, width, now)
    lines += [(), ((" " + _("Seen by this program"), "strong"),)]
    if not seen:
        lines.append(((" " + _("Nothing yet."), "dim"),))
    times = [fmt.moment(change.at, now, utc=utc) for change in seen]
    widest = max((len(time) for time in times), default=0)
    for index, change in enumerate(seen):
        since = fmt.exact(change.at - seen[index - 1].at) if index else ""
        lines.append(((f" {times[index]:<{widest}}  ", "normal"), *_change(change, since)))
    return lines


def _bars(task: Task, width: int, now: float) -> Iterator[Line]:
    """Queue, run and total, each as a bar on the same scale."""
    begin, start, end = task.submit_time, task.start_time, task.finish_time
    if begin is None:
        return
    last = end or now if not task.status.is_open or end is None else now
    total = max(1.0, last - begin)
    started = start if start and begin <= start <= last else None
    spans = [(_("Queue"), begin, started or last, "normal")]
    if started:
        spans.append((_("Run"), started, last, "accent"))
    spans.append((_("Total"), begin, last, "dim"))
    room = max(4, width - _LABEL - 12)
    for label, since, until, role in spans:
        blank = round((since - begin) / total * room)
        full = max(1, round((until - since) / total * room))
        pad = room - blank - full
        yield (
            (" " + fmt.fit(label, _LABEL - 1), "dim"),
            (" " * blank, "normal"),
            ("━" * min(full, room - blank), role),
            (" " * max(0, pad), "normal"),
            (fmt.fit(fmt.exact(until - since), 10, "right"), "bright"),
        )


def _change(change: Seen, since: str) -> Line:
    phase = change.status.phase
    return (
        (
            fmt.fit(f"{looks.SHAPES[phase]} {looks.word_of(change.status)}", 14),
            looks.ROLE_OF[phase],
        ),
        (fmt.fit(fmt.percent(change.progress), 5, "right"), "dim"),
        (fmt.fit(since and f"+{since}", 9, "right"), "dim"),
        (f"  {safe(change.upstream or '')}", "dim"),
    )
