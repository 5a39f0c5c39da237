"""What the program itself knows about a task: the one thing that matters most."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from ..text.i18n import _
from .file_states import NotSaved, Paused, Saving, Waiting, shown

if TYPE_CHECKING:
    from .entry import Entry


class Mark(StrEnum):
    """What the program itself knows about a row; stands beside the status, never instead."""

    STALE = "stale"
    NOT_FOUND = "not found"
    SLOW = "slow"
    EXPIRED = "expired"
    LOST = "lost"
    """The storage server has said that the unsaved video cannot be had any more."""
    SAVED = "saved"
    SAVING = "saving"
    WAITING = "to be saved"
    PAUSED = "paused"
    NOT_SAVED = "not saved"

    def in_words(self, share: str = "") -> str:
        """Return the mark for people; `share` is how much there is of a file that is saved."""
        return {
            Mark.STALE: _("stale"),
            Mark.NOT_FOUND: _("not found"),
            Mark.SLOW: _("slow"),
            Mark.EXPIRED: _("expired"),
            Mark.LOST: _("lost"),
            Mark.SAVED: _("saved"),
            Mark.SAVING: _("saving {share}").format(share=share).strip(),
            Mark.WAITING: _("waiting"),
            Mark.PAUSED: _("paused"),
            Mark.NOT_SAVED: _("not saved"),
        }[self]


def mark_of(entry: Entry, now: float) -> Mark | None:
    """Return the mark of a task; `now` in Unix seconds."""
    if (mark := _file_mark(entry)) not in (None, Mark.NOT_SAVED):
        return mark
    if entry.problem and entry.problem.is_not_found:
        return Mark.NOT_FOUND
    if entry.problem or (entry.remembered and entry.is_open):
        return Mark.STALE
    if entry.is_slow(now):
        return Mark.SLOW
    if entry.refusal():
        return Mark.LOST
    return Mark.EXPIRED if entry.is_expired(now) else mark


def _file_mark(entry: Entry) -> Mark | None:
    """What becomes of its files: what is under way comes before what the result is."""
    states = [shown(state) for state in entry.files.values()]
    if any(isinstance(state, Saving) for state in states):
        return Mark.SAVING
    if entry.is_saved:
        return Mark.SAVED
    if isinstance(entry.file(), NotSaved):
        return Mark.NOT_SAVED
    if any(isinstance(state, Waiting) for state in states):
        return Mark.WAITING
    return Mark.PAUSED if any(isinstance(state, Paused) for state in states) else None
