"""`export`: the watch list as a table for other programs."""

from __future__ import annotations

import argparse
import contextlib
import errno
import io
import os
from pathlib import Path

from ..command_line.invocation import Invocation, UsageError
from ..command_line.selection import filter_argument
from ..command_line.shapes import Shape, shape_arguments, show_records
from ..command_line.watch_list_status import (
    WatchListStatus,
    offline_argument,
    refresh_argument,
    watch_list_status,
)
from ..core.model.codes import Exit
from ..core.storage.atomic import write_whole
from ..core.text.i18n import _

_READABLE = 0o644

STATUSES = (Exit.NO_KEY, Exit.NETWORK)
UNUSED = ("--interval",)


def about() -> str:
    """Return the sentence that describes it."""
    return _("Export the watch list as a table, asking about each task that has not ended.")


def examples() -> tuple[str, ...]:
    """Return command lines that show what it is for."""
    return (
        "seedance-tui export -o tasks.csv",
        'seedance-tui export --filter "age<7d" --format markdown --fields id,label',
    )


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add its own arguments."""
    filter_argument(parser)
    offline_argument(parser)
    refresh_argument(parser)
    shape_arguments(parser)
    parser.add_argument("-o", "--output", metavar="FILE", help=_("write into FILE, replacing it"))


def run(call: Invocation) -> Exit:
    """Do its work."""
    file = _file(call.given.output)
    seen = watch_list_status(call)
    shape = Shape.of(call.given, default="csv")
    if file is None:
        _show(call, seen, shape)
        return seen.code
    text = io.StringIO()
    with contextlib.redirect_stdout(text):
        _show(call, seen, shape)
    content = text.getvalue().encode("utf-8")
    if file.exists() and not file.is_file():  # a pipe or a device is written into
        file.write_bytes(content)
    else:
        write_whole(file, content, _READABLE)
    return seen.code


def _file(output: str | None) -> Path | None:
    """Return where to write, None for standard output; a folder is refused before anything else."""
    if output in (None, "-"):
        return None
    if not output:
        raise UsageError(_("no file is named behind -o"))
    if Path(output).is_dir():
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), output)
    return Path(output).absolute()


def _show(call: Invocation, seen: WatchListStatus, shape: Shape) -> None:
    query, now = call.given.filter, seen.now
    entries = [one for one in seen.entries if query is None or query.holds(one, now)]
    show_records(seen.records(entries), shape, is_list=True)
