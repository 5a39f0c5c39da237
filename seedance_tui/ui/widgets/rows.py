"""Rows with a cursor that belongs to a thing and not to a place."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass

from textual import events
from textual.containers import Vertical
from textual.geometry import Region, Size
from textual.layout import ArrangeResult, Layout
from textual.layouts.vertical import VerticalLayout
from textual.message import Message
from textual.reactive import reactive
from textual.widget import Widget

from ..drawing.glyphs import glyphs
from ..keys.action import bindings
from ..keys.widgets import ROWS
from .lines import Lines


@dataclass(frozen=True, slots=True)
class Spot:
    """A place in the rows: the thing under the cursor, and the first row in view."""

    cursor: Hashable | None
    is_chosen: bool
    top: int


class Rows(Lines, can_focus=True):
    """Attribute: `cursor`, the key of the thing under it; a subclass says which keys there are.

    Until the user has begun to act it stays on the first row. Then it stays on its thing whatever
    the rows do; when that goes, it takes the row that moved into its place. When the last row goes
    it comes back to its thing with it.
    """

    BINDINGS = bindings(ROWS)

    cursor: reactive[Hashable | None] = reactive[Hashable | None](None, repaint=False)

    @dataclass
    class Highlighted(Message):
        """The cursor went to another thing; None when there are no rows."""

        key: Hashable | None

    @dataclass
    class Chosen(Message):
        """A row was clicked while the cursor was on it, or clicked twice."""

        key: Hashable

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002  Textual's own name
        super().__init__(id=id)
        self._keys: tuple[Hashable, ...] = ()
        self._places: dict[Hashable, int] = {}
        self._last: Hashable | None = None
        """What the cursor was on when there were rows."""
        self._is_at_top = True
        """Whether the cursor stays on the first row: nobody has pressed a key yet."""
        self._is_chosen = False
        """Whether the user put the cursor where it is."""

    @property
    def place(self) -> int:
        """The row of the cursor."""
        return self._places.get(self.cursor, 0)

    @property
    def first(self) -> Hashable | None:
        """What the cursor is on at the top of new rows; None without any."""
        return self._keys[0] if self._keys else None

    def set_keys(self, keys: Sequence[Hashable]) -> None:
        """Take new rows, and keep the cursor on its thing."""
        place = self.place
        self._keys = tuple(keys)
        self._places = {key: row for row, key in enumerate(self._keys)}
        self.fit_height()
        if self._is_at_top:
            self.cursor = self.first
        elif self.cursor not in self._places:
            self._is_chosen = False
            self.cursor = self._instead(place)
        elif self.place != place:
            self._keep_in_view(self.place - place)
        self.repaint()

    def choose(self, key: Hashable) -> None:
        """Put the cursor on a thing, which may come with the next rows, as the user's choice."""
        self._is_at_top, self._is_chosen = False, True
        self.cursor = key

    def stay(self) -> None:
        """Let the cursor stay on its thing from here on: the user has begun to act."""
        self._is_at_top = False

    def begin(self) -> None:
        """Go to the top of other rows, unless they have what the user has chosen."""
        if self._is_chosen and self.cursor in self._places:
            return
        self._is_chosen = False
        self.cursor = self.first
        self.scroll_home(animate=False, force=True, immediate=True)

    @property
    def spot(self) -> Spot:
        """Where one is, to come back to."""
        return Spot(self.cursor, self._is_chosen, self.scroll_offset.y)

    def return_to(self, spot: Spot) -> None:
        """Go back to where one was, as far as the rows have it."""
        if spot.cursor in self._places:
            self._is_chosen, self.cursor = spot.is_chosen, spot.cursor
            self.scroll_to(y=spot.top, animate=False, force=True, immediate=True)

    def _instead(self, place: int) -> Hashable | None:
        """The thing for a cursor whose own has gone from that row."""
        if not self._keys:
            self._last = self.cursor or self._last
            return None
        if self.cursor is None and self._last in self._places:
            return self._last
        return self._keys[min(place, len(self._keys) - 1)]

    def fit_height(self) -> None:
        """Say how many lines there are: as many as rows."""
        self.set_height(len(self._keys))

    def watch_cursor(self, before: Hashable | None, after: Hashable | None) -> None:
        """Show the cursor where it is, and tell."""
        top = self.scroll_offset.y
        if after is not None and after in self._places:
            self._keep_in_view(0)
        if top == self.scroll_offset.y:
            self.repaint()
        self.post_message(self.Highlighted(after))

    def on_resize(self) -> None:
        """Keep the cursor in view."""
        super().on_resize()
        self.fit_height()
        self._keep_in_view(0)

    def on_focus(self) -> None:
        """Show the cursor as the one that moves."""
        self.repaint()

    def on_blur(self) -> None:
        """Show the cursor as at rest."""
        self.repaint()

    def on_click(self, event: events.Click) -> None:
        """Move the cursor; a click on it, or a double click, chooses its row."""
        row = event.y + self.scroll_offset.y
        if row >= len(self._keys):
            return
        key = self._keys[row]
        if key == self.cursor or event.chain > 1 or self.is_pressed(key):
            self.post_message(self.Chosen(key))
        self.choose(key)

    def action_move(self, rows: int) -> None:
        """Move the cursor by so many rows."""
        self._go(self.place + rows)

    def action_page(self, pages: int) -> None:
        """Move the cursor by so many screens."""
        self._go(self.place + pages * max(1, self.size.height - 1))

    def action_half_page(self, halves: int) -> None:
        """Move the cursor by so many half screens."""
        self._go(self.place + halves * max(1, self.size.height // 2))

    def action_first(self) -> None:
        """Move the cursor to the first row."""
        self._go(0)

    def action_last(self) -> None:
        """Move the cursor to the last row."""
        self._go(len(self._keys) - 1)

    def is_pressed(self, key: Hashable) -> bool:
        """Whether the first click on a row chooses it already."""
        return False

    def is_lit(self, y: int) -> bool:
        """Whether the row is the cursor's."""
        return y < len(self._keys) and self._keys[y] == self.cursor

    def pointer(self, y: int) -> str:
        """Return the two cells before a row: a bar where the cursor is."""
        if not self.is_lit(y):
            return "  "
        sign = glyphs().pointer if self.has_focus else glyphs().pointer_at_rest
        return f"{sign or ' '} "

    def _go(self, row: int) -> None:
        if self._keys:
            self.choose(self._keys[max(0, min(row, len(self._keys) - 1))])

    def _keep_in_view(self, moved: int) -> None:
        """Scroll along with the cursor's row, so that it stays where the eye is."""
        if moved:
            self.scroll_to(
                y=self.scroll_offset.y + moved, animate=False, force=True, immediate=True
            )
        self.scroll_to_region(
            Region(0, self.place, 1, 1), animate=False, force=True, immediate=True
        )


class RowsBelow(Vertical):
    """Rows as the last of its children: as high as they are, and no higher than the room left."""

    @property
    def layout(self) -> Layout:
        """How the children are placed; a style takes a layout of Textual's own only."""
        return _LastFits()


class _LastFits(VerticalLayout):
    """One below the other; the last ends where the room ends, so that it scrolls."""

    def arrange(
        self,
        parent: Widget,
        children: list[Widget],
        size: Size,
        greedy: bool = True,  # noqa: FBT001, FBT002  Textual's own signature
    ) -> ArrangeResult:
        """Place the children; where the room is not known, which Textual says as 0, as usual."""
        placed = super().arrange(parent, children, size, greedy)
        if placed and size.height:
            region = placed[-1].region
            height = min(region.height, max(0, size.height - region.y))
            placed[-1] = placed[-1]._replace(region=region._replace(height=height))
        return placed
