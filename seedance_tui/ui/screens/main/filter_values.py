"""What the filter offers as values: those that occur in the list."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence

from ....core.model.entry import Entry


class FilterValues(Mapping[str, Collection[str]]):
    """The tags and models of `entries`, each gathered when it is first asked for."""

    def __init__(self, entries: Sequence[Entry]) -> None:
        self._entries = entries
        self._gathered: dict[str, Collection[str]] = {}

    def __getitem__(self, key: str) -> Collection[str]:
        """Return the values that occur; KeyError for a key of which none are offered."""
        if key not in self._gathered:
            self._gathered[key] = _GATHER[key](self._entries)
        return self._gathered[key]

    def __iter__(self) -> Iterator[str]:
        """Name the keys that have values."""
        return iter(_GATHER)

    def __len__(self) -> int:
        """Count them."""
        return len(_GATHER)


def _tags(entries: Sequence[Entry]) -> set[str]:
    return {tag for entry in entries for tag in entry.watched.tags}


def _models(entries: Sequence[Entry]) -> set[str]:
    upstreams = (entry.task.upstream for entry in entries if entry.task)
    return {upstream.model for upstream in upstreams if upstream.model}


_GATHER: Mapping[str, Callable[[Sequence[Entry]], set[str]]] = {"tag": _tags, "model": _models}
