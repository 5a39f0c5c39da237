"""What was changed under the lock a moment ago: written into the lock file itself.

An editor knows no lock. It may write back what it had read before such a change, and take the
change away without meaning to; with the journal it can be made again.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, BinaryIO, Self

import tomli_w

from ..model.watched import Watched
from .changes import Change, Step

_UNSETTLED_SECONDS = 10.0
"""How long an editor may take between reading a file and writing it back unawares."""

Stamp = tuple[int, int, int]
"""What changes with a file: when it was written, how long it is, and which it is."""


@dataclass(frozen=True, slots=True)
class Journal:
    """The file as the last change under the lock left it, and the changes of late, oldest first."""

    stamp: Stamp | None = None
    recent: tuple[tuple[float, Change], ...] = ()

    @classmethod
    def read(cls, file: BinaryIO) -> Self:
        """Read what stands in the lock file; nothing if that is not readable."""
        file.seek(0)
        try:
            document = tomllib.loads(file.read().decode())
            stamp = tuple(document["stamp"])
            recent = tuple((entry["at"], _change(entry["steps"])) for entry in document["recent"])
        except (ValueError, KeyError, TypeError):
            return cls()
        return cls(stamp, recent)

    def write(self, file: BinaryIO) -> None:
        """Put it into the lock file in place of what stood there."""
        recent = [{"at": at, "steps": _tables(change)} for at, change in self.recent]
        content = tomli_w.dumps({"stamp": list(self.stamp or ()), "recent": recent})
        file.seek(0)
        file.truncate()
        file.write(content.encode("utf-8", "replace"))
        file.flush()

    def unsettled(self, now: float) -> tuple[Change, ...]:
        """Return the changes that an editor may not have known; `now` in Unix seconds."""
        return tuple(change for at, change in self.recent if 0 <= now - at < _UNSETTLED_SECONDS)

    def after(self, stamp: Stamp | None, changes: Iterable[Change], now: float) -> Journal:
        """Return the journal with these changes made, and without what has settled."""
        kept = tuple(one for one in self.recent if 0 <= now - one[0] < _UNSETTLED_SECONDS)
        return Journal(stamp, (*kept, *((now, change) for change in changes)))


def _tables(change: Change) -> list[dict[str, Any]]:
    """Write the steps as tables, in which a side that is None is left out."""
    return [
        {"index": step.index}
        | {
            name: side.to_table()
            for name, side in (("before", step.before), ("after", step.after))
            if side is not None
        }
        for step in change.steps
    ]


def _change(tables: list[dict[str, Any]]) -> Change:
    return Change(
        tuple(
            Step(table["index"], _side(table.get("before")), _side(table.get("after")))
            for table in tables
        )
    )


def _side(table: dict[str, Any] | None) -> Watched | None:
    return None if table is None else Watched.from_table(table)
