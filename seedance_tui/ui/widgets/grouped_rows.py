"""Rows of tasks in groups, which fold."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from operator import is_

from textual.reactive import reactive

from ...core.listing.listing import Group, around, group_of, parted
from ...core.model.entry import Entry
from .rows import Rows

GroupShown = tuple[Group, tuple[Entry, ...]]
"""A group and its tasks."""


class GroupedRows(Rows):
    """Attributes: `entries` in the order of the rows, `cursor` a task ID.

    `groups` part the entries; each has a row above its tasks, and the cursor's key there is the
    group's.
    """

    entries: reactive[tuple[Entry, ...]] = reactive((), repaint=False)

    groups: tuple[Group, ...] = ()
    """Set before the entries that they part; `lay_out` shows such as came alone."""
    _folds: frozenset[Hashable] = frozenset()
    """The keys of the groups whose tasks have no rows."""
    _rows: Sequence[int] = ()
    """By row: the place of its task in `entries`, or of its group, from -1 down."""
    _laid_out: tuple[object, ...] = ()
    """What the rows were made of."""
    _sought: str | None = None
    """A task whose group is unfolded as soon as it has one."""

    @property
    def first(self) -> Hashable | None:
        """The first task, or the head of its group if that is folded."""
        shown = (key for key in self._keys[:2] if isinstance(key, str))
        return next(shown, super().first)

    @property
    def number(self) -> int:
        """The place of the cursor's task among the entries, from 1; 0 where it is on no task."""
        return max(self._row + 1, 0)

    @property
    def group_here(self) -> Group | None:
        """The group whose head the cursor is on."""
        return self.groups[~self._row] if self.groups and self._row < 0 else None

    @property
    def members_here(self) -> GroupShown | None:
        """That group and its tasks."""
        group = self.group_here
        return (group, self.entries[group.start : group.end]) if group else None

    @property
    def _row(self) -> int:
        """What the row of the cursor shows, as `_rows` has it."""
        return self._rows[self.place] if self._rows else -1

    def choose(self, key: Hashable) -> None:
        """Put the cursor on a task, of which the group is unfolded, or on the head of a group."""
        self._sought = key if isinstance(key, str) and key not in self._places else None
        self.lay_out()
        super().choose(key)

    def fold(self, *, is_folded: bool | None = None) -> bool:
        """Fold or unfold the group of the cursor, None turns it; whether the cursor has one."""
        if (group := around(self.groups, self._row)) is None:
            return False
        if is_folded is None:
            is_folded = group.key not in self._folds
        if is_folded:
            self.choose(group.key)
        self._folds = self._folds | {group.key} if is_folded else self._folds - {group.key}
        self.lay_out()
        return True

    def action_fold(self, is_folded: int) -> None:
        """Fold the group of the cursor, which goes to its head, or unfold it."""
        self.fold(is_folded=bool(is_folded))

    def action_fold_all(self) -> None:
        """Fold all groups; if they are, unfold them."""
        every = frozenset(group.key for group in self.groups)
        if group := around(self.groups, self._row):
            self.choose(group.key)
        self._folds = self._folds - every if every <= self._folds else self._folds | every
        self.lay_out()

    def is_pressed(self, key: Hashable) -> bool:
        """Whether it is the head of a group, which one click folds."""
        return not isinstance(key, str)

    def watch_entries(self) -> None:
        """Keep the cursor on its task, and paint the rows that changed."""
        self.lay_out()

    def lay_out(self) -> None:
        """Make the rows anew, if what they are made of is other than it was."""
        if found := self._sought and group_of(self.groups, self.entries, self._sought):
            self._folds -= {found.key}
        if found or not self.groups:
            self._sought = None
        made_of = self.entries, self.groups, self._folds
        if self._laid_out and all(map(is_, made_of, self._laid_out)):
            return
        self._laid_out = made_of
        self._rows = parted(self.groups, self._folds) or range(len(self.entries))
        self.set_keys(
            [self.entries[row].id if row >= 0 else self.groups[~row].key for row in self._rows]
        )
