"""What two tasks differ in, field by field."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.cells import cell_len

from ...api.web_addresses import web_link
from ...core.model.entry import Entry
from ...core.model.fields import Field, fields_of
from ...core.text.i18n import _
from ..drawing import format as fmt
from ..drawing.spans import Line
from ._values import value_spans
from .page import PageContext, paragraph
from .side_by_side import Row, Table, cell

_MOST_LABEL, _MOST_COLUMN = 20, 60
_NAMES_ALONE = ("id", "request_id", "task_id")
"""The last part of the path of a field that differs in any two tasks."""


def differences_page(entries: Sequence[Entry], view: PageContext) -> list[Line]:
    """Return a table of the fields that differ, with a column for each of two tasks."""
    rows = [*_of_the_user(entries), *_of_the_answers(entries, view)]
    if not rows:
        return paragraph(_("The two have the same settings."), "dim", view.width, 2)
    label = min(_MOST_LABEL, max(cell_len(row.name) for row in rows)) + 2
    column = max(2, min(_MOST_COLUMN, (view.width - 1 - label) // 2))
    first, second = (fmt.cut_middle(fmt.in_row(entry.name), column - 2) for entry in entries)
    return list(Table(rows, (first, second), label, column).lines())


def _of_the_user(entries: Sequence[Entry]) -> Iterator[Row]:
    """What the user says of them."""
    notes = [fmt.in_row(entry.watched.note) for entry in entries]
    tags = [" ".join(f"#{fmt.in_row(tag)}" for tag in entry.watched.tags) for entry in entries]
    for name, values in ((_("Tags"), tags), (_("Note"), notes)):
        if values[0] != values[1]:
            yield Row(name, cell(values[0]), cell(values[1]))


def _of_the_answers(entries: Sequence[Entry], view: PageContext) -> Iterator[Row]:
    both = [
        {field.path: field for field in fields_of(entry.task.envelope if entry.task else None)}
        for entry in entries
    ]
    for path in dict.fromkeys([*both[0], *both[1]]):
        fields = [fields.get(path) for fields in both]
        if _tells(path, fields):
            first, second = (
                _unaligned(
                    value_spans(field, entry, view.now, utc=view.utc) if field else cell(None)
                )
                for field, entry in zip(fields, entries, strict=True)
            )
            label = next(field.label for field in fields if field)
            yield Row(fmt.cut_end(fmt.in_row(label), _MOST_LABEL), first, second)


def _unaligned(line: Line) -> Line:
    """A value without the blanks by which numbers stand in a column below each other."""
    (text, role), *rest = line
    return ((text.lstrip(), role), *rest)


def _tells(path: str, fields: Sequence[Field | None]) -> bool:
    """Whether a field differs, and is neither an ID nor a link: those always do."""
    values = [field.value if field else None for field in fields]
    if values[0] == values[1] or path.rpartition(".")[2] in _NAMES_ALONE:
        return False
    return not any(isinstance(value, str) and web_link(value) for value in values)
