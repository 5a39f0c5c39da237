"""How the screen is shared: pictures as large as they fit, and what else there is room for."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto

from ....core.media.picture import Size, fitted

_STRIPS = ((28, 4), (16, 3), (0, 0))
"""Lines of the film strip, from so many lines of the screen on."""
_FACTS_LINES, _FACTS_COLUMNS = 5, 52
"""The room in which the table of facts is of use."""
TILES = 8
"""Pictures of the film strip."""


class Facts(Enum):
    """Where the facts stand."""

    NOWHERE = auto()
    BELOW = auto()
    BESIDE = auto()


@dataclass(frozen=True, slots=True)
class StagePlan:
    """Sizes in cells."""

    columns: int
    """Of one picture."""
    lines: int
    """Of one picture."""
    is_stacked: bool = False
    strip: int = 0
    """Lines of the film strip, 0 for none."""
    facts: Facts = Facts.NOWHERE
    left: int = 0
    """Columns before the first picture: that of the words, where it costs no picture a column."""

    def pixels(self, cell: Size) -> Size:
        """Return the most pixels of a picture, with so many in a cell."""
        return cell[0] * self.columns, cell[1] * self.lines

    def tile_pixels(self, cell: Size, width: int) -> Size:
        """Return the most pixels of a tile of the film strip, on a screen of that width."""
        return cell[0] * (width // TILES - 1), cell[1] * self.strip


def plan(
    width: int, height: int, shape: tuple[int, int], count: int, *, has_facts: bool = True
) -> StagePlan:
    """Share a screen of that size, in cells, among `count` pictures of a shape.

    Each picture has a line above it, and one line below all tells the place.
    """
    strip = next(lines for least, lines in _STRIPS if height >= least)
    room = height - 1 - strip
    ways = [_boxed(width, room, shape, count, is_stacked=False)]
    if count > 1:
        ways.append(_boxed(width, room, shape, count, is_stacked=True))
    columns, lines, is_stacked = max(ways, key=lambda way: way[0] * way[1])
    down, across = (count, 1) if is_stacked else (1, count)
    taken = columns * across + across - 1
    spare = room - down * (lines + 1)
    facts = Facts.NOWHERE
    if has_facts and spare >= _FACTS_LINES:
        facts = Facts.BELOW
    elif has_facts and width - taken >= _FACTS_COLUMNS:
        facts = Facts.BESIDE
    if facts is not Facts.BESIDE:  # what is left beside the pictures is theirs
        columns = max(1, (width - across + 1) // across)
    if facts is Facts.NOWHERE:
        lines = max(1, lines + spare // down)
    spare = width - (columns * across + across - 1)
    left = int(spare > (_FACTS_COLUMNS if facts is Facts.BESIDE else 0))
    return StagePlan(columns, lines, is_stacked, strip, facts, left)


def _boxed(
    width: int, room: int, shape: tuple[int, int], count: int, *, is_stacked: bool
) -> tuple[int, int, bool]:
    """The cells of a picture as large as it fits one of these ways."""
    down, across = (count, 1) if is_stacked else (1, count)
    columns, lines = (width - across + 1) // across, room // down - 1
    if min(columns, lines) < 1:
        return 1, 1, is_stacked
    wide, high = fitted(*shape, columns, 2 * lines)
    return wide, -(-high // 2), is_stacked
