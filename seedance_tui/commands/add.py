"""`add`: watch tasks from now on."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from dataclasses import dataclass

from ..command_line.edited import show_edited
from ..command_line.exit_status import most_telling
from ..command_line.id_arguments import Named, ids_argument, named
from ..command_line.invocation import NOBODY_IS_ASKED, Invocation
from ..command_line.output import say
from ..command_line.query_session import QuerySession, complete
from ..command_line.shapes import shape_arguments
from ..command_line.words_arguments import Words, tag_argument, words_arguments
from ..core.model.codes import Exit
from ..core.model.entry import Entry
from ..core.model.watched import Watched
from ..core.text.i18n import _

STATUSES: tuple[Exit, ...] = ()
UNUSED = (*NOBODY_IS_ASKED, "--download-dir")


def about() -> str:
    """Return the sentence that describes it."""
    return _("Add tasks to the watch list.")


def examples() -> tuple[str, ...]:
    """Return command lines that show what it is for."""
    return (
        'seedance-tui add asyntask_… --label "fruit tea, take 3" --tag ep3',
        "pbpaste | seedance-tui add -",
    )


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add its own arguments."""
    ids_argument(parser)
    words_arguments(parser)
    tag_argument(parser)
    shape_arguments(parser)


def run(call: Invocation) -> Exit:
    """Do its work: 2 if a word is no ID; the others are added all the same."""
    meant = named(call.given.ids, as_json=call.json)
    done = complete(_add(call, meant)) if meant.ids else _Done()
    show_edited(call, meant, done.entries, _words(meant, done), now=done.now, errors={})
    return most_telling(meant.codes)


@dataclass(frozen=True, slots=True)
class _Done:
    """The tasks, the time on the gateway's clock, and which of them were not watched before."""

    entries: tuple[Entry, ...] = ()
    now: float = 0.0
    new: tuple[str, ...] = ()


async def _add(call: Invocation, meant: Named) -> _Done:
    config = call.config_without_key()
    async with QuerySession(config, only=meant.ids) as queries:
        words = Words.of(call.given)
        added = await queries.session.editor.add(meant.found, describe=words.said_of)
        await queries.session.recall(meant.ids)
        entries = tuple(queries.entry(task_id) for task_id in meant.ids)
        _tell_unsaid(words, [one.watched for one in entries if one.id not in added.new])
        return _Done(entries, queries.session.now(), added.new)


def _tell_unsaid(words: Words, known: Sequence[Watched]) -> None:
    """Say of tasks that are on the list already that they are not what was said of them now."""
    for watched in known:
        if words.said_of(watched) != watched:
            text = _("{id}: already on the list, left as it is; seedance-tui edit changes it")
            say(text.format(id=watched.id))


def _words(meant: Named, done: _Done) -> dict[str, str]:
    known = _("already on the list")
    told = {one: _("added") if one in done.new else known for one in meant.ids}
    return told | dict.fromkeys(meant.odd, _("not a task ID"))
