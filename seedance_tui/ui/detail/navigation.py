"""From one field to another: the steps of a walk over the places of a page."""

from __future__ import annotations

from collections.abc import Sequence

from .page import Place


def place_of(places: Sequence[Place], path: str | None) -> int | None:
    """The index of the field with the path; None where it is not on the page."""
    for index, place in enumerate(places):
        if place.field.path == path:
            return index
    return None


def is_in_view(place: Place, top: int, height: int) -> bool:
    """Whether the first line of a place is among the `height` lines from `top` on."""
    return top <= place.region.y < top + height


def first_in_view(places: Sequence[Place], top: int, height: int, step: int) -> int | None:
    """The index of the first place in view, or of the last one on the way up; None without any."""
    inside = [index for index, place in enumerate(places) if is_in_view(place, top, height)]
    if not inside:
        return None
    return inside[0] if step > 0 else inside[-1]


def nearest(places: Sequence[Place], x: int, y: int) -> int | None:
    """The index of the place nearest to a cell, lines first."""
    if not places:
        return None
    return min(
        range(len(places)),
        key=lambda index: (abs(places[index].region.y - y), abs(places[index].region.x - x)),
    )


def beside(places: Sequence[Place], index: int, step: int) -> int:
    """The index of the next place on the same line, to the right or to the left; else the same."""
    here = places[index].region
    row = sorted(
        (i for i, place in enumerate(places) if place.region.y == here.y),
        key=lambda i: places[i].region.x,
    )
    return row[max(0, min(row.index(index) + step, len(row) - 1))]


def at_cell(places: Sequence[Place], x: int, y: int) -> int | None:
    """The index of the place that holds a cell; None where there is only the page."""
    for index, place in enumerate(places):
        if place.region.contains(x, y):
            return index
    return None
