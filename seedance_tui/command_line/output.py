"""Print lines and JSON to standard output, remarks to standard error."""

from __future__ import annotations

import io
import json
import os
import sys
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress

from ..core.text.sanitize import safe

Value = Mapping[str, "Value"] | Sequence["Value"] | str | int | float | bool | None
"""What JSON can say."""
NOTHING = "—"


class _Remarks:
    are_left_out = False


_remarks = _Remarks()


def prepare_streams() -> None:
    """Lead each standard stream that is closed to nowhere; let one of few characters do.

    Otherwise the next file that is opened has its number, and what a child prints ends in it.
    """
    for descriptor, (name, mode) in enumerate((("stdin", "r"), ("stdout", "w"), ("stderr", "w"))):
        if getattr(sys, name) is None:
            with suppress(OSError):
                _lead_to_nowhere(descriptor)
            setattr(sys, name, open(os.devnull, mode, encoding="utf-8"))  # noqa: PTH123, SIM115  it stays open
        elif mode == "w":
            _be_lenient(getattr(sys, name))


def say_only_errors(*, only: bool) -> None:
    """Leave remarks out from here on, or not."""
    _remarks.are_left_out = only


def is_quiet() -> bool:
    """Whether nothing but errors and what was asked for is printed."""
    return _remarks.are_left_out


def say(text: str) -> None:
    """Print a remark as one line to standard error, unless only errors are wanted."""
    if not _remarks.are_left_out:
        complain(text)


def complain(text: str) -> None:
    """Print an error as one line to standard error."""
    show_aside(f"seedance-tui: {safe(text)}\n")


def show_aside(text: str) -> None:
    """Write to standard error; that it cannot be written to is nobody's fault."""
    with suppress(OSError):
        sys.stderr.write(text)
        sys.stderr.flush()


def show_lines(lines: Iterable[str]) -> None:
    """Print lines, each made safe, where the reader of a pipe gets them at once.

    No line is cut, however long its texts are: that would take the cells at its end.
    """
    for line in lines:
        print(safe(line, whole=True), flush=True)


def show_tabbed(rows: Iterable[Iterable[str]]) -> None:
    """Print cells with tabs between them, each made safe."""
    for row in rows:
        print("\t".join(safe(cell, whole=True) for cell in row), flush=True)


def show_json(value: Value) -> None:
    """Print JSON over many lines."""
    print(_written(value, indent=2), flush=True)


def show_json_line(value: Value) -> None:
    """Print JSON in one line."""
    print(_written(value, indent=None), flush=True)


def show_json_lines(values: Iterable[Value]) -> None:
    """Print each value as JSON in a line of its own."""
    for value in values:
        show_json_line(value)


def written(value: Value) -> str:
    """Write a value for people: text as it is, objects and lists as JSON, safe to print."""
    if isinstance(value, str):
        return safe(value)
    return safe(json.dumps(value, ensure_ascii=False))


def columns(rows: Sequence[Sequence[str]]) -> Iterator[str]:
    """Align cells of outside text by the width that a terminal gives them."""
    rows = [[safe(cell) for cell in row] for row in rows]
    widths = [max(map(cells, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        padded = (
            cell + " " * (width - cells(cell)) for cell, width in zip(row, widths, strict=True)
        )
        yield "  ".join(padded).rstrip()


def cells(text: str) -> int:
    """How many cells of a terminal the text takes."""
    return len(text) if text.isascii() else sum(_cells(character) for character in text)


def _be_lenient(stream: object) -> None:
    """Let an output show plain characters for those that it has not, and never fail."""
    if isinstance(stream, io.TextIOWrapper):
        is_utf_8 = stream.encoding.lower().replace("-", "") == "utf8"
        stream.reconfigure(errors="replace" if is_utf_8 else _plain_characters())


def _plain_characters() -> str:
    from ._few_characters import NAME

    return NAME


def _lead_to_nowhere(descriptor: int) -> None:
    """Fill the number, which `open` would give to another file."""
    try:
        os.fstat(descriptor)
    except OSError:
        nowhere = os.open(os.devnull, os.O_RDWR)
        if nowhere != descriptor:
            os.dup2(nowhere, descriptor)
            os.close(nowhere)


def _cells(character: str) -> int:
    if unicodedata.combining(character):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def _written(value: Value, *, indent: int | None) -> str:
    """Write ASCII only: no control code and no broken character reaches a terminal."""
    try:
        return json.dumps(value, indent=indent, allow_nan=False)
    except ValueError:  # some gateways send NaN, which is not JSON
        finite = json.loads(json.dumps(value), parse_constant=lambda name: None)
        return json.dumps(finite, indent=indent)
