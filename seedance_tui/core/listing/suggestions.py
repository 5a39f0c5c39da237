"""What a filter that finds nothing could have meant: a field for a word, a value like another."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from difflib import get_close_matches

from ..model.entry import Entry
from ..text.sanitize import safe
from ._filter_keys import LONG_TEXTS, QUANTITIES, SHORT_TEXTS, folded
from .filter import FIELD, WORD, QueryError, parse
from .filter_values import FilterValues

_FIELDS = tuple(dict.fromkeys(("seed", *SHORT_TEXTS, *LONG_TEXTS, "tokens", *QUANTITIES)))
"""Where a word is looked for, the likeliest field first."""


def suggest(text: str, entries: Sequence[Entry], now: float) -> str:
    """Return a filter that differs in one word and finds a task; empty where there is none."""
    if not entries:
        return ""
    for word in WORD.findall(safe(text)):
        for other in _others(word.removeprefix("!"), entries):
            changed = text.replace(word, other, 1)
            try:
                query = parse(changed)
            except QueryError:
                continue
            if any(query.holds(entry, now) for entry in entries):
                return changed
    return ""


def _others(word: str, entries: Sequence[Entry]) -> Iterator[str]:
    """What could be meant by a word: the field that has it, or a value that looks like it."""
    match = FIELD.fullmatch(word)
    values = FilterValues(entries)
    if match is None:
        yield from (f"{key}:{word}" for key in _FIELDS)
        return
    key, _sign, value = match.groups()
    known = {folded(one): one for one in values.get(key.casefold(), ())}
    for near in get_close_matches(folded(value), list(known), 1):
        yield f"{key}:{_quoted(known[near])}"
    yield value


def _quoted(value: str) -> str:
    return value if value.split() == [value] else f'"{value}"'
