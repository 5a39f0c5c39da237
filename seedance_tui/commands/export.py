"""`export`: the watch list as a table for other programs."""

from __future__ import annotations

import argparse
import csv
import io
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain

from ..command_line.invocation import Invocation
from ..command_line.json_record import NAMES, facts
from ..command_line.output import Value, show_json, show_lines
from ..command_line.watch_list_status import offline_argument, watch_list_status
from ..core.model.codes import Exit
from ..core.text.i18n import _
from ..core.text.sanitize import safe

_FORMULA = ("=", "+", "-", "@", "\N{MINUS SIGN}")
"""With one of these, of any width, a spreadsheet takes a cell for something to compute."""
_MARKDOWN = str.maketrans({sign: f"\\{sign}" for sign in "\\|<`["})


def about() -> str:
    """Return the sentence that describes it."""
    return _("Export the watch list as a table, refreshing each task once.")


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add its own arguments."""
    offline_argument(parser)
    parser.add_argument("--format", choices=("csv", "json", "md"), default="csv")


def run(call: Invocation) -> Exit:
    """Do its work."""
    seen = watch_list_status(call)
    rows = [facts(entry) for entry in seen.entries]
    if call.json or call.given.format == "json":
        show_json(rows)
    else:
        show_lines(_csv(rows) if call.given.format == "csv" else _markdown(rows))
    return seen.code


def _csv(rows: Iterable[Mapping[str, Value]]) -> Iterator[str]:
    for cells in chain([list(NAMES)], ([_defused(_text(v)) for v in r.values()] for r in rows)):
        line = io.StringIO()
        csv.writer(line, lineterminator="").writerow(cells)
        yield line.getvalue()


def _markdown(rows: Iterable[Mapping[str, Value]]) -> Iterator[str]:
    yield _row(NAMES)
    yield _row("---" for _name in NAMES)
    for row in rows:
        yield _row(_text(value).translate(_MARKDOWN) for value in row.values())


def _row(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _text(value: Value) -> str:
    """Write a value into one cell: safe, in one line, nothing for None."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list | tuple):
        return " ".join(_text(item) for item in value)
    return "" if value is None else safe(str(value))


def _defused(cell: str) -> str:
    first = unicodedata.normalize("NFKC", cell.lstrip()[:1])
    return f"'{cell}" if first in _FORMULA else cell
