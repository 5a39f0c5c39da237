"""Until when the videos of a task must be saved, and when one was lost."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...api.links import Link
from .file_states import Saving, Waiting, is_held
from .urgency import ENDLESS, is_dead, is_overdue

if TYPE_CHECKING:
    from .entry import Entry


def save_by(entry: Entry, now: float) -> float | None:
    """Return the first deadline of a video that needs saving; None where none does."""
    deadlines = [
        ENDLESS if is_overdue(link, now) else link.current(now).deadline or ENDLESS
        for link in entry.unsaved
        if not is_dead(link, now) and not entry.refusal(link.kind)
    ]
    return min(deadlines, default=None)


def lost_at(entry: Entry, now: float) -> float | None:
    """Return when the first unsaved video was lost; None if none was."""
    lost = (_lost_at(entry, link, now) for link in entry.unsaved)
    return min((at for at in lost if at is not None), default=None)


def _lost_at(entry: Entry, link: Link, now: float) -> float | None:
    """When the link's own time was over, or when the store refused it.

    Of a file that is being asked for, only the store's word counts; one for which the disk has
    no room is not being asked for.
    """
    if refusal := entry.refusal(link.kind):
        return refusal.at
    deadlines = (one.deadline or 0.0 for one in link.candidates)
    state = entry.file(link.kind)
    is_asked_for = isinstance(state, Saving | Waiting) and not is_held(state)
    return max(deadlines) if is_dead(link, now) and not is_asked_for else None
