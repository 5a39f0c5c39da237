"""Until when the videos of a task must be saved, and when one was lost."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from ...api.links import Ground, Kind, Link
from .file_states import FileState, NotSaved, Saved, Saving, Waiting, is_held
from .urgency import ENDLESS

if TYPE_CHECKING:
    from .entry import Entry


class Fate(NamedTuple):
    """What is to become of the unsaved videos of a task; moments in Unix seconds.

    `save_by` is the first deadline of one that can be had, `lost_at` when the first one was lost;
    None where there is no such video.
    """

    save_by: float | None = None
    lost_at: float | None = None


def fate_of(entry: Entry, now: float) -> Fate:
    """Look at each unsaved video once: ten thousand tasks are counted with every publication."""
    save_by = lost_at = None
    for link in entry.links:
        kind = link.kind
        if kind is Kind.ORIGINAL or kind is Kind.LAST_FRAME:
            continue
        state = entry.files.get(kind) if entry.files else None
        if isinstance(state, Saved):
            continue
        refused_at = _refused_at(state)
        deadline = _deadline(link, now) if refused_at is None else None
        if deadline is not None:
            save_by = deadline if save_by is None or deadline < save_by else save_by
        elif refused_at is not None or not _is_asked_for(state):
            at = _over_at(link) if refused_at is None else refused_at
            lost_at = at if lost_at is None or at < lost_at else lost_at
    return Fate(save_by, lost_at)


def _deadline(link: Link, now: float) -> float | None:
    """When the link expires, endless where nothing tells it any more; None once it has."""
    current = link.current(now)
    deadline = current.deadline
    if deadline is None:
        return ENDLESS
    if deadline > now:
        return deadline
    return ENDLESS if current.ground is Ground.GUESS else None


def _is_asked_for(state: FileState | None) -> bool:
    """Whether only the store can say that it is lost; nobody asks while the disk has no room."""
    return isinstance(state, Saving | Waiting) and not is_held(state)


def _over_at(link: Link) -> float:
    """When the last of the candidates was over by its own signature."""
    return max(one.deadline or 0.0 for one in link.candidates)


def _refused_at(state: object) -> float | None:
    """When the store said that a file cannot be had any more."""
    is_loss = isinstance(state, NotSaved) and state.problem.means_loss
    return state.problem.at if is_loss and isinstance(state, NotSaved) else None
