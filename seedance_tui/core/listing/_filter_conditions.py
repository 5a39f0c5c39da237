"""What each word of a filter asks of a task: a text, a field, an amount."""

from __future__ import annotations

import operator
import re
from collections.abc import Callable
from difflib import get_close_matches
from enum import StrEnum

from ...api.models import Phase
from ..model.entry import Entry, Mark
from ..text.i18n import _
from ._filter_keys import (
    CHOICES,
    FLAGS,
    KEYS,
    LONG_TEXTS,
    QUANTITIES,
    SHORT_TEXTS,
    QueryError,
    folded,
    haystack,
)

Condition = Callable[[Entry, float], bool]
"""Takes the moment in Unix seconds too."""

_SIGNS = {"≤": "<=", "≥": ">=", "《": "<", "》": ">", "=": ":"}
"""Signs that mean another; a Chinese keyboard gives the brackets."""
_COMPARISONS = {"<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge}
_NUMBER = r"[0-9]+(?:\.[0-9]+)?"
_AMOUNT = re.compile(rf"-?(?:{_NUMBER}|(?:{_NUMBER}[a-z%])+)")
_PART = re.compile(r"([0-9]+)((?:\.[0-9]+)?)([a-z%]?)")
_SEED = re.compile(r"-?[0-9]{3,}")
"""A number that may be the beginning of a seed; a shorter one is the number of a take."""
_UNSHOWN = (Phase.ENDED, Phase.UNKNOWN)
"""Phases that have no word of their own on the screen: the server's stands there."""


def negated(condition: Condition) -> Condition:
    """Turn a condition round."""
    return lambda entry, now: not condition(entry, now)


def of_word(word: str) -> Condition:
    """Look for a folded word wherever the user may have seen it."""
    phases = {p for p in Phase if p not in _UNSHOWN and any(word in w for w in _words(p))}
    if _SEED.fullmatch(word):
        return lambda entry, now: word in haystack(entry) or _seed(entry).startswith(word)
    return lambda entry, now: word in haystack(entry) or entry.status.phase in phases


def _seed(entry: Entry) -> str:
    return "" if entry.upstream.seed is None else str(entry.upstream.seed)


def of_field(key: str, sign: str, value: str) -> Condition:
    """Ask a field; raise QueryError for a key, a sign or a value that does not fit."""
    key, sign, value = key.casefold(), _SIGNS.get(sign, sign), folded(value).strip()
    if key not in KEYS:
        raise QueryError(_unknown(key))
    if not value:
        raise QueryError(_('"{key}" needs a value.').format(key=key))
    if key in QUANTITIES:
        return _quantity(key, sign, value)
    if sign != ":":
        words = _('"{key}" cannot be compared; use {example}.')
        raise QueryError(words.format(key=key, example=f"{key}:{value}"))
    if key == "status":
        return _status(value)
    if key == "is":
        return _mark(value)
    return _flag(key, value) if key in FLAGS else _text(key, value)


def _unknown(key: str) -> str:
    for nearest in get_close_matches(key, KEYS, 1):
        words = _('Unknown field "{key}". Did you mean "{nearest}"?')
        return words.format(key=key, nearest=nearest)
    return _('Unknown field "{key}". To search for this text, put it in quotes.').format(key=key)


def _text(key: str, value: str) -> Condition:
    read = LONG_TEXTS.get(key) or SHORT_TEXTS[key]
    fits = operator.contains if key in LONG_TEXTS else str.startswith
    return lambda entry, now: any(text and fits(folded(text), value) for text in read(entry))


def _flag(key: str, value: str) -> Condition:
    truth = _truth(value)
    if truth is not None:
        return lambda entry, now: FLAGS[key](entry) is truth
    if key in SHORT_TEXTS:
        return _text(key, value)
    raise QueryError(_not_one_of(key, value))


def _truth(value: str) -> bool | None:
    yes, no = (
        ("yes", "y", "true", "1", folded(_("yes"))),
        ("no", "n", "false", "0", folded(_("no"))),
    )
    return True if value in yes else False if value in no else None


def _status(value: str) -> Condition:
    phases = _named(Phase, value)
    asks_open = any(word.startswith(value) for word in ("open", folded(_("open"))))

    def condition(entry: Entry, now: float) -> bool:
        status = entry.status
        if status.phase in phases or (asks_open and status.is_open):
            return True
        return folded(status.word).startswith(value)

    return condition


def _mark(value: str) -> Condition:
    marks = _named(Mark, value)
    if not marks:
        raise QueryError(_not_one_of("is", value))

    def condition(entry: Entry, now: float) -> bool:
        # A link is expired, a download failed, a task slow, also where a mark that matters more
        # stands there.
        return (
            entry.mark(now) in marks
            or (Mark.EXPIRED in marks and entry.is_expired(now))
            or (Mark.LOST in marks and entry.lost_at(now) is not None)
            or (Mark.NOT_SAVED in marks and entry.has_failed_download)
            or (Mark.SLOW in marks and entry.is_slow(now))
        )

    return condition


def _named(kind: type[Phase] | type[Mark], value: str) -> frozenset[StrEnum]:
    """The members whose word begins so, in English or in the language chosen."""
    return frozenset(m for m in kind if any(word.startswith(value) for word in _words(m)))


def _words(member: StrEnum) -> tuple[str, ...]:
    return member.value, folded(_(member.value)), folded(_(member.value.capitalize()))


def _not_one_of(key: str, value: str) -> str:
    words = _('"{key}" must be one of {choices}, not "{value}".')
    return words.format(key=key, choices=", ".join(CHOICES[key]), value=value)


def _quantity(key: str, sign: str, value: str) -> Condition:
    read, (amount, step) = QUANTITIES[key].read, _amount(key, value)

    def equal(number: float, amount: float) -> bool:
        return amount <= number < amount + step

    compare = _COMPARISONS.get(sign, equal)

    def condition(entry: Entry, now: float) -> bool:
        number = read(entry, now)
        return number is not None and compare(number, amount)

    return condition


def _amount(key: str, value: str) -> tuple[float, float]:
    """Read `2h10m` or `1.5k`: the amount, and the unit of its last place.

    A number is equal as far as it is written: `245k` is what is shown as 245,025 too.
    """
    units = {"": 1.0, **QUANTITIES[key].units}
    parts = _PART.findall(value) if _AMOUNT.fullmatch(value) else ()
    if not parts or any(unit not in units for _whole, _decimals, unit in parts):
        asked = QUANTITIES[key]
        words = _('"{value}" is not a valid value for "{key}"; use e.g. {example}.')
        example = f"{key}{asked.sign}{asked.example}"
        raise QueryError(words.format(value=value, key=key, example=example))
    amount = sum(float(whole + decimals) * units[unit] for whole, decimals, unit in parts)
    _whole, decimals, unit = parts[-1]
    step = units[unit] / 10.0 ** max(0, len(decimals) - 1)
    return (-amount if value.startswith("-") else amount), step
