"""What the filter offers as values: those that occur in the list, the most frequent first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence

from ..model.entry import Entry
from ._filter_keys import LONG_TEXTS, SHORT_TEXTS

_READERS = {**LONG_TEXTS, **SHORT_TEXTS}
_LONGEST = 60
"""Characters of a value above which it is no word to be completed, as an error's sentence."""


class FilterValues(Mapping[str, Collection[str]]):
    """The values of `entries` by key, each gathered when it is first asked for."""

    def __init__(self, entries: Sequence[Entry]) -> None:
        self._entries = entries
        self._gathered: dict[str, Collection[str]] = {}

    def __getitem__(self, key: str) -> Collection[str]:
        """Return the values that occur; KeyError for a key of which none are offered."""
        if key not in self._gathered:
            read = _READERS[key]
            found = Counter(text for entry in self._entries for text in read(entry) if text)
            words = sorted(found, key=lambda word: (-found[word], word))
            self._gathered[key] = [word for word in words if len(word) <= _LONGEST]
        return self._gathered[key]

    def __iter__(self) -> Iterator[str]:
        """Name the keys that have values."""
        return iter(_READERS)

    def __len__(self) -> int:
        """Count them."""
        return len(_READERS)
