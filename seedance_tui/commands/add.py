"""`add`: watch tasks from now on."""

from __future__ import annotations

import argparse
from itertools import repeat

from ..command_line.exit_status import most_telling
from ..command_line.id_arguments import ids_argument, named
from ..command_line.invocation import Invocation
from ..command_line.output import show_json, show_lines
from ..command_line.query_session import QuerySession, complete
from ..core.model.codes import Exit
from ..core.text.i18n import _
from ..core.watchlist.find_ids import Found


def about() -> str:
    """Return the sentence that describes it."""
    return _("Add tasks to the watch list.")


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add its own arguments."""
    ids_argument(parser)
    parser.add_argument("--label", metavar="TEXT", default="", help=_("label for the new tasks"))


def run(call: Invocation) -> Exit:
    """Do its work: 2 if a word is no ID; the others are added all the same."""
    meant = named(call.given.ids, as_json=call.json)
    verdicts = complete(_add(call, meant.found))
    if call.json:
        show_json([{"id": task_id, "result": verdict} for task_id, verdict in verdicts])
    else:
        show_lines(f"{task_id}  {_sentence(verdict)}" for task_id, verdict in verdicts)
    return most_telling(meant.codes)


async def _add(call: Invocation, found: Found) -> list[tuple[str, str]]:
    """Return every word with what became of it."""
    async with QuerySession(call.config_without_key()) as queries:
        added = await queries.session.editor.add(found, repeat(call.given.label))
    verdicts = [(i, "added" if i in added.new else "already watched") for i in found.ids]
    return verdicts + [(word, "not an ID") for word in found.odd]


def _sentence(verdict: str) -> str:
    return {
        "added": _("added"),
        "already watched": _("already on the list"),
        "not an ID": _("not a task ID"),
    }[verdict]
