"""Events as lines: of JSON for programs, of text for people."""

from __future__ import annotations

import time
from enum import StrEnum

from ..core.model.entry import ENDLESS, Entry
from ..core.text.i18n import _
from ..core.text.units import in_words, left
from .error_messages import failure_sentence
from .events import event
from .json_error import Error
from .json_record import Record, record, saved_path
from .output import NOTHING, show_json_line, show_lines


class EventType(StrEnum):
    """What an event tells."""

    CHANGED = "changed"
    ENDED = "ended"
    SAVED = "saved"
    EXPIRING = "expiring"
    LOST = "lost"
    TROUBLE = "trouble"
    SUMMARY = "summary"


def type_of_change(entry: Entry) -> EventType:
    """Whether a task that has changed is at its end: the link of one that is done is there."""
    is_to_come = entry.is_open or entry.awaits_link
    return EventType.CHANGED if is_to_come else EventType.ENDED


def facts(entry: Entry) -> tuple[object, ...]:
    """Return what of a task is worth an event when it changes."""
    task = entry.task
    said = (entry.status.word, task.progress, entry.upstream.status) if task else ()
    return (*said, type_of_change(entry))


class Events:
    """Prints events, where the reader of a pipe gets them at once."""

    def __init__(self, *, as_json: bool) -> None:
        self._as_json = as_json

    def tell(
        self,
        kind: EventType,
        now: float,
        entry: Entry | None = None,
        error: Error | None = None,
        *,
        word: str = "",
    ) -> None:
        """Print one about a task, or about all; `word` is what the user has typed for the task."""
        if self._as_json:
            task = record(entry, now, word=word) if entry else None
            show_json_line(event(kind, now, task, error))
        else:
            words = (time.strftime("%H:%M:%S"), f"{kind.value:<8}", *_words(kind, now, entry))
            show_lines(["  ".join((*words, str(error["message"])) if error else words)])

    def tell_record(self, kind: EventType, now: float, task: Record, error: Error) -> None:
        """Print one about a word that is no task: as text it is on standard error already."""
        if self._as_json:
            show_json_line(event(kind, now, task, error))


def _words(kind: EventType, now: float, entry: Entry | None) -> tuple[str, ...]:
    if entry is None:
        return ()
    if kind is EventType.SAVED:
        return entry.name, str(saved_path(entry) or NOTHING)
    if kind in (EventType.EXPIRING, EventType.SUMMARY):
        return entry.name, _time_left(entry, now)
    if kind is EventType.LOST:
        return entry.name, _("the link has expired, the file was never saved")
    return (entry.name, *_state(entry))


def _state(entry: Entry) -> tuple[str, ...]:
    progress = entry.task.progress if entry.task else None
    why = failure_sentence(entry.task) if entry.task else None
    percent = "" if progress is None else f"{progress:.0%}"
    return tuple(text for text in (entry.status.word or NOTHING, percent, why) if text)


def _time_left(entry: Entry, now: float) -> str:
    deadline = entry.save_by(now)
    if deadline is None or deadline == ENDLESS:
        return entry.status.word or NOTHING
    return _("not saved; link expires in {time}").format(time=in_words(left(deadline - now)))
