"""`download`: save the videos of tasks."""

from __future__ import annotations

import argparse
import asyncio
from collections.abc import Sequence

from ..api.links import Kind
from ..command_line.error_messages import report_errors
from ..command_line.exit_status import most_telling
from ..command_line.follow import Following, following_arguments
from ..command_line.id_arguments import Named, ids_argument, named
from ..command_line.invocation import Invocation
from ..command_line.output import show_json_lines
from ..command_line.query_session import QuerySession, complete
from ..command_line.record_lines import RecordLines
from ..command_line.save_files import FileSaver
from ..core.model.codes import Exit
from ..core.text.i18n import _


def about() -> str:
    """Return the sentence that describes it."""
    return _(
        "Download videos and print each path. If several errors occur, the "
        "exit status is the first that applies: 2 usage, 3 API key, 1 setup, "
        "6 disk or file, 9 link expired, 5 task failed, 4 not found, 7 network, "
        "8 not finished."
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
    meant = named(call.given.ids, as_json=call.json)
    if call.given.ids and not meant.ids:
        show_json_lines(meant.records() if call.json else ())
        return most_telling(meant.codes)
    return complete(_download(call, meant))


async def _download(call: Invocation, meant: Named) -> Exit:
    ids, config = meant.ids, call.config()
    chosen = config.download_dir if call.given.download_dir else None
    async with QuerySession(config, call.pause) as queries:
        await queries.add_temporary(ids)
        lines = RecordLines(queries, meant) if call.json else None
        saver = FileSaver(
            queries,
            _kinds(call.given),
            named=bool(ids),
            lines=lines,
            only_in=chosen,
            limit=call.given.timeout,
        )
        wanted = ids or [entry.id for entry in queries.entries]
        whole = [task_id for task_id in wanted if saver.is_whole(task_id)]
        for task_id in whole if ids else ():
            saver.tell_saved(task_id)
        codes = await _fetch(call, queries, saver, [i for i in wanted if i not in whole])
        report_errors(saver.missed, as_json=call.json)
        if lines:
            lines.show_rest(ids)
    return most_telling([*meant.codes, *saver.codes, *codes])


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
    following = Following(
        queries,
        ids,
        grace=grace,
        only_open=not call.given.ids,
        for_links=True,
        as_json=call.json,
    )
    async with asyncio.TaskGroup() as group:
        following.ended = lambda outcome: saves.append(group.create_task(saver.settle(outcome)))
        await following.run(call.given.timeout)
    return following.codes
