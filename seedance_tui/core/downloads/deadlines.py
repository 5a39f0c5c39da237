"""Which results will be lost unsaved, when to warn of one, and what to say of them at the end."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from ..model.entry import ENDLESS, Entry
from ..model.file_states import Waiting, shown
from ..model.urgency import SOON_WITHIN, URGENT_WITHIN
from ..text.i18n import _, plural
from ..text.sanitize import safe
from ..text.units import in_words, left

THRESHOLDS = (SOON_WITHIN, URGENT_WITHIN, 600)
"""Seconds before its deadline at which an unsaved result is spoken of."""
_MOST_LINES = 10
_NAME_LENGTH, _TAIL_LENGTH = 60, 6


@dataclass(frozen=True, slots=True)
class Crossing:
    """An unsaved result has come within `threshold` seconds of its deadline (Unix seconds).

    `is_guess` says that the deadline is not the link's own.
    """

    entry: Entry
    deadline: float
    threshold: int
    is_guess: bool = False

    @property
    def is_urgent(self) -> bool:
        """Whether it is in its last hour."""
        return self.threshold <= URGENT_WITHIN


class Alarm:
    """Tells once of each threshold that an unsaved result comes under."""

    def __init__(self) -> None:
        self._told: dict[tuple[str, float], int] = {}

    def check(self, entries: Iterable[Entry], now: float) -> list[Crossing]:
        """Return what has been crossed since the last call, soonest deadline first.

        Of several thresholds that one result has crossed at once only the tightest is told.
        """
        crossings = []
        for deadline, entry in unsaved_by_deadline(entries, now):
            crossed = [seconds for seconds in THRESHOLDS if deadline - now <= seconds]
            if not crossed or _is_on_its_way(entry, min(crossed)):
                continue
            if min(crossed) < self._told.get((entry.id, deadline), ENDLESS):
                self._told[entry.id, deadline] = min(crossed)
                is_guess = entry.is_guess(now)
                crossings.append(Crossing(entry, deadline, min(crossed), is_guess))
        return crossings


def _is_on_its_way(entry: Entry, threshold: int) -> bool:
    """Whether it will be saved in time; in the last hour a download in trouble may not be."""
    state = shown(entry.file())
    if isinstance(state, Waiting) and state.problem:
        return threshold > URGENT_WITHIN
    return entry.is_being_saved


def unsaved_by_deadline(entries: Iterable[Entry], now: float) -> list[tuple[float, Entry]]:
    """Return the results that will expire unsaved with their deadlines, soonest first.

    The deadline is endless where nothing tells it.
    """
    unsaved = ((entry.save_by(now), entry) for entry in entries)
    return sorted(
        ((deadline, entry) for deadline, entry in unsaved if deadline is not None),
        key=lambda one: one[0],
    )


def summary_lines(entries: Iterable[Entry], now: float, most: int = _MOST_LINES) -> list[str]:
    """Say which results are not saved, one a line below the sentence that counts them.

    Nothing to say gives no lines; beyond `most` results the rest is counted in a last line.
    """
    unsaved = unsaved_by_deadline(entries, now)
    if not unsaved:
        return []
    head = plural("{n} video is not saved:", "{n} videos are not saved:", len(unsaved))
    lines = [head, *(f"  {_line(entry, deadline, now)}" for deadline, entry in unsaved[:most])]
    if (more := len(unsaved) - most) > 0:
        lines.append("  " + plural("and {n} more", "and {n} more", more))
    return lines


def _line(entry: Entry, deadline: float, now: float) -> str:
    name = _shortened(safe(entry.name))
    if deadline == ENDLESS:
        line = _("{name}: link expires, time unknown").format(name=name)
    else:
        time = ("~" if entry.is_guess(now) else "") + left(deadline - now)
        line = _("{name}: link expires in {time}").format(name=name, time=in_words(time))
    return f"{line} (…{safe(entry.id)[-_TAIL_LENGTH:]})" if entry.watched.label else line


def _shortened(name: str) -> str:
    return name if len(name) <= _NAME_LENGTH else name[: _NAME_LENGTH - 1] + "…"
