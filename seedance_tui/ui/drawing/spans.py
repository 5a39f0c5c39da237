"""Statuses and times as styled spans: a shape and a word beside every colour."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Literal

from rich.cells import cell_len

from ...api.models import Phase, Status
from ...core.model.entry import Entry, Mark
from ...core.model.file_states import Saving, fraction
from ...core.model.urgency import Urgency
from ...core.text.i18n import _
from . import format as fmt
from .glyphs import glyphs

Role = Literal[
    "dim",
    "normal",
    "bright",
    "strong",
    "accent",
    "good",
    "warn",
    "bad",
    "rule",
    "gone",
    "cursor",
    "found",
    "found-here",
]
Span = tuple[str, Role]
"""Text and its role, which the style sheet of `Lines` gives a colour of the theme."""
Line = tuple[Span, ...]

ROLE_OF: Mapping[Phase, Role] = {
    Phase.NOT_STARTED: "dim",
    Phase.SUBMITTED: "normal",
    Phase.QUEUED: "normal",
    Phase.RUNNING: "accent",
    Phase.DONE: "good",
    Phase.FAILED: "bad",
    Phase.ENDED: "dim",
    Phase.UNKNOWN: "warn",
}
_MARK_ROLES: Mapping[Mark, Role] = {
    Mark.STALE: "warn",
    Mark.NOT_FOUND: "warn",
    Mark.SLOW: "warn",
    Mark.EXPIRED: "bad",
    Mark.LOST: "bad",
    Mark.SAVED: "dim",
    Mark.SAVING: "accent",
    Mark.WAITING: "accent",
    Mark.PAUSED: "warn",
    Mark.NOT_SAVED: "bad",
}
URGENCY_ROLES: Mapping[Urgency, Role] = {
    Urgency.NONE: "dim",
    Urgency.QUIET: "dim",
    Urgency.SOON: "warn",
    Urgency.URGENT: "bad",
    Urgency.GONE: "gone",
}


def status_word(entry: Entry) -> str:
    """The status of an entry for people."""
    return word_of(entry.status)


def word_of(status: Status) -> str:
    """A status for people: a known word translated, any other as the server spelt it."""
    return known_words().get(status.phase) or fmt.in_row(status.spelt) or fmt.nothing()


def known_words() -> Mapping[Phase, str]:
    """The words for the phases that have one."""
    return {
        Phase.NOT_STARTED: _("Not started"),
        Phase.SUBMITTED: _("Submitted"),
        Phase.QUEUED: _("Queued"),
        Phase.RUNNING: _("Running"),
        Phase.DONE: _("Done"),
        Phase.FAILED: _("Failed"),
    }


USUAL_SHARE = "42%"
"""What a column that is as wide as it needs counts on for a file that is being saved."""


def mark_word(entry: Entry, now: float) -> str:
    """What the program itself knows, in words; empty if there is nothing to say."""
    mark = entry.mark(now)
    if mark is None:
        return ""
    return mark.in_words(saving_share(entry) if mark is Mark.SAVING else "")


def saving_share(entry: Entry) -> str:
    """How much there is of the file that is being saved, empty while that is not known."""
    states = [state for state in entry.files.values() if isinstance(state, Saving)]
    return fmt.percent(fraction(states[0])) if states else ""


def shape(entry: Entry) -> str:
    """The shape of a status and a space; a task not yet answered for has none of its own."""
    if entry.task or (entry.problem and entry.problem.is_not_found):
        return phase_shape(entry.status.phase)
    return spaced(glyphs().no_answer)


def phase_shape(phase: Phase) -> str:
    """The shape of a phase and a space."""
    return spaced(glyphs().shapes[phase])


def spaced(sign: str) -> str:
    """A sign before a word; empty where the word alone is wanted."""
    return f"{sign} " if sign else ""


def status_role(entry: Entry) -> Role:
    """The colour of a status; grey while it is only what an earlier run saw."""
    if entry.remembered and entry.is_open:
        return "dim"
    return ROLE_OF[entry.status.phase] if entry.task else "dim"


def lone_mark(entry: Entry, now: float, width: int) -> Line:
    """Shape and mark of a task without a response, as there is no word; empty for any other."""
    mark = entry.mark(now)
    if mark is None or entry.task:
        return ()
    return ((fmt.cut_end(shape(entry) + mark_word(entry, now), width), _MARK_ROLES[mark]),)


def status(entry: Entry, now: float, width: int) -> Line:
    """Shape, word and mark in exactly `width` cells; the word is cut before the mark is."""
    if alone := lone_mark(entry, now, width):
        return padded(alone, width)
    mark, sign = entry.mark(now), shape(entry)
    beside = fmt.cut_end(mark_word(entry, now), width - 4)
    if mark is Mark.SAVING and cell_len(f"{sign}{status_word(entry)} {beside}") > width:
        beside = saving_share(entry) or beside
    room = width - len(sign) - (cell_len(beside) + 1 if beside else 0)
    word = fmt.cut_end(status_word(entry), max(1, room))
    line: Line = ((sign + word, status_role(entry)),)
    return padded((*line, (f" {beside}", _MARK_ROLES[mark])) if mark else line, width)


def time_left(entry: Entry, now: float) -> Span:
    """The time left on the result link: quiet until it matters, and once the file is saved."""
    link = entry.link()
    if link is None:
        return glyphs().no_link or _("none"), "dim"
    words = entry.deadline_words(link, now, fmt.left)
    if words is None:
        return "?", "dim"
    urgency = entry.urgency(link, now)
    alerts = {Urgency.SOON: 1, Urgency.URGENT: 2}.get(urgency, 0)
    return spaced(glyphs().alert * alerts) + words, URGENCY_ROLES[urgency]


def progress(entry: Entry, now: float, width: int) -> Line:
    """How far it runs, why it failed, what the video is; blank where there is nothing to say."""
    phase = entry.status.phase
    if entry.task and entry.task.has_reason:
        from ._reasons import reason  # loaded once a task has failed

        if said := reason(entry.id, entry.task):
            return ((fmt.fit(said, width), "bad" if phase.is_lost else "warn"),)
    if phase is Phase.DONE:
        return facts(entry, width)
    if phase.is_over or entry.task is None:
        return ()
    fraction = entry.task.progress
    full, empty = fmt.bar(fraction, width - 5) if phase is Phase.RUNNING else ("", "")
    number = fmt.percent(fraction) or fmt.nothing()
    blank = " " * (width - 5 - len(full + empty))
    return (full, "accent"), (empty, "rule"), (blank + fmt.fit(number, 5, "right"), "dim")


def facts(entry: Entry, width: int, apart: Collection[str] = ()) -> Line:
    """Resolution, ratio and duration, as many as fit: `2k 9:16 5s`.

    Those `apart` have columns of their own.
    """
    found = {
        "resolution": resolution(entry),
        "ratio": entry.upstream.ratio,
        "duration": duration(entry),
    }
    size, ratio, length = (None if name in apart else found[name] for name in found)
    for parts in ((size, ratio, length), (size, length), (size,), (length,)):
        text = " ".join(fmt.in_row(part) for part in parts if part)
        if cell_len(text) <= width:
            return ((text, "dim"),)
    return ()


def resolution(entry: Entry) -> str | None:
    """The resolution of the result: the one that super-resolution made, if it did."""
    return entry.upstream.super_resolution or entry.upstream.resolution


def duration(entry: Entry) -> str | None:
    """The length of the video in seconds: `5s`."""
    seconds = entry.upstream.duration
    return None if seconds is None else f"{seconds:g}s"


def name(entry: Entry, width: int) -> str:
    """The label or the ID, its middle cut out, in exactly `width` cells; `+` before a pick."""
    text, sign = fmt.in_row(entry.watched.label or entry.id), pick_sign(entry)
    tail = 6 if not entry.watched.label else max(6, width // 2 - 1)
    return fmt.fit(sign + fmt.cut_middle(text, width - len(sign), tail), width)


def pick_sign(entry: Entry) -> str:
    """What stands before a task that was chosen among others, or rejected."""
    pick = entry.watched.pick
    return "" if pick is None else "+ " if pick else "- "


def padded(line: Line, width: int) -> Line:
    """Fill a line with spaces up to `width` cells."""
    missing = width - sum(cell_len(text) for text, role in line)
    return (*line, (" " * missing, "normal")) if missing > 0 else line


def joined(cells: Iterable[Line]) -> Line:
    """Put one space after each of the cells of a row."""
    space: Span = (" ", "normal")
    return tuple(span for cell in cells for span in (*cell, space))
