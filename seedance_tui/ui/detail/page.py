"""A page of the detail pane: its lines, and where on them each field stands."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from functools import cache

from rich.cells import cell_len
from textual.geometry import Region

from ...api.models import Task
from ...core.model.fields import SPECS, Field, fields_of
from ...core.text import i18n
from ..drawing import format as fmt
from ..drawing.spans import Line, Role

_LEAST_LABEL = 10


@dataclass(frozen=True, slots=True)
class PageContext:
    """How the pane is seen: `now` in Unix seconds, `fresh` the paths that have just changed."""

    width: int
    now: float
    utc: bool = False
    compact: bool = False
    """Without the heads of the groups: for a pane of a few lines."""
    fresh: Collection[str] = ()


@dataclass(frozen=True, slots=True)
class Place:
    """A field and the cells that it takes, from its label to its value, by column and line."""

    field: Field
    region: Region


Match = tuple[Region, ...]
"""The cells of one place where a searched text stands; several stretches where it is wrapped."""


@dataclass(slots=True)
class Page:
    """Lines, the places of the fields in the order in which they are walked, what was found."""

    lines: list[Line] = field(default_factory=list)
    places: list[Place] = field(default_factory=list)
    matches: list[Match] = field(default_factory=list)
    poster_at: int | None = None
    """The first of the blank lines that are left for a picture; None without any."""

    def head(self, text: str, *, compact: bool) -> None:
        """Begin a group; a compact page has no room for that."""
        if not compact:
            self.lines += [(), ((f" {text}", "strong"),)]

    def put(self, shown: Field, lines: Iterable[Line], width: int) -> None:
        """Add a field on lines of its own; they begin with a blank cell, and end before `width`."""
        begin = len(self.lines)
        self.lines += lines
        self.places.append(Place(shown, Region(1, begin, width - 2, len(self.lines) - begin)))


def label_cells(*, cost: bool = False) -> int:
    """The cells of the longest label in the language spoken: in English 16, or 23 of the `cost`."""
    return _longest_label(i18n.spoken(), cost=cost)


@cache
def _longest_label(_language: str, *, cost: bool) -> int:
    labels = (spec.label for spec in SPECS if (spec.group == "Usage") == cost)
    return max(_LEAST_LABEL, *(cell_len(i18n.pgettext("field", label)) for label in labels))


def paragraph(text: str, role: Role, width: int, most: int) -> list[Line]:
    """A text wrapped into at most `most` lines, one blank cell on each side."""
    pieces = fmt.first_lines(list(fmt.wrap(text, width - 2)), most, width - 2)
    return [((" " + piece, role),) for piece in pieces]


def changed_paths(before: Task | None, after: Task | None) -> set[str]:
    """Return the paths whose values differ between two responses."""
    old, new = (
        {field.path: field.value for field in fields_of(task.envelope if task else None)}
        for task in (before, after)
    )
    return {path for path, value in new.items() if old.get(path) != value}
