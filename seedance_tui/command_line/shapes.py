"""The shapes in which records are printed, and the fields that are picked of them."""

from __future__ import annotations

import argparse
import csv
import io
import json
import shutil
import sys
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches

from ..core.text.i18n import _
from ..core.text.sanitize import safe
from . import json_schema
from .json_record import Record
from .output import Value, cells, columns, show_json, show_json_lines, show_lines, show_tabbed
from .parser import JSON_FORMATS

TEXTS = ("table", "tsv", "csv", "markdown", "html", "ids")
FORMATS = (*TEXTS, *JSON_FORMATS)
STREAMED = ("tsv", "ids", *JSON_FORMATS)
_RAW_CSV = "raw-csv"
_OTHER_WORDS = {"md": "markdown"}
_FORMULA = ("=", "+", "-", "@", "\N{MINUS SIGN}")
"""With one of these, of any width, a spreadsheet takes a cell for something to compute."""
_MARKDOWN = str.maketrans({sign: f"\\{sign}" for sign in "\\|<`["})
_ON_A_LINE = (
    "id", "phase", "status", "progress", "label", "files.result.expires_at", "files.result.path",
)  # fmt: skip
_NARROWEST, _GAP = 6, 2
"""Cells that a column of a table needs to be read, and those between two columns."""


@dataclass(frozen=True, slots=True)
class Shape:
    """How records are printed: a format, and the dotted names of fields; none are all of them."""

    format: str
    fields: tuple[str, ...] = ()

    @classmethod
    def of(cls, given: argparse.Namespace, default: str = "") -> Shape:
        """Read it from the command line; otherwise `default`, or what suits the output."""
        chosen = given.format or ("json" if given.json else default)
        if getattr(given, "raw_csv", False):  # what streams has no such option
            chosen = _RAW_CSV
        return cls(chosen or ("table" if sys.stdout.isatty() else "tsv"), tuple(given.fields or ()))

    @property
    def is_json(self) -> bool:
        """Whether a program reads it, which is to find an array also where there is nothing."""
        return self.format in JSON_FORMATS


def shape_arguments(parser: argparse.ArgumentParser) -> None:
    """Add what says how records are printed."""
    parser.add_argument(
        "--format",
        type=lambda word: _OTHER_WORDS.get(word, word),
        choices=FORMATS,
        metavar="FORMAT",
        help=f"{_('output format (a pipe: tsv, a terminal: table)')}: {', '.join(FORMATS)}",
    )
    parser.add_argument(
        "--raw-csv",
        action="store_true",
        help=_("CSV without the ' before cells that a spreadsheet would compute"),
    )
    _fields_argument(parser)


def stream_arguments(parser: argparse.ArgumentParser) -> None:
    """Add what says how records are printed that come one after the other."""
    parser.add_argument(
        "--format", choices=STREAMED, help=_("output format: one line for each record")
    )
    _fields_argument(parser)


def _fields_argument(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--fields",
        type=_fields,
        metavar="A,B",
        help=_("only these fields, e.g. id,tokens.total,files.result.url"),
    )


def show_records(records: Sequence[Record], shape: Shape, *, is_list: bool = False) -> None:
    """Print records: those of JSON are whole where no fields were picked.

    One field of one task is the bare value, unless that task `is_list` of one.
    """
    picked = shape.fields or _usual(shape.format)
    if len(shape.fields) == 1 and len(records) == 1 and not is_list:
        _show_value(pick(records[0], picked[0]), as_json=shape.is_json)
    elif shape.format == "json":
        show_json([_part(one, shape.fields) for one in records])
    elif shape.format == "ndjson":
        show_json_lines(_part(one, shape.fields) for one in records)
    elif shape.format == "html":
        from .html_page import page

        show_lines(page(records, shape.fields))
    elif shape.format == "ids":
        show_lines(str(one["id"]) for one in records if one["id"])
    else:
        named = records if "csv" in shape.format else map(_named, records)
        show_rows(shape.format, picked, [[text(pick(r, name)) for name in picked] for r in named])


def show_rows(form: str, head: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Print texts in columns as a table, with tabs, as CSV or Markdown."""
    if form == "table":
        show_lines(columns(fitted([head, *rows])))
    elif form == "tsv":
        show_tabbed(rows)
    elif form == "markdown":
        show_lines(_markdown(head, rows))
    else:
        show_lines(_csv(head, rows, is_raw=form == _RAW_CSV))


def pick(record: Record, name: str) -> Value:
    """Return a field by its dotted name; None where there is nothing."""
    found: Value = record
    for part in name.split("."):
        found = found.get(part) if isinstance(found, Mapping) else None
    return found


def text(value: Value) -> str:
    """Write a value into one cell: safe, in one line, nothing for None."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Mapping):
        return json.dumps(value)
    if isinstance(value, list | tuple):
        return " ".join(text(item) for item in value)
    return "" if value is None else safe(str(value))


def fitted(rows: Sequence[Sequence[str]]) -> list[list[str]]:
    """Shorten the widest columns until a table fits its terminal; a pipe has no width.

    Where they would be too narrow to be read the last columns are left out.
    """
    table = [[safe(cell) for cell in row] for row in rows]
    if not sys.stdout.isatty():
        return table
    widths = [max(map(cells, column)) for column in zip(*table, strict=True)]
    room = shutil.get_terminal_size().columns + _GAP
    while len(widths) > 1 and sum(min(width, _NARROWEST) + _GAP for width in widths) > room:
        widths.pop()
    while sum(width + _GAP for width in widths) > room and max(widths) > 1:
        widths[widths.index(max(widths))] -= 1
    return [[_cut(cell, w) for cell, w in zip(row, widths, strict=False)] for row in table]


def _usual(form: str) -> tuple[str, ...]:
    """Return what is shown where nothing was picked: everything in a file, little on a line."""
    return _ON_A_LINE if form in ("table", "tsv", "markdown") else json_schema.columns()


def _named(record: Record) -> Record:
    """Give a record that has no ID the word that was typed for one."""
    return {**record, "id": record["id"] or record["input"]}


def _cut(cell: str, width: int) -> str:
    if cells(cell) <= width:
        return cell
    while cells(cell) > width - 1:
        cell = cell[:-1]
    return f"{cell}…"


def _fields(words: str) -> tuple[str, ...]:
    """Read names of fields; a wrong one is a wrong command line."""
    picked = tuple(word.strip() for word in words.split(",") if word.strip())
    for word in picked:
        if word not in json_schema.fields():
            raise argparse.ArgumentTypeError(_unknown(word))
    return picked


def _unknown(word: str) -> str:
    """Say that there is no such field, which ones are near, and where all are told."""
    near = get_close_matches(word, json_schema.fields(), n=3)
    text = _("{field!r} is no field")
    if near:
        text = _("{field!r} is no field; did you mean {names}?")
    where = _("all are told by: seedance-tui help json")
    return f"{text.format(field=word, names=', '.join(near))} ({where})"


def _part(record: Record, fields: Sequence[str]) -> Value:
    return {name: pick(record, name) for name in fields} if fields else record


def _show_value(value: Value, *, as_json: bool) -> None:
    if as_json:
        show_json(value)
    else:
        show_lines([text(value)])


def _csv(
    head: Sequence[str], rows: Iterable[Sequence[str]], *, is_raw: bool = False
) -> Iterator[str]:
    for row in (head, *([cell if is_raw else _defused(cell) for cell in row] for row in rows)):
        line = io.StringIO()
        csv.writer(line, lineterminator="").writerow(row)
        yield line.getvalue()


def _markdown(head: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    yield _row(head)
    yield _row("---" for _name in head)
    for row in rows:
        yield _row(cell.translate(_MARKDOWN) for cell in row)


def _row(row: Iterable[str]) -> str:
    return f"| {' | '.join(row)} |"


def _defused(cell: str) -> str:
    first = unicodedata.normalize("NFKC", cell.lstrip()[:1])
    return f"'{cell}" if first in _FORMULA else cell
