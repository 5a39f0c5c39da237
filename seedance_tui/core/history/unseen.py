"""Which tasks have changed since the user last looked at them."""

from __future__ import annotations

from collections.abc import Iterable

from ..model.entry import Entry


class UnseenTasks:
    """`unseen` are the IDs with a dot; `ranked` those that the order of the list puts in front.

    Looking takes the dot away at once, and saving takes the need away, but the row stays where
    it is until the list is put in order anew: rows do not run from who looks at them.
    """

    def __init__(self) -> None:
        self.unseen: frozenset[str] = frozenset()
        self.ranked: frozenset[str] = frozenset()
        self.just_saved: frozenset[str] = frozenset()
        """Those whose result was saved since the list was put in order."""
        self.news: dict[str, bool] = {}
        """What this run has to add to the record: whether a task waits to be looked at."""

    def restore(self, task_ids: Iterable[str]) -> None:
        """Take up what an earlier run left unseen."""
        self.unseen |= frozenset(task_ids)
        self.ranked |= self.unseen

    def changed(self, before: Entry | None, after: Entry | None) -> None:
        """Take in a response: another status of a known task wants to be looked at."""
        if before and after and before.task and before.status != after.status:
            self.restore([after.id])
            self.news[after.id] = True

    def saved(self, task_id: str) -> None:
        """Take in that a result was saved."""
        self.just_saved |= {task_id}

    def look(self, task_id: str) -> None:
        """Take the dot away."""
        if task_id in self.unseen:
            self.unseen -= {task_id}
            self.news[task_id] = False

    def settle(self) -> None:
        """Let what was looked at, or saved, take its usual place."""
        self.ranked = self.unseen
        self.just_saved = frozenset()
