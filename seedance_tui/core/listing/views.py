"""The five views of the list and that of the archive, and the sentence that sums it up."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from ...api.models import Phase
from ..model.entry import ENDLESS, Entry
from ..model.urgency import Urgency, urgency
from ..settings.choices import View

OF_LIST = tuple(view for view in View if view is not View.ARCHIVE)
"""The views of what is watched, in the order of their keys."""


def shows(view: View, entry: Entry, now: float) -> bool:
    """Whether a view shows the task; `now` in Unix seconds."""
    match view:
        case View.ALL | View.ARCHIVE:
            return True
        case View.ACTIVE:
            return entry.is_open
        case View.READY:
            return entry.status.phase is Phase.DONE and entry.lost_at(now) is None
        case View.FAILED:
            return entry.status.phase.is_lost
        case View.EXPIRING:
            save_by = entry.save_by(now)
            return save_by is not None and urgency(save_by - now) >= Urgency.SOON


@dataclass(frozen=True, slots=True)
class Summary:
    """Counts of tasks, and the deadline of the unsaved link that expires first, in Unix seconds."""

    total: int = 0
    running: int = 0
    to_save: int = 0
    next_deadline: float | None = None
    next_is_guess: bool = False
    """Whether that deadline is not the link's own."""
    unanswered: int = 0
    """Tasks whose last request had no good response."""
    not_found: int = 0
    """Active tasks that the gateway does not know, now or at all."""
    lost: int = 0
    """Tasks with an unsaved video that cannot be had any more; none of them is ready."""
    views: tuple[int, ...] = (0, 0, 0, 0, 0)
    """How many tasks each view shows, in the order of `OF_LIST`."""

    @property
    def nothing_answers(self) -> bool:
        """Whether requests fail for whatever is asked, and not for some sick tasks alone.

        Where most tasks have ended, the few that are asked speak for themselves.
        """
        asked = self.views[OF_LIST.index(View.ACTIVE)]
        return self.unanswered >= max(1, asked) and 2 * self.unanswered >= self.total

    @classmethod
    def of(cls, entries: Iterable[Entry], now: float) -> Summary:
        """Count in one pass: the list may have ten thousand tasks."""
        total = running = to_save = active = ready = failed = expiring = lost = 0
        unanswered = not_found = 0
        first, is_guess = ENDLESS, False
        for entry in entries:
            total += 1
            phase = entry.status.phase
            unanswered += entry.is_unanswered
            if phase is Phase.DONE:
                save_by, lost_at = entry.fate(now)
                ready += lost_at is None
                lost += lost_at is not None
                if save_by is not None:
                    to_save += 1
                    if save_by < first:
                        first, is_guess = save_by, entry.is_guess(now)
                    expiring += urgency(save_by - now) >= Urgency.SOON
            elif phase.is_lost:
                failed += 1
            else:
                active += 1
                not_found += entry.problem is not None and entry.problem.is_not_found
                running += phase is Phase.RUNNING
        views = (total, active, ready, failed, expiring)
        deadline = first if first < ENDLESS else None
        return cls(total, running, to_save, deadline, is_guess, unanswered, not_found, lost, views)
