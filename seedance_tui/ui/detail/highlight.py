"""Cells of a painted line made to stand out: the field that one is at, and what was found."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from rich.segment import Segment
from rich.style import Style
from textual.geometry import Region
from textual.strip import Strip

from ..drawing.glyphs import glyphs
from ..drawing.spans import Role
from .page import Match

Marks = Mapping[int, tuple[tuple[Region, Role], ...]]
"""By line, the cells that were found, each with its role."""


def by_line(matches: Sequence[Match], current: int) -> Marks:
    """Sort what was found by line; the match at `current` has a role of its own."""
    marks: dict[int, tuple[tuple[Region, Role], ...]] = {}
    for index, match in enumerate(matches):
        role: Role = "found-here" if index == current else "found"
        for region in match:
            marks[region.y] = (*marks.get(region.y, ()), (region, role))
    return marks


def painted(strip: Strip, region: Region, style: Style) -> Strip:
    """Put a style over the cells of a region, whatever style they have."""
    inside = strip.crop(region.x, region.right)
    over = Strip([Segment(text, (own or Style()) + style) for text, own, _control in inside])
    return Strip.join([strip.crop(0, region.x), over, strip.crop(region.right)])


def pointed(strip: Strip, region: Region, bar: Style, lit: Style) -> Strip:
    """Light the cells of a region, with a bar in the cell before them."""
    before = Strip([Segment(glyphs().pointer or " ", bar + lit)])
    whole = Strip.join([strip.crop(0, region.x - 1), before, strip.crop(region.x)])
    return painted(whole, region, lit)
