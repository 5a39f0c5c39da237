"""The columns of the list: one table of what each shows, and how they share the width."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from rich.cells import cell_len

from ...api.models import Phase
from ...core.model.entry import Entry, Mark
from ...core.settings.choices import Order
from ...core.text import i18n
from ...core.text.i18n import N_, _
from . import format as fmt
from . import spans
from .glyphs import glyphs
from .spans import Line

Align = Literal["left", "right"]
BASE = ("task", "status", "progress", "age", "link")
MORE = ("tokens", "tags", "seed", "model", "resolution", "ratio", "duration")
"""What comes to the base as the list grows wider, in this order."""
_USUAL = (
    *("task", "tags", "status", "progress", "model", "resolution", "ratio", "duration"),
    *("tokens", "seed", "age", "link"),
)
"""The order in which these stand: words first, then numbers."""
_KEPT = ("task", "status", "link", "progress", "age")
"""The base, first what is kept where there is no room for all."""
_NARROW, _WIDE = 56, 96
"""Cells of the list below which progress and age go, and below which no column comes to them."""
_LEAST_NAME = 16
"""Cells that a label asks for."""
REASON, _KEPT_NAME = 17, 20
"""Cells of a reason in our own words, of a name that no tag takes."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its head, its cells, and how a row is drawn in them; `order` is what it sorts by.

    `draw` gets the entry, the moment in Unix seconds and the cells, and may fill fewer of these.
    """

    head: str
    cells: Callable[[int], int]
    draw: Callable[[Entry, float, int], Line]
    align: Align = "left"
    order: Order | None = None


@dataclass(frozen=True, slots=True)
class Layout:
    """The columns of a list as wide as it is: their names with their cells, and what is before."""

    cells: Mapping[str, int]
    lead: int
    """Cells before the first column, for the cursor and a mark or a dot."""


@dataclass(frozen=True, slots=True)
class Needs:
    """What the tasks ask of the columns."""

    name: int = _LEAST_NAME
    """Cells that the longest label takes."""
    idle: frozenset[str] = frozenset()
    """Columns that are empty or say the same of every task: the others and the label go first."""
    status: int | None = None
    """Cells that the longest status takes; None while that is not known."""
    reason: int = 0
    """Cells that a status and the reason of a failure take together, at the most."""


def layout(width: int, chosen: Sequence[str] = (), asked: Needs = Needs()) -> Layout:
    """Share `width` cells among the columns, the chosen ones or those that usually fit."""
    return _layout(width, tuple(chosen), asked, (i18n.spoken(), glyphs().plain))


@lru_cache(maxsize=64)  # by the language and the signs as well
def _layout(width: int, chosen: tuple[str, ...], asked: Needs, _drawn: tuple[str, bool]) -> Layout:
    lead = 1 + max(map(cell_len, signs(width))) + (width >= _NARROW)
    wanted = dict.fromkeys((*(() if "task" in chosen else ("task",)), *chosen) if chosen else BASE)
    if width < _NARROW:
        wanted = {name: None for name in wanted if name not in ("progress", "age")}
    cells = {name: COLUMNS[name].cells(width) for name in wanted}
    if "status" in cells and asked.status is not None:
        head = cell_len(_("STATUS")) + 1  # with the arrow of the order
        cells["status"] = min(cells["status"], max(asked.status, head))
    least = 6 if width < _NARROW else 10
    for name in reversed(chosen or _KEPT):
        if name in cells and name != "task" and _room(width - lead, cells) < least:
            del cells[name]
    added = () if chosen or glyphs().plain or width < _WIDE else MORE
    if added and _room(width - lead, cells | {"progress": REASON}) >= asked.name:
        cells["progress"] = REASON
    if not chosen and "progress" in cells:
        lacking = min(REASON, asked.reason - cells["status"] - 1) - cells["progress"]
        cells["progress"] += max(0, min(lacking, _room(width - lead, cells) - _LEAST_NAME))
    for name in sorted(added, key=lambda name: name in asked.idle):
        if _room(width - lead, more := {**cells, name: COLUMNS[name].cells(width)}) < asked.name:
            break
        cells = more
    cells["task"] = max(6, _room(width - lead, cells))
    order = cells if chosen else [name for name in _USUAL if name in cells]
    return Layout({name: cells[name] for name in order}, lead)


def _room(width: int, cells: Mapping[str, int]) -> int:
    """What is left for the task's column beside the others, a space after each."""
    return width - sum(count + 1 for name, count in cells.items() if name != "task") - 1


def row(entry: Entry, now: float, shared: Layout) -> Iterator[Line]:
    """The cells of a row, each filled to the width of its column."""
    cells = shared.cells
    if entry.task and entry.task.has_reason:
        from ._reasons import with_reason

        cells = with_reason(entry, now, cells)
    for name, count in cells.items():
        column = COLUMNS[name]
        if name == "progress" and entry.status.phase is Phase.DONE:
            yield spans.padded(spans.facts(entry, count, shared.cells), count)
        elif name == "task" and "tags" in shared.cells:
            yield spans.padded(_label(entry, count), count)
        elif name == "status" and "progress" not in shared.cells:
            yield _status_and_share(entry, now, count)
        else:
            yield aligned(column.draw(entry, now, count), count, column.align)


def aligned(line: Line, width: int, align: Align) -> Line:
    """Fill a line with spaces up to `width` cells."""
    if align == "left":
        return spans.padded(line, width)
    missing = width - sum(cell_len(text) for text, role in line)
    return ((" " * missing, "dim"), *line) if missing > 0 else line


def signs(width: int) -> tuple[str, str]:
    """What stands before a marked task, and before one not yet looked at: words, if need be."""
    if glyphs().mark:
        return glyphs().mark, glyphs().unseen
    return (_("marked"), _("unseen")) if width >= _NARROW else ("+", "!")


def _label(entry: Entry, width: int) -> Line:
    text = spans.name(entry, width).rstrip()
    return ((text, "bright" if entry.watched.label else "normal"),)


def _task(entry: Entry, now: float, width: int) -> Line:
    """The label, or the ID, and the tags, at most a third of the cells beside a long name."""
    tags = _tags_text(entry)
    if not tags or width < 16:
        return _label(entry, width)
    label = cell_len(spans.name(entry, width).rstrip())
    room = min(cell_len(tags), max(width - label - 1, min(width // 3, width - _KEPT_NAME - 1)))
    if room < 4 and room < cell_len(tags):
        return _label(entry, width)
    return (*_label(entry, width - room - 1), (" " + fmt.cut_end(tags, room), "dim"))


def _tags_text(entry: Entry) -> str:
    return " ".join(f"#{fmt.in_row(tag)}" for tag in entry.watched.tags)


def _status_and_share(entry: Entry, now: float, width: int) -> Line:
    """The status; as there is no room for a bar, a running task says how far."""
    status, task = spans.status(entry, now, width), entry.task
    quiet = entry.mark(now) is None and entry.is_open
    if not quiet or not task or task.progress is None:
        return status
    share = fmt.percent(task.progress)
    room = width - len(share) - 1
    if cell_len(spans.status_word(entry)) + 2 > room:
        return status
    return (*spans.status(entry, now, room), (f" {share}", "dim"))


def _id(entry: Entry, now: float, width: int) -> Line:
    return ((fmt.cut_middle(fmt.in_row(entry.id), width), "dim"),)


def _text(value: Callable[[Entry], object]) -> Callable[[Entry, float, int], Line]:
    """A column of a value as text; blank where there is none."""

    def draw(entry: Entry, now: float, width: int) -> Line:
        found = value(entry)
        return ((fmt.cut_end("" if found is None else fmt.in_row(str(found)), width), "dim"),)

    return draw


def _tokens(entry: Entry) -> str | None:
    return None if entry.billed_tokens is None else f"{entry.billed_tokens:,}"


def _fixed(cells: int) -> Callable[[int], int]:
    return lambda width: cells


def _of_status(width: int) -> int:
    """The most: room for what is done and being saved, for a word and a mark in a wide list."""
    saving = 2 + cell_len(f"{_('Done')} {Mark.SAVING.in_words(spans.USUAL_SHARE)}")
    return 21 if width >= _WIDE else saving if width >= _NARROW else 15


def _of_progress(width: int) -> int:
    """Room for the reason of a failure, where neither the label nor other columns need it."""
    return 8 if glyphs().plain else REASON if 76 <= width < _WIDE else 11


COLUMNS: Mapping[str, Column] = {
    "task": Column(N_("TASK"), _fixed(0), _task, order=Order.NAME),
    "status": Column(N_("STATUS"), _of_status, spans.status, order=Order.STATUS),
    "progress": Column(N_("PROGRESS"), _of_progress, spans.progress, order=Order.PROGRESS),
    "age": Column(
        N_("AGE"),
        _fixed(4),
        lambda entry, now, _: ((fmt.span(now - entry.began_at), "dim"),),
        "right",
        Order.AGE,
    ),
    "link": Column(
        N_("LINK"),
        _fixed(7),
        lambda entry, now, _: (spans.time_left(entry, now),),
        "right",
        Order.LINK,
    ),
    "tags": Column(N_("TAGS"), _fixed(12), _text(_tags_text)),
    "resolution": Column(N_("RES"), lambda w: max(5, cell_len(_("RES"))), _text(spans.resolution)),
    "ratio": Column(N_("RATIO"), _fixed(5), _text(lambda entry: entry.upstream.ratio)),
    "duration": Column(N_("LENGTH"), _fixed(6), _text(spans.duration), "right"),
    "tokens": Column(N_("TOKENS"), _fixed(9), _text(_tokens), "right", Order.TOKENS),
    "model": Column(
        N_("MODEL"), _fixed(12), _text(lambda entry: entry.upstream.model), order=Order.MODEL
    ),
    "seed": Column(N_("SEED"), _fixed(10), _text(lambda entry: entry.upstream.seed), "right"),
    "note": Column(N_("NOTE"), _fixed(16), _text(lambda entry: entry.watched.note)),
    "id": Column(N_("ID"), _fixed(16), _id),
}
