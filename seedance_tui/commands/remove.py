"""`remove`: stop watching tasks; the archive keeps what was said of them."""

from __future__ import annotations

import argparse
from collections.abc import Sequence

from ..command_line.exit_status import most_telling
from ..command_line.id_arguments import ids_argument, named
from ..command_line.invocation import Invocation
from ..command_line.json_error import error, tell
from ..command_line.output import show_json, show_lines
from ..command_line.query_session import QuerySession, complete
from ..core.model.codes import Code, Exit
from ..core.text.i18n import _


def about() -> str:
    """Return the sentence that describes it."""
    return _("Remove tasks from the watch list, into the archive; downloaded files are kept.")


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add its own arguments."""
    ids_argument(parser)


def run(call: Invocation) -> Exit:
    """Do its work: 4 if one was not on the list, 2 if a word is no ID; the others are removed."""
    removed, unknown, codes = complete(_remove(call, call.given.ids))
    if call.json:
        show_json({"removed": removed, "unknown": unknown})
    else:
        show_lines(f"{task_id}  {_('removed')}" for task_id in removed)
    for task_id in unknown:
        text = _("{id}: not on the watch list").format(id=task_id)
        tell(error(Code.NOT_FOUND, Exit.NOT_FOUND, text), as_json=call.json)
    return most_telling([*codes, *(Exit.NOT_FOUND for _task in unknown)])


async def _remove(
    call: Invocation, words: Sequence[str]
) -> tuple[list[str], list[str], list[Exit]]:
    """Return what was removed, what was not there, and what words without an ID mean."""
    async with QuerySession(call.config_without_key()) as queries:
        store = queries.session.store
        meant = named(words, as_json=call.json, is_known=lambda word: store.get(word) is not None)
        removed = [task_id for task_id in meant.ids if store.get(task_id)]
        await queries.session.editor.remove(removed)
    return removed, [word for word in meant.ids if word not in removed], meant.codes
