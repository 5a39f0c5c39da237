"""Changes of the watch list, and many levels of undo and redo for them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, fields, replace

from ..model.watched import Watched

END = 2**31
"""A place behind every other: what goes there is added without the others being read."""


@dataclass(frozen=True, slots=True)
class Step:
    """One entry before and after: None before is an addition, None after a removal.

    What leaves the list goes to the archive; an entry that has been put away is one of that.
    `index` is its place in the list, where it goes when it comes back.
    """

    index: int
    before: Watched | None
    after: Watched | None

    @property
    def entry(self) -> Watched:
        """The entry as it becomes, or as it was where it goes."""
        entry = self.after or self.before
        assert entry is not None, "a step changes something"  # noqa: S101
        return entry

    @property
    def id(self) -> str:
        """The task whose entry changes."""
        return self.entry.id

    @property
    def is_of_archive(self) -> bool:
        """Whether it leaves the list as it is: it deletes from the archive, or takes that back."""
        return self.entry.archived is not None


@dataclass(frozen=True, slots=True)
class Change:
    """Steps that belong together: they are done, undone and redone as one."""

    steps: tuple[Step, ...]

    def inverse(self) -> Change:
        """Return the change that takes this one back."""
        return Change(tuple(Step(s.index, s.after, s.before) for s in reversed(self.steps)))

    def apply(self, watched: Iterable[Watched]) -> tuple[Watched, ...]:
        """Return the list with the change made; steps that no longer fit are passed over.

        Entries that come back do so in the order of their places, so that each finds its own.
        """
        steps = [step for step in self.steps if not step.is_of_archive]
        removed = {s.id for s in steps if s.after is None}
        edited = {s.id: s for s in steps if s.before and s.after}
        result = [
            _edited(entry, edited[entry.id]) if entry.id in edited else entry
            for entry in watched
            if entry.id not in removed
        ]
        known = {entry.id for entry in result}
        for step in sorted(steps, key=lambda step: step.index):
            if step.before is None and step.after is not None and step.id not in known:
                result.insert(step.index, step.after)
                known.add(step.id)
        return tuple(result)


def _edited(current: Watched, step: Step) -> Watched:
    """Change only the fields that the step changes: the others may be another instance's."""
    changes = {
        f.name: getattr(step.after, f.name)
        for f in fields(Watched)
        if getattr(step.before, f.name) != getattr(step.after, f.name)
    }
    return replace(current, **changes)


class Undo:
    """The changes made, and those taken back."""

    def __init__(self) -> None:
        self._done: list[Change] = []
        self._undone: list[Change] = []

    @property
    def can_undo(self) -> bool:
        """Whether there is anything to take back."""
        return bool(self._done)

    def did(self, change: Change) -> None:
        """Remember a new change; what was taken back before can no longer be redone."""
        self._done.append(change)
        self._undone.clear()

    def undo(self) -> Change | None:
        """Return the change that takes the last one back, None if there is none."""
        if not self._done:
            return None
        self._undone.append(self._done.pop())
        return self._undone[-1].inverse()

    def redo(self) -> Change | None:
        """Return the change that was last taken back, to make it again."""
        if not self._undone:
            return None
        self._done.append(self._undone.pop())
        return self._done[-1]
