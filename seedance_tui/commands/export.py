"""`export`: the watch list as a table for other programs."""

from __future__ import annotations

import argparse

from ..command_line.invocation import Invocation
from ..command_line.json_record import record
from ..command_line.shapes import Shape, shape_arguments, show_records
from ..command_line.watch_list_status import offline_argument, watch_list_status
from ..core.model.codes import Exit
from ..core.text.i18n import _


def about() -> str:
    """Return the sentence that describes it."""
    return _("Export the watch list as a table, refreshing each task once.")


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add its own arguments."""
    offline_argument(parser)
    shape_arguments(parser)


def run(call: Invocation) -> Exit:
    """Do its work."""
    seen = watch_list_status(call)
    shape = Shape.of(call.given, default="csv")
    show_records([record(entry, seen.now) for entry in seen.entries], shape)
    return seen.code
