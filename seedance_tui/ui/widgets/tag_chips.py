"""Tags as chips: each says whether all, some or none of the tasks have it, and can be turned."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import Enum

from rich.cells import cell_len
from rich.text import Text
from textual import events
from textual.binding import Binding
from textual.geometry import Size
from textual.widget import Widget

from ...core.text.i18n import _
from ...core.text.sanitize import safe
from ..drawing.glyphs import glyphs

_MOST_CELLS = 24
"""Cells of a tag in its chip; a longer one is cut."""


class Had(Enum):
    """How many of the tasks have a tag."""

    ALL = "all"
    SOME = "some"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Chip:
    """A tag, and how many of `count` tasks had it, and have it now."""

    tag: str
    before: Had
    now: Had
    had: int
    count: int

    @property
    def turned(self) -> Chip:
        """The next state: all, none and, where some had it, as it was."""
        turns = [Had.ALL, Had.NONE, *([Had.SOME] if self.before is Had.SOME else [])]
        return replace(self, now=turns[(turns.index(self.now) + 1) % len(turns)])

    @property
    def text(self) -> str:
        """The chip as it is drawn, safe to show."""
        from ..drawing.format import cut_end

        sign = {Had.ALL: glyphs().mark, Had.SOME: "~", Had.NONE: " "}[self.now]
        words = f"{sign} {cut_end(' '.join(safe(self.tag).split()), _MOST_CELLS)}"
        if self.now is Had.SOME:
            words += " " + _("{n} of {count}").format(n=self.had, count=self.count)
        elif self.now is Had.ALL and (self.count > 1 or not glyphs().mark):
            words += " " + _("all")
        return f" {words} "


def chips(tags_of_tasks: Sequence[Sequence[str]], known: Sequence[str]) -> tuple[Chip, ...]:
    """Return a chip for each tag that the tasks have, then for the others that are `known`."""
    had, count = (
        Counter(tag for tags in tags_of_tasks for tag in dict.fromkeys(tags)),
        len(tags_of_tasks),
    )
    own = sorted(had, key=lambda tag: -had[tag])
    found = []
    for tag in dict.fromkeys((*own, *known)):
        state = Had.NONE if not had[tag] else Had.ALL if had[tag] == count else Had.SOME
        found.append(Chip(tag, state, state, had[tag], count))
    return tuple(found)


class TagChips(Widget, can_focus=True):
    """A row of chips, or several; the arrows go from one to the next, space or a click turns it."""

    DEFAULT_CSS = """
    TagChips { height: auto; max-height: 3; }
    """
    BINDINGS = [
        Binding("right", "go(1)", "Next tag", show=False),
        Binding("left", "go(-1)", "Previous tag", show=False),
        Binding("space", "turn", "Turn", show=False),
    ]

    def __init__(self, shown: Sequence[Chip], *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self.chips = tuple(shown)
        self.can_focus = bool(shown)
        self._here = 0

    @property
    def added(self) -> tuple[str, ...]:
        """The tags that all tasks are to have."""
        return tuple(c.tag for c in self.chips if c.now is Had.ALL is not c.before)

    @property
    def removed(self) -> tuple[str, ...]:
        """The tags that no task is to have."""
        return tuple(c.tag for c in self.chips if c.now is Had.NONE is not c.before)

    def action_go(self, by: int) -> None:
        """Go to another chip."""
        self._here = max(0, min(len(self.chips) - 1, self._here + by))
        self.refresh()

    def action_turn(self) -> None:
        """Turn the chip at which one is."""
        here = self.chips[self._here].turned
        self.chips = (*self.chips[: self._here], here, *self.chips[self._here + 1 :])
        self.refresh(layout=True)

    def on_click(self, event: events.Click) -> None:
        """Turn the chip under the mouse."""
        for index, row, start, end in self._places(self.size.width):
            if row == event.y and start <= event.x < end:
                self._here = index
                self.action_turn()

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """As many rows as the chips take."""
        return max((row for _index, row, _start, _end in self._places(width)), default=-1) + 1

    def render(self) -> Text:
        """Draw them."""
        text, row = Text(no_wrap=True), 0
        for index, its_row, _start, _end in self._places(self.size.width):
            text.append("\n" * (its_row - row))
            row, chip = its_row, self.chips[index]
            style = "bold" if chip.now is Had.ALL else "" if chip.now is Had.SOME else "dim"
            if index == self._here and self.has_focus:
                style += " reverse"
            text.append(chip.text, style)
        return text

    def _places(self, width: int) -> Iterator[tuple[int, int, int, int]]:
        """Where each chip is: its number, its row, its first cell and the one after its last."""
        row = start = 0
        for index, chip in enumerate(self.chips):
            cells = cell_len(chip.text)
            if start and start + cells > width:
                row, start = row + 1, 0
            yield index, row, start, start + cells
            start += cells
