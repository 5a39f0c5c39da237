"""`remove`: stop watching tasks; the archive keeps what was said of them."""

from __future__ import annotations

import argparse
from collections.abc import Sequence

from ..command_line.id_arguments import find_in_words, ids_argument
from ..command_line.invocation import Invocation
from ..command_line.output import say, show_json, show_lines
from ..command_line.query_session import QuerySession, complete
from ..core.model.codes import Exit
from ..core.text.i18n import _


def about() -> str:
    """Return the sentence that describes it."""
    return _("Remove tasks from the watch list, into the archive; downloaded files are kept.")


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add its own arguments."""
    ids_argument(parser)


def run(call: Invocation) -> Exit:
    """Do its work: 4 if one was not on the list; the others are removed all the same."""
    removed, unknown = complete(_remove(call, call.given.ids))
    if call.json:
        show_json({"removed": removed, "unknown": unknown})
    else:
        show_lines(f"{task_id}  {_('removed')}" for task_id in removed)
    for task_id in unknown:
        say(_("{id}: not on the watch list").format(id=task_id))
    return Exit.NOT_FOUND if unknown else Exit.WELL


async def _remove(call: Invocation, words: Sequence[str]) -> tuple[list[str], list[str]]:
    """Return what was removed, and what was not there."""
    async with QuerySession(call.config_without_key()) as queries:
        store = queries.session.store
        found = find_in_words(words, lambda word: store.get(word) is not None)
        removed = [task_id for task_id in found.ids if store.get(task_id)]
        await queries.session.editor.remove(removed)
    return removed, [word for word in (*found.ids, *found.odd) if word not in removed]
