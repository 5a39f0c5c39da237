"""`download`: save the videos of tasks."""

from __future__ import annotations

import argparse
import asyncio
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from ..api.links import Kind
from ..command_line.error_messages import report_errors
from ..command_line.exit_status import most_telling
from ..command_line.follow import Following
from ..command_line.follow_and_save import follow_and_save, is_in_time
from ..command_line.id_arguments import STANDARD_INPUT, Named, named, original_argument
from ..command_line.invocation import Invocation, UsageError
from ..command_line.json_error import error, tell
from ..command_line.query_session import QuerySession, complete
from ..command_line.record_lines import RecordLines, shape_of_lines, show_odd
from ..command_line.save_files import FileSaver, SaveOptions
from ..command_line.saved_copies import write_out
from ..command_line.selection import check, selected, selection_arguments
from ..command_line.shapes import stream_arguments
from ..command_line.time_limit import TimeLimit, time_arguments
from ..command_line.watch_list_status import refresh_argument
from ..core.model.codes import Code, Exit
from ..core.text.i18n import _

STANDARD_OUTPUT = STANDARD_INPUT

STATUSES = tuple(Exit)
UNUSED = ("--download-dir",)


def about() -> str:
    """Return the sentence that describes it."""
    return _("Download videos and print each path.")


def examples() -> tuple[str, ...]:
    """Return command lines that show what it is for."""
    return (
        "seedance-tui download",
        "seedance-tui download asyntask_… --wait --timeout 10m",
        "seedance-tui download --filter tag:ep3 --both --dir videos",
        "seedance-tui download asyntask_… -o - | ffprobe -",
    )


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add its own arguments."""
    selection_arguments(parser)
    which = parser.add_mutually_exclusive_group()
    original_argument(which.add_argument)
    which.add_argument("--both", action="store_true", help=_("the result and the original"))
    which.add_argument("--last-frame", action="store_true", help=_("the last frame"))
    parser.add_argument("--wait", action="store_true", help=_("wait for the tasks to finish"))
    time_arguments(parser)
    parser.add_argument(
        "-o",
        "--output",
        metavar="NAME",
        help=_("save the one file as NAME, or print it (-)"),
    )
    parser.add_argument("--dir", dest="download_dir", metavar="DIR", help=_("save in this folder"))
    parser.add_argument(
        "--verify", action="store_true", help=_("compare what is saved with the storage server's")
    )
    refresh_argument(parser)
    stream_arguments(parser)


def run(call: Invocation) -> Exit:
    """Do its work."""
    check(call)
    limit = TimeLimit(call.given.timeout)
    meant = named(call.given.ids, as_json=call.json, limit=limit)
    show_odd(call, meant)
    if call.given.ids and not meant.ids:
        return most_telling(meant.codes)
    if call.given.output == STANDARD_OUTPUT:
        return _print_file(call, meant, limit)
    return complete(_download(call, meant, _saving(call, meant), limit))


def _print_file(call: Invocation, meant: Named, limit: TimeLimit) -> Exit:
    """Save the file for a moment, whole and checked, and print it."""
    if call.given.format or call.given.fields or call.json or sys.stdout.isatty():
        raise UsageError(_("-o - prints the file: not on a terminal, and no record beside it"))
    kept = tempfile.TemporaryDirectory(prefix="seedance-tui-", ignore_cleanup_errors=True)
    with kept as folder:  # on Windows a file that is still being read cannot be removed
        path = Path(folder) / "file"
        saving = replace(_saving(call, meant), output=path, is_told=False)
        code = complete(_download(call, meant, saving, limit))
        if path.exists() and not limit.allows_blocking(lambda: write_out(path)):
            words = _("timed out, the file was not read to its end")
            told = error(Code.STILL_OPEN, Exit.STILL_OPEN, words)
            tell(told, as_json=call.json)
            code = most_telling([code, Exit.STILL_OPEN])
    return code


def _saving(call: Invocation, meant: Named) -> SaveOptions:
    given = call.given
    if given.output == "":
        raise UsageError(_("no file is named behind -o"))
    if given.output and (len(meant.ids) != 1 or meant.odd or given.both):
        raise UsageError(_("-o is for one file of one task"))
    if given.output and given.download_dir:
        raise UsageError(_("give -o or --dir: only one of them"))
    output = Path(given.output).absolute() if given.output else None
    folder = Path(given.download_dir).absolute() if given.download_dir else None
    return SaveOptions(_kinds(given), only_in=folder, output=output, verified=given.verify)


def _kinds(given: argparse.Namespace) -> tuple[Kind, ...]:
    if given.both:
        return Kind.RESULT, Kind.ORIGINAL
    if given.last_frame:
        return (Kind.LAST_FRAME,)
    return (Kind.ORIGINAL,) if given.original else (Kind.RESULT,)


async def _download(call: Invocation, meant: Named, saving: SaveOptions, limit: TimeLimit) -> Exit:
    ids, given = meant.ids, call.given
    config = call.config()
    if saving.only_in:
        saving = replace(saving, only_in=config.download_dir)
    async with QuerySession(
        config,
        call.pause,
        refresh=given.refresh,
        only=ids,
        needs_list=not ids,
        as_json=call.json,
        limit=limit,
    ) as queries:
        await queries.add_temporary(ids)
        shape = shape_of_lines(call)
        lines = RecordLines(queries, meant, shape) if shape else None
        saver = FileSaver(queries, saving, named=bool(ids), lines=lines, as_json=call.json)
        wanted = ids or [entry.id for entry in await selected(call, queries)]
        whole = [task_id for task_id in wanted if saver.is_whole(task_id) and not given.refresh]
        if (ids or saving.verified) and not await limit.allows(saver.tell_saved(whole)):
            saver.tell_time_over()
        following = await _fetch(call, saver, [i for i in wanted if i not in whole])
        report_errors(saver.missed, as_json=call.json)
        if lines:
            lines.show_rest(ids, {**saver.errors, **(following.errors if following else {})})
    codes = following.codes if following else ()
    return most_telling([*meant.codes, *queries.codes, *saver.codes, *codes])


async def _fetch(call: Invocation, saver: FileSaver, ids: Sequence[str]) -> Following | None:
    """Save what there is now or, with --wait, each as it ends; return what was waited for."""
    if not ids:
        return None
    if not call.given.wait:
        await _fetch_now(saver, ids)
        return None
    following = Following(
        saver.queries,
        ids,
        grace=call.given.grace,
        only_open=not call.given.ids,
        for_links=True,
        as_json=call.json,
    )
    await follow_and_save(following, saver)
    return following


async def _fetch_now(saver: FileSaver, ids: Sequence[str]) -> None:
    async def work() -> None:
        await saver.queries.connect()
        async with asyncio.TaskGroup() as group:
            for task_id in ids:
                group.create_task(saver.ask_and_settle(task_id))

    saver.expect(ids)
    if not await is_in_time(saver, work()):
        saver.tell_time_over()
