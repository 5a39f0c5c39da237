"""The tasks whose status has changed since the user last selected them."""

from __future__ import annotations

from collections.abc import Iterable

from ..model.entry import Entry


class UnseenTasks:
    """Keeps two sets of task IDs: `unseen` for the dot, `ranked` for the sort order.

    Selecting a task removes its dot at once. Its rank, like that of a task whose video was just
    saved, stays until `settle`, so that a row does not move while the user looks at it.
    """

    def __init__(self) -> None:
        self.unseen: frozenset[str] = frozenset()
        """Tasks with a dot."""
        self.ranked: frozenset[str] = frozenset()
        """Tasks that the list sorts first because they are unseen, or were until a moment ago."""
        self.just_saved: frozenset[str] = frozenset()
        """Tasks whose result was saved since the last `settle`: they keep their rank until then."""
        self.news: dict[str, bool] = {}
        """What this run writes to the history at its end, by task ID: whether it is unseen."""

    def restore(self, task_ids: Iterable[str]) -> None:
        """Mark these tasks as unseen, such as an earlier run has left them."""
        self.unseen |= frozenset(task_ids)
        self.ranked |= self.unseen

    def changed(self, before: Entry | None, after: Entry | None) -> None:
        """Mark a task as unseen if a response has changed its status."""
        if before and after and before.task and before.status != after.status:
            self.restore([after.id])
            self.news[after.id] = True

    def saved(self, task_id: str) -> None:
        """Note that the result of a task was saved."""
        self.just_saved |= {task_id}

    def look(self, task_id: str) -> None:
        """Mark a task as seen: the user has selected it."""
        if task_id in self.unseen:
            self.unseen -= {task_id}
            self.news[task_id] = False

    def settle(self) -> None:
        """Drop the ranks of tasks that are seen or saved: the list is about to be sorted."""
        self.ranked = self.unseen
        self.just_saved = frozenset()
