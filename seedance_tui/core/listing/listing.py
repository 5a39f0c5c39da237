"""What the list shows: a view, a filter on it, an order."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field

from ..model.entry import Entry
from .filter import Query
from .sorting import Order, sort
from .views import View


@dataclass(frozen=True, slots=True)
class OwnView:
    """A view of the user's own, from `[views]` in config.toml: a name and a filter."""

    name: str
    query: Query

    def holds(self, entry: Entry, now: float) -> bool:
        """Whether the view shows the task; `now` in Unix seconds."""
        return self.query.holds(entry, now)


@dataclass(frozen=True, slots=True)
class Listing:
    """Which tasks the list shows and in which order."""

    view: View | OwnView = View.ALL
    query: Query = field(default_factory=Query)
    column: Order = Order.NEEDS
    reverse: bool = False

    def of(
        self,
        entries: Iterable[Entry],
        now: float,
        fresh: Collection[str],
        held: Collection[str] = (),
    ) -> tuple[Entry, ...]:
        """Return the entries to show; `fresh` and `held` are IDs, as `order.sort` takes them."""
        shown = (e for e in entries if self.view.holds(e, now) and self.query.holds(e, now))
        order = sort(shown, self.column, reverse=self.reverse, now=now, fresh=fresh, held=held)
        return tuple(order)
