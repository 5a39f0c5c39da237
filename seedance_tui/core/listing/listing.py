"""What the list shows: a view, a filter on it, an order, groups."""

from __future__ import annotations

from collections.abc import Collection, Hashable, Iterable, Sequence
from dataclasses import dataclass, field

from ..model.entry import Entry
from ..settings.choices import Grouping, Order, OwnViewWord, View, word_of_own_view
from .filter import Query
from .sorting import sort
from .views import Summary, shows


@dataclass(frozen=True, slots=True)
class OwnView:
    """A view of the user's own, from `[views]` in config.toml: a name and a filter."""

    name: str
    query: Query

    def holds(self, entry: Entry, now: float) -> bool:
        """Whether the view shows the task; `now` in Unix seconds."""
        return self.query.holds(entry, now)

    @property
    def word(self) -> OwnViewWord:
        """What it is called among the choices."""
        return word_of_own_view(self.name)


@dataclass(frozen=True, slots=True)
class Group:
    """Tasks that stand together: `count` rows from `start` on, and their sums.

    `name` is the tag, the ISO date, the model or the word of the status; empty for tasks that have
    none. `key` stays the same whatever the tasks do.
    """

    by: Grouping
    name: str
    start: int
    summary: Summary
    tokens: int

    @property
    def key(self) -> tuple[Grouping, str]:
        """What the cursor and the folds remember it by."""
        return self.by, self.name

    @property
    def count(self) -> int:
        """How many tasks it has."""
        return self.summary.total

    @property
    def end(self) -> int:
        """The row after its last one."""
        return self.start + self.count


def parted(groups: Iterable[Group], folded: Collection[Hashable]) -> list[int]:
    """Return what the rows show: a group's head as ~number, then its entries, unless folded."""
    rows: list[int] = []
    for number, group in enumerate(groups):
        rows.append(~number)
        if group.key not in folded:
            rows += range(group.start, group.end)
    return rows


def around(groups: Sequence[Group], row: int) -> Group | None:
    """Return the group whose head or whose entry a row shows."""
    if row < 0:
        return groups[~row] if groups else None
    return next((group for group in groups if group.start <= row < group.end), None)


def group_of(groups: Sequence[Group], entries: Sequence[Entry], task_id: str) -> Group | None:
    """Return the group that has a task."""
    place = next(
        (n for n, entry in enumerate(entries if groups else ()) if entry.id == task_id), -1
    )
    return around(groups, place) if place >= 0 else None


@dataclass(frozen=True, slots=True)
class Listing:
    """Which tasks the list shows and in which order."""

    view: View | OwnView = View.ALL
    query: Query = field(default_factory=Query)
    column: Order = Order.NEEDS
    reverse: bool = False
    grouping: Grouping = Grouping.NONE

    def has(self, entry: Entry, now: float) -> bool:
        """Whether the view has the task, whatever the filter lets through."""
        if isinstance(self.view, View):
            return shows(self.view, entry, now)
        return self.view.holds(entry, now)

    def of(
        self,
        entries: Iterable[Entry],
        now: float,
        fresh: Collection[str],
        held: Collection[str] = (),
    ) -> tuple[Entry, ...]:
        """Return the entries to show; `fresh` and `held` are IDs, as `order.sort` takes them."""
        shown = (e for e in entries if self.has(e, now))
        if self.query.conditions:
            shown = (e for e in shown if self.query.holds(e, now))
        order = sort(shown, self.column, reverse=self.reverse, now=now, fresh=fresh, held=held)
        return tuple(order)
