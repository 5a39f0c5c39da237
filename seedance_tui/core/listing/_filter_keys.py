"""What a filter asks of an entry and a sort puts in order: each fact is read in one place."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import NamedTuple
from unicodedata import normalize

from ...api.models import Phase
from ..model.entry import Entry, Mark
from ..text.sanitize import safe

_SPAN = {"s": 1.0, "m": 60.0, "h": 3600.0, "d": 86_400.0}
_COUNT = {"k": 1e3, "m": 1e6}
_YES_NO = ("yes", "no")


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

LONG_TEXTS: Mapping[str, Texts] = {
    "label": lambda entry: (entry.watched.label,),
    "tag": lambda entry: entry.watched.tags,
    "note": lambda entry: (entry.watched.note,),
    "id": lambda entry: (entry.id,),
    "model": lambda entry: (entry.upstream.model,),
    "error": _errors,
    "action": lambda entry: (entry.task.action if entry.task else None,),
    "upstream": lambda entry: (entry.upstream.id, entry.upstream.status),
}
"""Texts that hold what is asked for; `upstream` is the other service's ID and status."""

SHORT_TEXTS: Mapping[str, Texts] = {
    "ratio": lambda entry: (entry.upstream.ratio,),
    "resolution": lambda entry: (entry.upstream.resolution,),
    "sr": lambda entry: (entry.upstream.super_resolution,),
    "tier": lambda entry: (entry.upstream.service_tier,),
}
"""Words that begin with what is asked for, lest `ratio:9` find 16:9."""

FLAGS: Mapping[str, Callable[[Entry], bool | None]] = {
    "saved": lambda entry: entry.is_saved,
    "sr": lambda entry: entry.upstream.super_resolution is not None,
    "audio": lambda entry: entry.upstream.generate_audio,
    "draft": lambda entry: entry.upstream.draft,
}
"""What is so or not; None, where the server did not say, is neither."""

QUANTITIES: Mapping[str, Quantity] = {
    "age": Quantity(lambda entry, now: now - entry.began_at, _SPAN, "<", "2h"),
    "expires": Quantity(_time_left, _SPAN, "<", "3h"),
    "tokens": Quantity(lambda entry, now: entry.billed_tokens, _COUNT, ">", "200k"),
    "duration": Quantity(lambda entry, now: entry.upstream.duration, _SPAN, ">=", "8"),
    "progress": Quantity(_percent, {"%": 1.0}, ">=", "50"),
    "seed": Quantity(lambda entry, now: entry.upstream.seed, {}, "=", "4304"),
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
