"""The order of the list: what needs the user first, or a column."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Mapping
from operator import itemgetter
from typing import Any

from ...api.models import Phase
from ..model.entry import Entry
from ..model.urgency import Urgency, urgency
from ..settings.choices import Order
from ._filter_keys import folded


def sort(
    entries: Iterable[Entry],
    column: Order = Order.NEEDS,
    *,
    reverse: bool = False,
    now: float,
    fresh: Collection[str] = (),
    held: Collection[str] = (),
) -> list[Entry]:
    """Return the entries in order, ties as they came, and last those that have no such value.

    `fresh` are the IDs of tasks that ended and have not been looked at since, `held` those that
    keep their place although they have been saved.
    """
    if column is Order.NEEDS:
        new, kept = frozenset(fresh), frozenset(held)
        keyed: list[tuple[Any, Entry]] = [
            (_need(entry, now, new, is_held=entry.id in kept), entry) for entry in entries
        ]
    elif column is Order.ADDED:
        keyed = list(enumerate(entries))
    else:
        value = _VALUES[column]
        keyed = [(value(entry, now), entry) for entry in entries]
    known = [pair for pair in keyed if pair[0] is not None]
    known.sort(key=itemgetter(0), reverse=reverse)
    return [entry for _, entry in known] + [entry for key, entry in keyed if key is None]


def _need(entry: Entry, now: float, fresh: Collection[str], *, is_held: bool) -> tuple[int, float]:
    """Group and place in it.

    What is open goes by age, the oldest first, so that a task whose turn comes keeps its place.
    """
    phase = entry.status.phase
    if phase is Phase.DONE:
        save_by = entry.deadline(now) if is_held else entry.save_by(now)
        if save_by is not None and urgency(save_by - now) >= Urgency.SOON:
            return 0, save_by
        is_new = entry.id in fresh and (is_held or not entry.is_saved)
        return 1 if is_new else 5, -_ended_at(entry)
    if not entry.is_open:
        return 2 if entry.id in fresh else 5, -_ended_at(entry)
    return 3 if phase is Phase.RUNNING else 4, entry.began_at


def _ended_at(entry: Entry) -> float:
    return (entry.task and entry.task.finish_time) or entry.began_at


_DIGITS = re.compile(r"[0-9]+")
_PHASES = {phase: place for place, phase in enumerate(Phase)}


def natural(text: str) -> str:
    """Return what a text is sorted by: `take 10` comes after `take 9`."""
    return _DIGITS.sub(lambda digits: digits[0].zfill(9), folded(text))


def _name(entry: Entry, now: float) -> str:
    """An ID's digits are no numbers."""
    return natural(entry.watched.label) or folded(entry.id)


def _model(entry: Entry, now: float) -> str | None:
    return folded(entry.upstream.model or "") or None


_VALUES: Mapping[Order, Callable[[Entry, float], Any]] = {
    Order.NAME: _name,
    Order.STATUS: lambda entry, now: _PHASES[entry.status.phase] if entry.task else None,
    Order.PROGRESS: lambda entry, now: entry.task.progress if entry.task else None,
    Order.AGE: lambda entry, now: -entry.began_at,
    Order.LINK: Entry.deadline,
    Order.MODEL: _model,
    Order.TOKENS: lambda entry, now: entry.billed_tokens,
}
"""What a column is sorted by; None comes last whichever way."""
