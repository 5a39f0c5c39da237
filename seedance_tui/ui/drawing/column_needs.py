"""What the tasks ask of the columns of the list."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from rich.cells import cell_len

from ...core.model.entry import Entry, Mark
from ...core.settings.choices import Changes, Choices
from . import format as fmt
from . import spans
from .columns import COLUMNS, MORE, Column, Needs
from .spans import Line

_MOST_NAME = 40
"""Cells that a label may ask for."""
_LOOKED_AT = 100
"""Tasks whose labels and facts are looked at."""
_ONE_BY_ONE = 1_000
"""Tasks whose statuses are looked at one by one; of the others, one of each kind."""
_AHEAD = 15.0
"""Seconds until this is asked again at the latest: what a status says by then needs room now."""
_KEPT = 60.0
"""Seconds for which a status keeps room that it no longer needs."""


class StatusRoom:
    """The cells of the statuses: they do not go back and forth with each download."""

    def __init__(self) -> None:
        self._cells = 0
        self._needed_at = 0.0

    def fitting(self, cells: int, now: float, *, is_kept: bool = True) -> int:
        """Return the cells for statuses that take so many at a moment, in Unix seconds.

        `is_kept` says whether they keep the room once they need it no more.
        """
        if cells >= self._cells or now >= self._needed_at + _KEPT:
            self._cells, self._needed_at = cells, now if is_kept else now - _KEPT
        return self._cells


def needs(entries: Sequence[Entry], now: float, room: StatusRoom) -> Needs:
    """Judge the columns by all tasks, whatever is shown of them; `now` is in Unix seconds."""
    some, least = entries[:_LOOKED_AT], Needs()
    longest = max((cell_len(fmt.in_row(entry.watched.label)) for entry in some), default=0)
    idle = frozenset(name for name in MORE if _is_idle(COLUMNS[name], some))
    is_begun = not any(entry.remembered and entry.is_open for entry in entries)
    status = room.fitting(_cells_of_status(entries, now + _AHEAD), now, is_kept=is_begun)
    reason = max(map(partial(_cells_with_reason, now), some), default=0)
    return Needs(max(least.name, min(_MOST_NAME, longest)), idle, status, reason)


def kept_as(asked: Needs) -> Changes:
    """Write down needs, so that the next start shows the columns as they will be."""
    idle = ",".join(sorted(asked.idle))
    return {
        "name_cells": asked.name,
        "status_cells": asked.status or 0,
        "reason_cells": asked.reason,
        "idle_columns": idle,
    }


def recalled(choices: Choices) -> Needs:
    """Return the needs that were kept in an earlier run, or the usual ones."""
    if choices.status_cells <= 0:
        return Needs()
    idle = frozenset(choices.idle_columns.split(","))
    return Needs(choices.name_cells, idle, choices.status_cells, choices.reason_cells)


def _is_idle(column: Column, entries: Sequence[Entry]) -> bool:
    found: set[Line] = {(("", "dim"),)}
    return not any(len(found := found | {column.draw(one, 0.0, 40)}) > 2 for one in entries)


def _cells_of_status(entries: Sequence[Entry], now: float) -> int:
    """The cells of the longest status, and of any word that an open task may come to have."""
    others = {_kind(entry): entry for entry in entries[_ONE_BY_ONE:]}.values()
    found = [(entry, entry.mark(now)) for entry in (*entries[:_ONE_BY_ONE], *others)]
    found += [(entry, Mark.SLOW if entry.is_open else Mark.EXPIRED) for entry in others]
    alike = {(_kind(entry), mark): (entry, mark) for entry, mark in found}.values()
    cells = [status_cells(entry, mark) for entry, mark in alike]
    if any(entry.is_open for entry, _mark in alike):
        cells.append(2 + max(map(cell_len, spans.known_words().values())))
    return max(cells, default=0)


def status_cells(entry: Entry, mark: Mark | None) -> int:
    """Return the cells of its status with a mark beside it, or in place of a word."""
    words = [] if mark and entry.task is None else [spans.status_word(entry)]
    words += [mark.in_words(spans.USUAL_SHARE)] if mark else []
    return cell_len(spans.shape(entry) + " ".join(words))


def _cells_with_reason(now: float, entry: Entry) -> int:
    """The cells of its status and the reason of its failure; 0 without one."""
    if entry.task is None or not entry.task.has_reason:
        return 0
    from ._reasons import cells_together

    return cells_together(entry, now)


def _kind(entry: Entry) -> tuple[object, ...]:
    """What status and mark come from, the time aside."""
    status, problem = entry.status, entry.problem
    return (
        status.word,
        status.upstream_word,
        problem and problem.kind,
        *map(type, entry.files.values()),
    )
