"""How a half-typed word of the filter may go on."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from unicodedata import normalize

from ..text.sanitize import safe
from ._filter_keys import CHOICES, KEYS, QUANTITIES, folded
from .filter import FIELD, WORD

_QUOTES = re.compile('["“”＂]')


def complete(
    text: str, cursor: int, values: Mapping[str, Collection[str]] | None = None
) -> tuple[str, ...]:
    """Return what may stand in place of the word that ends at the cursor, keys or values.

    `values` holds, by key, values that occur in the list, such as its tags and models. Within a
    word nothing is offered.
    """
    typed = text[_start(text, cursor) : cursor]
    if text[cursor : cursor + 1].strip():
        return ()
    words = dict.fromkeys(_words(normalize("NFKC", typed), values or {}))
    return tuple(word for word in words if word != typed)


def completed(text: str, cursor: int, word: str) -> tuple[str, int]:
    """Put a word that `complete` returned in its place; return the text and the cursor."""
    start = _start(text, cursor)
    return text[:start] + word + text[cursor:], start + len(word)


def _start(text: str, cursor: int) -> int:
    """Where the word begins that ends at the cursor."""
    for match in WORD.finditer(text[:cursor]):
        if match.end() == len(text[:cursor]):
            return match.start()
    return cursor


def _words(typed: str, values: Mapping[str, Collection[str]]) -> Iterator[str]:
    asked = typed.removeprefix("!")
    bang = typed[: len(typed) - len(asked)]
    match = FIELD.fullmatch(asked)
    if match is None:
        for key in KEYS:
            if key.startswith(asked.casefold()):
                yield f"{bang}{key}{QUANTITIES[key].sign if key in QUANTITIES else ':'}"
    elif (key := match[1].casefold()) not in QUANTITIES:
        for value in _values(key, folded(match[3]), values):
            yield f"{bang}{match[1]}{match[2]}{value}"


def _values(key: str, typed: str, values: Mapping[str, Collection[str]]) -> Iterator[str]:
    """Choices that begin so, then values of the list that hold it, first those that begin so.

    Among these they stand as `values` has them: the most frequent first.
    """
    yield from (_quoted(choice) for choice in CHOICES.get(key, ()) if choice.startswith(typed))
    found = [value for value in values.get(key, ()) if typed in folded(value)]
    for value in sorted(found, key=lambda value: not folded(value).startswith(typed)):
        if folded(word := _QUOTES.sub("", safe(value))).strip():  # an empty value asks nothing
            yield _quoted(word)


def _quoted(value: str) -> str:
    return value if value.split() == [value] else f'"{value}"'
