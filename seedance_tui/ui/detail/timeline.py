"""The life of a task: how long it queued and ran, and when each change was seen."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rich.cells import cell_len

from ...api.models import Task
from ...core.history.history import Seen
from ...core.model.entry import Entry
from ...core.text.i18n import _
from ...core.text.sanitize import safe
from ..drawing import format as fmt
from ..drawing import spans
from ..drawing.glyphs import glyphs
from ..drawing.spans import Line, Role, Span
from .page import Page, PageContext

_LABEL = 12
_VALUE = 11
_STRETCH = 1.3
"""By how much the scale may grow so that the moment of noticing is on it."""


@dataclass(frozen=True, slots=True)
class _Scale:
    """Moments in Unix seconds, and the cells that the time between them takes."""

    begin: float
    end: float
    cells: int

    def at(self, moment: float) -> int:
        """The cell of a moment, from 0 to `cells`."""
        share = (moment - self.begin) / max(1.0, self.end - self.begin)
        return round(min(1.0, max(0.0, share)) * self.cells)


def timeline_page(entry: Entry, seen: Sequence[Seen], view: PageContext) -> Page:
    """The bars, then the changes, the first one first."""
    lines: list[Line] = [((" " + fmt.cut_end(safe(entry.name), view.width - 2), "strong"),), ()]
    noticed = _noticed(seen)
    if entry.task and entry.task.submit_time is not None:
        lines += [*_bars(entry.task, noticed, view), ()]
    lines.append(((" " + _("Observed changes"), "strong"),))
    if not seen:
        lines.append(((" " + _("No changes yet."), "dim"),))
    lines += _changes(seen, entry.task, noticed, view)
    return Page(lines)


def _noticed(seen: Sequence[Seen]) -> Seen | None:
    """The change by which this program learnt of the end; None while it has not."""
    return next((change for change in seen if not change.status.is_open), None)


def _late(task: Task | None, noticed: Seen | None) -> str:
    """How long after the end it was noticed: `+9s`; empty where that cannot be said."""
    if task is None or task.finish_time is None or noticed is None:
        return ""
    return f"+{fmt.exact(noticed.at - task.finish_time)}"


def _bars(task: Task, noticed: Seen | None, view: PageContext) -> Iterator[Line]:
    """Queue, run and total, each as a bar on the same scale, and when the end was noticed."""
    begin, start, end = task.submit_time or 0.0, task.start_time, task.finish_time
    last = view.now if task.status.is_open or end is None else end
    seen_at = noticed.at if noticed and _late(task, noticed) else None
    far = begin + (last - begin) * _STRETCH
    until = seen_at if seen_at is not None and last < seen_at <= far else last
    scale = _Scale(begin, max(until, begin), max(4, view.width - 1 - _LABEL - _VALUE))
    if not glyphs().plain:
        yield from _ends(begin, last, scale, view)
    started = start if start and begin <= start <= last else None
    yield _bar(_("Queue"), begin, started or last, "normal", scale)
    if started:
        yield _bar(_("Generation"), started, last, "accent", scale)
    yield _bar(_("Total"), begin, last, "dim", scale)
    if seen_at is not None:
        place = min(scale.at(seen_at), scale.cells - 1)
        mark = glyphs().noticed if seen_at <= far else glyphs().noticed_later
        spans: Line = ((" " * place, "normal"), (mark, "warn"))
        yield _row(_("Detected"), spans, _late(task, noticed), scale)


def _ends(begin: float, end: float, scale: _Scale, view: PageContext) -> Iterator[Line]:
    """The times at both ends of the scale; on two lines where there is no room for both."""
    left, right = (fmt.moment(at, view.now, utc=view.utc) for at in (begin, end))
    margin = " " * (1 + _LABEL)
    for room in (scale.at(end), view.width - 2 - _LABEL):
        if len(left) + 2 + len(right) <= room:
            yield ((f"{margin}{left}{right:>{room - len(left)}}", "dim"),)
            return
    yield ((f"{margin}{left}", "dim"),)
    yield ((f"{right:>{max(len(right), view.width - 1)}}", "dim"),)


def _bar(label: str, since: float, until: float, role: Role, scale: _Scale) -> Line:
    blank = min(scale.at(since), scale.cells - 1)
    full = max(1, scale.at(until) - blank)
    bar: Line = ((" " * blank, "normal"), (glyphs().bar[0] * full, role))
    return _row(label, bar, fmt.exact(until - since), scale)


def _row(label: str, bar: Line, value: str, scale: _Scale) -> Line:
    return (
        (" " + fmt.fit(label, _LABEL), "dim"),
        *(() if glyphs().plain else spans.padded(bar, scale.cells)),
        (fmt.fit(value, _VALUE - 1, "right"), "bright"),
    )


def _changes(
    seen: Sequence[Seen], task: Task | None, noticed: Seen | None, view: PageContext
) -> Iterator[Line]:
    """A line for each change; what there is no room for is left out from the right."""
    times = [fmt.moment(change.at, view.now, utc=view.utc) for change in seen]
    widest = max(map(len, times), default=0)
    for index, change in enumerate(seen):
        since = f"+{fmt.exact(change.at - seen[index - 1].at)}" if index else ""
        phase = change.status.phase
        word = spans.phase_shape(phase) + spans.word_of(change.status)
        cells: list[Span] = [
            (f" {times[index]:<{widest}}", "normal"),
            (fmt.fit(word, 14), spans.ROLE_OF[phase]),
            (fmt.fit(fmt.percent(change.progress), 4, "right"), "dim"),
            (fmt.fit(since, 8, "right"), "dim"),
            (safe(change.upstream or ""), "dim"),
        ]
        yield tuple(_fitting(cells, view.width))
        if change is noticed and (late := _late(task, noticed)):
            time = fmt.in_words(late.removeprefix("+"))
            words = _("detected {time} after it finished").format(time=time)
            margin = widest + 3 if widest + 4 + cell_len(words) <= view.width else 3
            yield ((" " * margin + fmt.cut_end(words, view.width - margin - 1), "warn"),)


def _fitting(cells: Sequence[Span], width: int) -> Iterator[Span]:
    """The cells that have room, two spaces between them; the one that has too little is cut."""
    used = 0
    for index, (text, role) in enumerate(cells):
        gap = "  " if index else ""
        room = width - used - len(gap)
        if cell_len(text) > room and index > 1:
            return
        shown = fmt.cut_end(text, room)
        yield gap + shown, role
        used += len(gap) + cell_len(shown)
