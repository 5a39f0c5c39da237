"""Why a task failed, in the few words that a row has room for."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from rich.cells import cell_len
from textual.cache import LRUCache

from ...api.models import Phase, Task
from ...api.reasons import is_reason
from ...core.explain.explain import explain
from ...core.explain.in_short import in_short, text_in_short
from ...core.model.entry import Entry
from ...core.text.i18n import _
from . import format as fmt
from . import spans
from .column_needs import status_cells
from .columns import REASON

_KEPT = 512
"""Reasons that are kept, some screens of them."""
_LEAST_STATUS = 8
"""Cells of a status that a reason leaves to it, its mark aside."""
_LEAST_REASON = 4
"""Cells in which a reason can be recognized."""
_LONGEST = 200
"""Characters of a text that no row has room for."""
_reasons: LRUCache[str, tuple[Task, str]] = LRUCache(_KEPT)


def reason(task_id: str, task: Task) -> str:
    """Why a task failed; kept, since finding out takes as long as drawing many rows.

    Of a task whose word is not known it is empty where no reason was given.
    """
    kept = _reasons.get(task_id)
    if kept is None or kept[0] is not task:
        kept = _reasons[task_id] = task, _found(task)
    return kept[1]


def _found(task: Task) -> str:
    why, given = explain(task), (task.fail_reason or "")[:_LONGEST]
    if why:
        return fmt.in_row(in_short(why)) or _("unknown")
    if task.status.phase is Phase.UNKNOWN:
        return fmt.in_row(text_in_short(given)) if is_reason(given) else ""
    return _("unknown")


def cells_together(entry: Entry, now: float) -> int:
    """Return the cells that status and reason take, with a space between; 0 without a reason."""
    said = _said(entry)
    return _least_status(entry, now) + 1 + min(REASON, cell_len(said)) if said else 0


def with_reason(entry: Entry, now: float, cells: Mapping[str, int]) -> Mapping[str, int]:
    """Return the cells of a row's columns; its reason begins before its column if it must.

    It takes the blank cells of the status beside it; in our own words, also some of a long word.
    Where a list has no such column it stands in those blank cells, and in those of a missing link.
    """
    said = _said(entry)
    if said and "progress" not in cells:
        return _with_reason_between(entry, now, cells)
    if not said or not _are_neighbours(cells):
        return cells
    wanted, both = cell_len(said), cells["status"] + cells["progress"]
    blank = both - min(cells["status"], status_cells(entry, entry.mark(now)))
    short = both - _least_status(entry, now)
    taken = max(cells["progress"], min(wanted, blank), min(wanted, REASON, short))
    return {**cells, "status": both - taken, "progress": taken}


def _with_reason_between(entry: Entry, now: float, cells: Mapping[str, int]) -> Mapping[str, int]:
    """The cells of a row with the reason behind its status, as far as there is room for it."""
    names = list(cells)
    at = names.index("status") + 1 if "status" in names else len(names)
    both = cells.get("status", 0)
    if names[at : at + 1] == ["link"] and entry.link() is None:
        both += 1 + cells["link"]
        names.pop(at)
    status = min(cells.get("status", 0), status_cells(entry, entry.mark(now)))
    if both - status - 1 < _LEAST_REASON:
        return cells
    room = {"status": status, "progress": both - status - 1}
    return {name: room.get(name) or cells[name] for name in (*names[:at], "progress", *names[at:])}


def _said(entry: Entry) -> str:
    return reason(entry.id, entry.task) if entry.task else ""


def _are_neighbours(names: Collection[str]) -> bool:
    order = list(names)
    return "status" in order and order[order.index("status") + 1 :][:1] == ["progress"]


def _least_status(entry: Entry, now: float) -> int:
    """The cells that a status keeps beside a reason: its shape, some of its word, its mark."""
    mark = spans.mark_word(entry, now)
    least = _LEAST_STATUS + (cell_len(mark) + 1 if mark else 0)
    return min(least, status_cells(entry, entry.mark(now)))
