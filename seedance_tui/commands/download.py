"""`download`: save the videos of tasks."""

from __future__ import annotations

import argparse
import asyncio
from collections.abc import Sequence

from ..api.links import Kind
from ..command_line.error_messages import report_errors
from ..command_line.exit_status import most_telling
from ..command_line.follow import Following, following_arguments
from ..command_line.id_arguments import find_in_words, ids_argument
from ..command_line.invocation import Invocation
from ..command_line.output import say
from ..command_line.query_session import QuerySession, complete
from ..command_line.save_files import FileSaver
from ..core.model.codes import Exit
from ..core.text.i18n import _


def about() -> str:
    """Return the sentence that describes it."""
    return _(
        "Download videos and print each path. If several errors occur, the "
        "exit status is the first that applies: 3 API key, 1 setup, 6 disk "
        "or file, 9 link expired, 5 task failed, 4 not found, 7 network, 8 "
        "not finished."
    )


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add its own arguments."""
    ids_argument(parser, default=_("default: all finished tasks that are not saved"))
    which = parser.add_mutually_exclusive_group()
    which.add_argument(
        "--original", action="store_true", help=_("the original (before super-resolution)")
    )
    which.add_argument("--both", action="store_true", help=_("the result and the original"))
    parser.add_argument("--wait", action="store_true", help=_("wait for the tasks to finish"))
    following_arguments(parser)


def run(call: Invocation) -> Exit:
    """Do its work."""
    found = find_in_words(call.given.ids)
    if call.given.ids and not found.ids:
        say(_("no task ID found"))
        return Exit.USAGE
    return complete(_download(call, found.ids))


async def _download(call: Invocation, ids: tuple[str, ...]) -> Exit:
    config = call.config()
    chosen = config.download_dir if call.given.download_dir else None
    async with QuerySession(config, call.pause) as queries:
        await queries.add_temporary(ids)
        saver = FileSaver(
            queries,
            _kinds(call.given),
            named=bool(ids),
            json=call.json,
            only_in=chosen,
            limit=call.given.timeout,
        )
        wanted = ids or [entry.id for entry in queries.entries]
        whole = [task_id for task_id in wanted if saver.is_whole(task_id)]
        for task_id in whole if ids else ():
            saver.tell_saved(task_id)
        codes = await _fetch(call, queries, saver, [i for i in wanted if i not in whole])
        report_errors(saver.missed)
    return most_telling([*saver.codes, *codes])


def _kinds(given: argparse.Namespace) -> tuple[Kind, ...]:
    if given.both:
        return Kind.RESULT, Kind.ORIGINAL
    return (Kind.ORIGINAL,) if given.original else (Kind.RESULT,)


async def _fetch(
    call: Invocation, queries: QuerySession, saver: FileSaver, ids: Sequence[str]
) -> Sequence[Exit]:
    """Save what there is now or, with --wait, each as it ends; return what the waiting came to."""
    if not ids:
        return ()
    if not call.given.wait:
        await queries.connect()
        async with asyncio.TaskGroup() as group:
            for task_id in ids:
                group.create_task(saver.ask_and_settle(task_id))
        return ()
    grace = call.given.grace
    saves: list[asyncio.Task[None]] = []
    following = Following(queries, ids, grace=grace, only_open=not call.given.ids, for_links=True)
    async with asyncio.TaskGroup() as group:
        following.ended = lambda outcome: saves.append(group.create_task(saver.settle(outcome)))
        await following.run(call.given.timeout)
    return following.codes
