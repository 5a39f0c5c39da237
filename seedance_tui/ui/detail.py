"""The lines of the detail pane: a headline, then every field of the answer in its group."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from rich.cells import cell_len

from ..api.models import Phase
from ..core.entry import Entry, NotSaved, Saved, Saving
from ..core.fields import GROUPS, Field, Look, fields_of
from ..core.language import _
from ..core.outcomes import sentence
from ..core.pace import looks_stuck
from ..core.text import safe
from . import format as fmt
from . import looks
from .looks import Line
from .values import value_spans

_LABEL = 16
_CELL = 26
"""The least width of a short field: its label, a space, a value of eight cells, a space."""
_MOST_LINES = 8
_MOST_TEXT = 4000


@dataclass(frozen=True, slots=True)
class View:
    """How the pane is seen: `now` in Unix seconds, `fresh` the paths that have just changed."""

    width: int
    now: float
    utc: bool = False
    compact: bool = False
    """Without the heads of the groups: for a pane of a few lines."""
    fresh: Collection[str] = ()


def field_lines(entry: Entry, view: View) -> list[Line]:
    """All lines of the fields view."""
    lines = list(_headline(entry, view))
    fields = list(fields_of(entry.task.envelope if entry.task else None))
    for group in GROUPS:
        members = [field for field in fields if field.group == group]
        if members:
            if not view.compact:
                lines += [(), ((f" {_(group)}", "strong"),)]
            lines += _group_lines(members, entry, view)
    return lines


def _headline(entry: Entry, view: View) -> Iterator[Line]:
    room = view.width - 2
    if entry.watched.label:
        yield ((" " + fmt.cut_end(safe(entry.watched.label), room), "strong"),)
    role = "dim" if entry.watched.label else "strong"
    for piece in fmt.wrap(safe(entry.id), room):
        yield ((" " + piece, role),)
    word = f" {looks.shape(entry)} {looks.status_word(entry)}"
    took = _duration(entry, view.now)
    yield ((word, looks.status_role(entry)), (f" {took}", "normal"))
    for text in _files(entry):
        yield from (((f"   {piece}", "normal"),) for piece in fmt.wrap(text, view.width - 4))
    yield from _explanation(entry, view)


def _duration(entry: Entry, now: float) -> str:
    """How long the task took, or has taken so far."""
    task = entry.task
    if task is None or task.submit_time is None:
        return ""
    if not entry.is_open:
        end = task.finish_time
        took = fmt.exact(end - task.submit_time) if end else ""
        if not took:
            return ""
        is_done = task.status.phase is Phase.DONE
        return (_("in {time}") if is_done else _("after {time}")).format(time=took)
    return _("for {time}").format(time=fmt.exact(now - task.submit_time))


def _files(entry: Entry) -> Iterator[str]:
    for state in entry.files.values():
        match state:
            case Saved(path=path):
                yield _("saved as {path}").format(path=safe(fmt.home(path)))
            case Saving(received=received, total=total):
                of = f" / {fmt.size(total)}" if total else ""
                yield _("saving {size}").format(size=fmt.size(received) + of)
            case NotSaved():
                pass


def _explanation(entry: Entry, view: View) -> Iterator[Line]:
    """Say why it failed, what is wrong with the question, and why a file was not saved."""
    for text, role in _explanations(entry, view):
        for piece in list(fmt.wrap(safe(text)[:_MOST_TEXT], view.width - 2))[:_MOST_LINES]:
            yield ((" " + piece, role),)


def _explanations(entry: Entry, view: View) -> Iterator[looks.Span]:
    task = entry.task
    if task and task.status.phase is Phase.FAILED:
        yield task.upstream.error_code or "", "bad"
        yield task.upstream.error_message or task.fail_reason or _("No reason was given."), "bad"
    if entry.problem:
        yield sentence(entry.problem), "warn"
    if entry.seen_at and (entry.problem or (entry.remembered and entry.is_open)):
        ago = fmt.span(view.now - entry.seen_at)
        yield _("What is shown is the last good answer, {ago} old.").format(ago=ago), "warn"
    if task and entry.is_open and looks_stuck(task, view.now, None):
        yield _("It has waited for long and looks stuck; it is asked about less often."), "warn"
    for state in entry.files.values():
        if isinstance(state, NotSaved):
            yield sentence(state.problem), "bad"


def _group_lines(fields: list[Field], entry: Entry, view: View) -> Iterator[Line]:
    """Short fields side by side in columns, the others a row each."""
    columns = max(1, (view.width - 1) // _CELL)
    width = (view.width - 1) // columns
    row: list[Line] = []
    for field in fields:
        cell = _cell(field, entry, view)
        if _is_short(field, cell, width):
            row.append(looks.padded(cell, width))
            if len(row) == columns:
                yield _row(row)
                row = []
            continue
        if row:
            yield _row(row)
            row = []
        yield from _long(field, cell, view)
    if row:
        yield _row(row)


def _row(cells: list[Line]) -> Line:
    return ((" ", "normal"), *(span for cell in cells for span in cell))


def _is_short(field: Field, cell: Line, width: int) -> bool:
    alone = field.look in (Look.LINK, Look.MOMENT) or field.group in ("Cost", "Other")
    return not alone and sum(cell_len(text) for text, role in cell) < width


def _cell(field: Field, entry: Entry, view: View) -> Line:
    """A label in its column, then the value."""
    widest = 23 if field.group == "Cost" else _LABEL
    label = safe(field.label)
    spans = value_spans(field, entry, view.now, utc=view.utc)
    if field.path in view.fresh:
        spans = tuple((text, "strong") for text, role in spans)
    return ((label + " " * max(1, widest + 1 - cell_len(label)), "dim"), *spans)


def _long(field: Field, cell: Line, view: View) -> Iterator[Line]:
    """A field on rows of its own; what does not fit beside the label is wrapped below it."""
    room = view.width - 2
    (label, label_role), *values = cell
    if sum(cell_len(text) for text, role in cell) <= room:
        yield ((" ", "normal"), *cell)
        return
    spare = room - cell_len(label.rstrip()) - sum(cell_len(text) for text, role in values)
    if spare >= 2:
        yield ((" " + label.rstrip() + " " * spare, label_role), *values)
        return
    indent = min(cell_len(label), _LABEL + 1)
    if len(label) > indent:
        yield ((" " + fmt.cut_middle(label.rstrip(), room), label_role),)
        label = " " * indent
    pieces = list(fmt.wrap("".join(text for text, role in values), room - indent))
    role = values[0][1] if values else "normal"
    for index, piece in enumerate(pieces[:_MOST_LINES]):
        yield ((" " + (label if index == 0 else " " * indent), label_role), (piece, role))
    if len(pieces) > _MOST_LINES:
        yield ((" " * (indent + 1) + _("… m shows all of it"), "dim"),)
