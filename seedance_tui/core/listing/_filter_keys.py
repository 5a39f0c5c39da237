"""What a filter asks of an entry and a sort puts in order: each fact is read in one place."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import NamedTuple
from unicodedata import normalize

from ...api.json_values import as_number
from ...api.models import Phase
from ..model.entry import Entry, Mark
from ..model.fields import SPECS, FieldSpec, FilterKey, Look
from ..text.sanitize import safe

_SPAN = {"s": 1.0, "m": 60.0, "h": 3600.0, "d": 86_400.0}
_COUNT = {"k": 1e3, "m": 1e6}
_YES_NO = ("yes", "no")


class QueryError(ValueError):
    """The filter cannot be understood; its text tells the user why."""


def folded(text: str) -> str:
    """Text as it is compared: as shown, in one case and one width, without quotation marks."""
    if not text.isprintable():
        text = safe(text)
    if not text.isascii():
        text = normalize("NFKC", text).replace("“", "").replace("”", "")
    return text.replace('"', "").casefold()


def haystack(entry: Entry) -> str:
    """Return all that a plain word is looked for in, folded, a line for each text."""
    watched, task = entry.watched, entry.task
    said = (task.upstream.model or "", task.status.word) if task else ()
    return _lines((watched.label, watched.id, watched.note, *watched.tags, *said))


@lru_cache(maxsize=2**15)
def _lines(texts: tuple[str, ...]) -> str:
    """Kept, for the whole list is searched again with every key that is pressed."""
    return "\n".join([folded(text) for text in texts])


def _errors(entry: Entry) -> tuple[str | None, ...]:
    task = entry.task
    if task is None:
        return ()
    is_without_video = task.status.phase.is_lost or entry.lacks_link
    reason = task.reason if is_without_video else None
    return task.upstream.error_code, task.upstream.error_message, reason


def _time_left(entry: Entry, now: float) -> float | None:
    dies = entry.deadline(now)
    return None if dies is None else dies - now


def _percent(entry: Entry, now: float) -> float | None:
    share = entry.task.progress if entry.task else None
    return None if share is None else round(share * 100, 6)


class Quantity(NamedTuple):
    """A number that an entry may have; `sign` and `example` show how one asks for it."""

    read: Callable[[Entry, float], float | None]
    units: Mapping[str, float]
    sign: str
    example: str


Texts = Callable[[Entry], tuple[str | None, ...]]


def _of_kind(kind: str) -> Mapping[str, FieldSpec]:
    """The fields of the registry that a filter asks for in that way, by what it calls them."""
    return {s.filter.name: s for s in SPECS if s.filter and s.filter.kind == kind}


def _texts(spec: FieldSpec) -> Texts:
    def read(entry: Entry) -> tuple[str | None, ...]:
        value = spec.read(entry.task)
        return (None if value is None else str(value),)

    return read


def _flag(spec: FieldSpec) -> Callable[[Entry], bool | None]:
    def read(entry: Entry) -> bool | None:
        value = spec.read(entry.task)
        return None if value is None else bool(value)

    return read


def _number(spec: FieldSpec) -> Quantity:
    def read(entry: Entry, now: float) -> float | None:
        return as_number(spec.read(entry.task))

    asked = spec.filter or FilterKey("", "number")
    units = _SPAN if spec.look is Look.SECONDS else {}
    return Quantity(read, units, asked.sign, asked.example)


LONG_TEXTS: Mapping[str, Texts] = {
    "label": lambda entry: (entry.watched.label,),
    "tag": lambda entry: entry.watched.tags,
    "note": lambda entry: (entry.watched.note,),
    "id": lambda entry: (entry.id,),
    "error": _errors,
    "upstream": lambda entry: (entry.upstream.id, entry.upstream.status),
    **{name: _texts(spec) for name, spec in _of_kind("contains").items()},
}
"""Texts that hold what is asked for; `upstream` is the other service's ID and status."""

SHORT_TEXTS: Mapping[str, Texts] = {name: _texts(spec) for name, spec in _of_kind("begins").items()}
"""Words that begin with what is asked for, lest `ratio:9` find 16:9."""

FLAGS: Mapping[str, Callable[[Entry], bool | None]] = {
    "saved": lambda entry: entry.is_saved,
    "pick": lambda entry: entry.watched.pick,
    "sr": lambda entry: entry.upstream.super_resolution is not None,
    **{name: _flag(spec) for name, spec in _of_kind("flag").items()},
}
"""What is so or not; None, where the server did not say, is neither."""

QUANTITIES: Mapping[str, Quantity] = {
    "age": Quantity(lambda entry, now: now - entry.began_at, _SPAN, "<", "2h"),
    "expires": Quantity(_time_left, _SPAN, "<", "3h"),
    "tokens": Quantity(lambda entry, now: entry.billed_tokens, _COUNT, ">", "200k"),
    "progress": Quantity(_percent, {"%": 1.0}, ">=", "50"),
    **{name: _number(spec) for name, spec in _of_kind("number").items()},
}
"""Numbers: spans in seconds, progress in hundredths."""

CHOICES: Mapping[str, tuple[str, ...]] = {
    "status": ("open", *(phase.value for phase in Phase)),
    "is": tuple(mark.value for mark in Mark),
    **dict.fromkeys(FLAGS, _YES_NO),
}
"""The values of the keys that have but a few."""

KEYS = tuple(dict.fromkeys((*CHOICES, *LONG_TEXTS, *SHORT_TEXTS, *QUANTITIES)))
"""Every key that a filter knows."""
