"""IDs and tags of the watch list, as a completion asks for them while somebody waits.

It reads the list alone: neither the history nor the network.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from ...core.watchlist.file import WatchListFile


def watched_words(path: Path, question: str, typed: str) -> Iterator[tuple[str, ...]]:
    """Return IDs, each with its label, or tags: those that begin so, or whose labels do."""
    watched = WatchListFile(path).load().watched
    typed = typed.casefold()
    if question == "tags":
        tags = dict.fromkeys(tag for one in watched for tag in one.tags)
        yield from ((tag,) for tag in tags if tag.casefold().startswith(typed))
        return
    for one in watched:
        if any(text.casefold().startswith(typed) for text in (one.id, one.label)):
            yield one.id, one.label
