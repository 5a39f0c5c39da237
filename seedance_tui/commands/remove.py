"""`remove`: stop watching tasks; the archive keeps what was said of them."""

from __future__ import annotations

import argparse
from dataclasses import dataclass

from ..command_line.edited import show_edited
from ..command_line.exit_status import most_telling
from ..command_line.id_arguments import Named, named
from ..command_line.invocation import NOBODY_IS_ASKED, Invocation
from ..command_line.json_error import not_watched, tell
from ..command_line.query_session import QuerySession, complete
from ..command_line.selection import check, matching, selection_arguments
from ..command_line.shapes import shape_arguments
from ..core.model.codes import Exit
from ..core.model.entry import Entry
from ..core.text.i18n import _

STATUSES = (Exit.NOT_FOUND,)
UNUSED = NOBODY_IS_ASKED


def about() -> str:
    """Return the sentence that describes it."""
    return _("Remove tasks from the watch list, into the archive; downloaded files are kept.")


def examples() -> tuple[str, ...]:
    """Return command lines that show what it is for."""
    return (
        "seedance-tui remove asyntask_…",
        'seedance-tui remove --filter "saved:yes age>7d"',
    )


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add its own arguments."""
    selection_arguments(parser, with_all=False)
    shape_arguments(parser)


def run(call: Invocation) -> Exit:
    """Do its work: 4 if one was not on the list, 2 if a word is no ID; the others are removed."""
    check(call, with_all=False)
    done = complete(_remove(call))
    errors = {one: not_watched(one) for one in done.unknown}
    told = {one.id: _("removed") for one in done.entries if one.id not in errors}
    show_edited(call, done.meant, done.entries, told, now=done.now, errors=errors)
    for error in errors.values():
        tell(error, as_json=call.json)
    return most_telling([*done.codes, *(Exit.NOT_FOUND for _task in errors)])


@dataclass(frozen=True, slots=True)
class _Done:
    meant: Named
    entries: tuple[Entry, ...]
    unknown: tuple[str, ...]
    now: float
    codes: tuple[Exit, ...]


async def _remove(call: Invocation) -> _Done:
    """Remove what was named, or what is known to match: nobody is asked for that."""
    by_filter = not call.given.ids
    async with QuerySession(
        call.config_without_key(), needs_list=by_filter, as_json=call.json
    ) as queries:
        store, now = queries.session.store, queries.session.now()
        meant = named(
            call.given.ids, as_json=call.json, is_known=lambda word: store.get(word) is not None
        )
        query = call.given.filter
        ids = meant.ids or [one.id for one in matching(queries, query) if query]
        unknown = tuple(task_id for task_id in ids if store.get(task_id) is None)
        await queries.add_temporary(unknown)
        entries = tuple(queries.entry(task_id) for task_id in ids)
        await queries.session.editor.remove(one for one in ids if one not in unknown)
        return _Done(meant, entries, unknown, now, (*meant.codes, *queries.codes))
