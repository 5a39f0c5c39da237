"""`schema`: what the JSON of the commands looks like."""

from __future__ import annotations

import argparse

from ..command_line.invocation import NOBODY_IS_ASKED, Invocation
from ..command_line.json_schema import NAMES, schema
from ..command_line.output import show_json
from ..core.model.codes import Exit
from ..core.text.i18n import _

STATUSES: tuple[Exit, ...] = ()
UNUSED = (
    *NOBODY_IS_ASKED,
    "--download-dir",
    "--config",
    "--watchlist",
    "--history",
    "--json",
    "--quiet",
)


def about() -> str:
    """Return the sentence that describes it."""
    return _("Print the JSON Schema (2020-12) of a task, an event or an error.")


def examples() -> tuple[str, ...]:
    """Return command lines that show what it is for."""
    return ("seedance-tui schema task", "seedance-tui schema error")


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add its own arguments."""
    parser.add_argument("name", nargs="?", choices=NAMES, default="task", help=_("default: task"))


def run(call: Invocation) -> Exit:
    """Do its work."""
    show_json(schema(call.given.name))
    return Exit.WELL
