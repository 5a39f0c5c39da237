"""`edit`: say something else of watched tasks."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from dataclasses import dataclass

from ..command_line.edited import show_edited
from ..command_line.exit_status import most_telling
from ..command_line.id_arguments import Named, ids_argument, named
from ..command_line.invocation import NOBODY_IS_ASKED, Invocation, UsageError
from ..command_line.json_error import not_watched, tell
from ..command_line.query_session import QuerySession, complete
from ..command_line.shapes import shape_arguments
from ..command_line.words_arguments import Words, tag_argument, words_arguments
from ..core.model.codes import Exit
from ..core.model.entry import Entry
from ..core.text.i18n import _
from ..core.watchlist.changes import Change, Step

STATUSES = (Exit.NOT_FOUND,)
UNUSED = (*NOBODY_IS_ASKED, "--download-dir")


def about() -> str:
    """Return the sentence that describes it."""
    return _("Change label, tags, note or prompt of watched tasks.")


def examples() -> tuple[str, ...]:
    """Return command lines that show what it is for."""
    return (
        'seedance-tui edit asyntask_… --label "take 4" --tag final --untag draft',
        'seedance-tui edit asyntask_… --note ""',
    )


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add its own arguments."""
    ids_argument(parser)
    words_arguments(parser)
    tag_argument(parser, removable=True)
    shape_arguments(parser)


def run(call: Invocation) -> Exit:
    """Do its work: 4 if one is not on the list, 2 if a word is no ID; the others are changed."""
    words = Words.of(call.given)
    if words.says_nothing:
        raise UsageError(_("say what to change: --label, --tag, --untag, --note or --prompt"))
    done = complete(_edit(call, call.given.ids, words))
    errors = {one: not_watched(one) for one in done.unknown}
    told = {one.id: _("changed") for one in done.entries if one.id not in errors}
    show_edited(call, done.meant, done.entries, told, now=done.now, errors=errors)
    for error in errors.values():
        tell(error, as_json=call.json)
    return most_telling([*done.meant.codes, *(Exit.NOT_FOUND for _task in errors)])


@dataclass(frozen=True, slots=True)
class _Done:
    meant: Named
    entries: tuple[Entry, ...]
    unknown: tuple[str, ...]
    now: float


async def _edit(call: Invocation, given: Sequence[str], words: Words) -> _Done:
    async with QuerySession(call.config_without_key()) as queries:
        store = queries.session.store
        meant = named(given, as_json=call.json, is_known=lambda word: store.get(word) is not None)
        unknown = tuple(task_id for task_id in meant.ids if store.get(task_id) is None)
        wanted = set(meant.ids)
        steps = tuple(
            Step(place, entry.watched, words.said_of(entry.watched))
            for place, entry in enumerate(store.entries)
            if entry.id in wanted
        )
        await queries.session.editor.change(Change(steps))
        await queries.add_temporary(unknown)
        entries = tuple(queries.entry(task_id) for task_id in meant.ids)
        return _Done(meant, entries, unknown, queries.session.now())
