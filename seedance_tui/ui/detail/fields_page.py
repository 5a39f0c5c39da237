"""The fields of a response in their groups, below the headline."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from rich.cells import cell_len
from textual.geometry import Region

from ...api.web_addresses import written_link
from ...core.model.entry import Entry
from ...core.model.fields import GROUPS, Field, Group, Look, fields_of
from ...core.text.i18n import _
from ...core.text.sanitize import safe
from ..drawing import format as fmt
from ..drawing import spans
from ..drawing.glyphs import glyphs
from ..drawing.spans import Line
from ._headline import headline
from ._values import value_spans
from .page import Page, PageContext, Place, label_cells

_LEAST_VALUE = 10
"""Beside the label of a short field: a space, a value of eight cells, a space."""
_MOST_LINES = 8
_REASON = ".fail_reason"
"""Where the gateway puts the link of a task that did not fail."""

Cell = tuple[Field, Line]
"""A field, and its label and value in one line."""


def fields_page(entry: Entry, view: PageContext, poster: int = 0) -> Page:
    """The whole page, with so many blank lines for a picture below the headline."""
    page = Page(list(headline(entry, view)))
    if poster:
        page.poster_at = len(page.lines) + 1
        page.lines += [()] * (poster + 1)
    groups: dict[Group, list[Field]] = {name: [] for name in GROUPS}
    fields = list(fields_of(entry.task.envelope if entry.task else None))
    for field in fields:
        groups[field.group].append(field)
    first = _first_with_link(fields)
    for name, members in groups.items():
        if members:
            page.head(_(name), compact=view.compact)
            _put_group(
                page, [(field, _cell(field, entry, view, first)) for field in members], view.width
            )
        if name == "Video" and entry.is_super_resolved:
            from ._upscaling import upscaling

            page.lines += upscaling(entry, view)
    return page


def _first_with_link(fields: Sequence[Field]) -> Mapping[str, Field]:
    """The first field with each link: at the others it is only named."""
    first: dict[str, Field] = {}
    for field in sorted(fields, key=lambda field: field.group != "Links"):
        if isinstance(field.value, str) and written_link(field.value):
            first.setdefault(field.value, field)
    return first


def _put_group(page: Page, cells: list[Cell], width: int) -> None:
    """Short fields side by side in columns, the others on lines of their own."""
    columns = 1 if glyphs().plain else max(1, (width - 1) // (label_cells() + _LEAST_VALUE))
    column = (width - 1) // columns
    run: list[Cell] = []
    for field, line in cells:
        if _is_short(field, line, column):
            run.append((field, line))
        else:
            _put_columns(page, run, columns, column)
            run = []
            page.put(field, _long(line, width), width)
    _put_columns(page, run, columns, column)


def _put_columns(page: Page, run: Sequence[Cell], columns: int, width: int) -> None:
    """Down the first column, then down the next one: as they are read, and as they are walked."""
    rows = -(-len(run) // columns)
    begin = len(page.lines)
    for row in range(rows):
        cells = [spans.padded(line, width) for _field, line in run[row::rows]]
        page.lines.append(((" ", "normal"), *(span for cell in cells for span in cell)))
    for index, (field, _line) in enumerate(run):
        column, row = divmod(index, rows)
        page.places.append(Place(field, Region(1 + column * width, begin + row, width - 1, 1)))


def _is_short(field: Field, line: Line, width: int) -> bool:
    alone = field.look in (Look.LINK, Look.MOMENT) or field.group in ("Usage", "Other")
    return not alone and _width(line) < width


def _cell(field: Field, entry: Entry, view: PageContext, first: Mapping[str, Field]) -> Line:
    """A label in its column, then the value."""
    widest = label_cells(cost=field.group == "Usage")
    label = fmt.cut_middle(safe(field.label), view.width - 2)
    room = max(12, view.width - 3 - label_cells())
    said = first.get(field.value, field) if isinstance(field.value, str) else field
    spans = value_spans(field, entry, view.now, utc=view.utc, room=room)
    if said is not field:
        words = _("none: same as {field}") if field.path.endswith(_REASON) else _("same as {field}")
        spans = ((words.format(field=said.label), "dim"),)
    if field.path in view.fresh:
        spans = tuple((text, "strong") for text, role in spans)
    return ((label + " " * max(1, widest + 1 - cell_len(label)), "dim"), *spans)


def _long(cell: Line, width: int) -> Iterator[Line]:
    """A field on lines of its own; what does not fit beside the label is wrapped below it."""
    room = width - 2
    (label, role), *values = cell
    if _width(cell) <= room:
        yield ((" ", "normal"), *cell)
        return
    label = label.rstrip()
    is_wide = cell_len(label) > label_cells()
    is_one_word = len(values) == 1 and " " not in values[0][0]
    spare = room - cell_len(label) - _width(values)
    if spare >= 2 and (is_wide or is_one_word):  # an ID is whole on one line, to be selected
        yield ((" " + label + " " * spare, role), *values)
        return
    if is_wide:
        yield ((" " + label, role),)
        label = ""
    yield from _wrapped(label, values, room)


def _wrapped(label: str, values: Sequence[spans.Span], room: int) -> Iterator[Line]:
    """A value wrapped beside a label that may be empty."""
    indent = label_cells() + 1
    lines = _flowed(values, room - indent)
    for index, line in enumerate(lines[:_MOST_LINES]):
        begin = fmt.fit(label if index == 0 else "", indent)
        yield ((" " + begin, "dim"), *line)
    if len(lines) > _MOST_LINES:
        yield (
            (
                " " * (indent + 1) + fmt.cut_end(_("… press m for the full text"), room - indent),
                "dim",
            ),
        )


def _flowed(spans: Sequence[spans.Span], width: int) -> list[Line]:
    """Spans one after the other; one that does not fit beside the others begins a line."""
    lines: list[Line] = [()]
    for text, role in spans:
        if _width(lines[-1]) + cell_len(text) <= width:
            lines[-1] += ((text, role),)
            continue
        pieces = list(fmt.wrap(text.lstrip(glyphs().joint) if lines[-1] else text, width))
        lines += [((piece, role),) for piece in pieces]
    return lines if lines[0] else lines[1:]


def _width(line: Sequence[spans.Span]) -> int:
    return sum(cell_len(text) for text, role in line)
