"""The filter: what is typed after `/` becomes conditions, all of which a task has to meet.

`tea "take 3" !draft` looks for words, `status:failed` asks a field, `age<2h` compares a number;
`!` before any of them turns it round. Full-width forms do as well: `status：failed`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from unicodedata import normalize

from ..model.entry import Entry
from ..text.sanitize import safe
from ._filter_keys import QueryError, folded

if TYPE_CHECKING:
    from ._filter_conditions import Condition

__all__ = ["FIELD", "WORD", "Query", "QueryError", "parse"]

WORD = re.compile(r'(?:["“”＂][^"“”＂]*["“”＂]?|[^\s"“”＂])+')
"""A word of a filter: a space between quotation marks does not end it."""
FIELD = re.compile(r"([A-Za-z_]+)(:|[<>]=?|[=≤≥《》])(.*)", re.DOTALL)
"""Key, sign and value of a word that asks a field; only the first colon counts."""


@dataclass(frozen=True, slots=True)
class Query:
    """A filter that is understood; an empty one holds for every task."""

    text: str = ""
    conditions: tuple[Condition, ...] = field(default=(), compare=False, repr=False)

    @property
    def is_empty(self) -> bool:
        """Whether it asks for nothing, and so holds for every task."""
        return not self.conditions

    def holds(self, entry: Entry, now: float) -> bool:
        """Whether the task meets every condition; `now` in Unix seconds."""
        return all(condition(entry, now) for condition in self.conditions)


def parse(text: str) -> Query:
    """Understand a filter, or raise QueryError; what is not yet a word asks for nothing."""
    return Query(text, tuple(_conditions(text)) if text else ())


def _conditions(text: str) -> Iterator[Condition]:
    from ._filter_conditions import negated, of_field, of_word

    for word in WORD.findall(safe(text)):
        word = normalize("NFKC", word)
        asked = word.removeprefix("!")
        if match := FIELD.fullmatch(asked):
            condition = of_field(*match.groups())
        elif folded(asked):
            condition = of_word(folded(asked))
        else:
            continue
        yield condition if asked == word else negated(condition)
