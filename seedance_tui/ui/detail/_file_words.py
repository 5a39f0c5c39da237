"""What becomes of a task's files, in words."""

from __future__ import annotations

from collections.abc import Iterator

from ...api.links import Kind
from ...core.model.entry import Entry
from ...core.model.file_states import (
    FileState,
    NotSaved,
    Paused,
    Saved,
    Saving,
    Waiting,
    extent,
    fraction,
    shown,
)
from ...core.model.outcomes import sentence
from ...core.text.i18n import _
from ...core.text.sanitize import safe
from ..drawing import format as fmt
from ..drawing.glyphs import glyphs
from ..drawing.spans import Span


def file_words(entry: Entry, now: float) -> Iterator[Span]:
    """A sentence for each file of which anything is known."""
    for kind in Kind:
        if state := shown(entry.files.get(kind)):
            words, role = state_words(state, now)
            yield _("{name}: {what}").format(name=_named(kind), what=words), role


def remark_words(entry: Entry) -> Iterator[Span]:
    """What a person would not expect of a saved file, and which of several links it came from."""
    for kind in Kind:
        state, link = entry.files.get(kind), entry.link(kind)
        if not isinstance(state, Saved):
            continue
        from ...core.downloads.remarks import remark_texts, source_text

        words = _("{name}: {what}")
        for text in remark_texts(state):
            yield safe(words.format(name=_named(kind), what=text)), "warn"
        if state.source and link and len(link.candidates) > 1:
            yield safe(words.format(name=_named(kind), what=source_text(state))), "dim"


def state_words(state: FileState, now: float) -> Span:
    """What becomes of a file, safe to show."""
    match state:
        case Waiting():
            return _waiting(state, now), "warn" if state.problem else "normal"
        case Saving():
            return _saving(state), "accent"
        case Paused():
            return " ".join((_("paused"), *_extent(state))), "warn"
        case Saved(path=path):
            return _("saved as {path}").format(path=safe(fmt.home(path))), "normal"
        case NotSaved(problem=problem):
            return safe(_("not saved: {reason}").format(reason=sentence(problem))), "bad"


def _named(kind: Kind) -> str:
    if kind.number > 1:
        return _("Result {n}").format(n=kind.number)
    return {
        Kind.RESULT: _("Result"),
        Kind.ORIGINAL: _("Original"),
        Kind.LAST_FRAME: _("Last frame"),
    }[kind]


def _waiting(state: Waiting, now: float) -> str:
    words = " ".join((_("waiting"), *_extent(state)))
    if state.retry_at is not None:
        again = fmt.in_words(fmt.span(max(0.0, state.retry_at - now)))
        words += glyphs().joint + _("retrying in {time}").format(time=again)
    if state.problem:
        words += glyphs().joint + safe(sentence(state.problem))
    return words


def _saving(state: Saving) -> str:
    parts = [" ".join((_("saving"), *_extent(state)))]
    if state.speed:
        parts.append(f"{fmt.size(state.speed)}/s")
    if state.left is not None:
        parts.append(_("{time} left").format(time=fmt.in_words(fmt.going(state.left))))
    return glyphs().joint.join(parts)


def _extent(state: FileState) -> list[str]:
    """How much of how much, and the share; empty before the first byte."""
    received, total = extent(state)
    if not received and not total:
        return []
    return [part for part in (fmt.size_of(received, total), fmt.percent(fraction(state))) if part]
