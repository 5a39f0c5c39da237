"""New entries at the end of a long watch list, without the others being read."""

from __future__ import annotations

from collections.abc import Sequence

from ..model.watched import Watched
from ._document import appended, ends_with_a_table, find_tables
from .changes import END, Change


def are_appended(changes: Sequence[Change]) -> bool:
    """Whether all that the changes do is to add entries behind the others."""
    steps = [step for change in changes for step in change.steps]
    return bool(steps) and all(
        step.before is None and step.after is not None and step.index >= END for step in steps
    )


def with_entries(content: bytes, entries: Sequence[Watched]) -> bytes | None:
    """Return the document with the entries behind the others.

    None where that takes reading it all: one of them may be there, or its end is damaged.
    """
    is_new = find_tables(content, [one.id for one in entries]) == {}
    if not is_new or not ends_with_a_table(content):
        return None
    return appended(content, [one.to_table() for one in entries])
