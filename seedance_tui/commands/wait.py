"""`wait`: until tasks have ended."""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable

from ..command_line.error_messages import failure_sentence, report_errors
from ..command_line.exit_status import most_telling
from ..command_line.follow import Following
from ..command_line.follow_and_save import follow_and_save
from ..command_line.id_arguments import Named, named
from ..command_line.invocation import Invocation
from ..command_line.json_error import Error, error, tell
from ..command_line.output import NOTHING, say, show_lines
from ..command_line.query_session import QuerySession, complete
from ..command_line.record_lines import RecordLines, shape_of_lines, show_odd
from ..command_line.save_files import FileSaver, SaveOptions
from ..command_line.selection import check, selected, selection_arguments
from ..command_line.shapes import Shape, stream_arguments
from ..command_line.time_limit import TimeLimit, time_arguments
from ..command_line.watch_list_status import refresh_argument
from ..core.model.codes import Code, Exit
from ..core.model.entry import Entry
from ..core.model.outcomes import Missed, Outcome
from ..core.text.i18n import _

STATUSES = tuple(Exit)


def about() -> str:
    """Return the sentence that describes it."""
    return _("Wait until tasks finish, printing one line per change.")


def examples() -> tuple[str, ...]:
    """Return command lines that show what it is for."""
    return (
        "seedance-tui wait asyntask_… --timeout 10m --save",
        "seedance-tui wait --all --any --json",
        "seedance-tui wait asyntask_… --timeout 0",
    )


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add its own arguments."""
    selection_arguments(parser)
    parser.add_argument("--any", action="store_true", help=_("until the first one has ended"))
    time_arguments(parser)
    parser.add_argument("--save", action="store_true", help=_("download each video as it is done"))
    refresh_argument(parser)
    stream_arguments(parser)


def run(call: Invocation) -> Exit:
    """Do its work: 0 if all are done, else the most telling of what they came to."""
    check(call)
    limit = TimeLimit(call.given.timeout)
    meant = named(call.given.ids, as_json=call.json, limit=limit)
    show_odd(call, meant)
    if call.given.ids and not meant.ids:
        return most_telling(meant.codes)
    codes = complete(_wait(call, meant, limit))
    return most_telling([*meant.codes, *codes])


async def _wait(call: Invocation, meant: Named, limit: TimeLimit) -> list[Exit]:
    ids, given = meant.ids, call.given
    async with QuerySession(
        call.config(),
        call.pause,
        refresh=given.refresh,
        only=ids,
        needs_list=not ids,
        as_json=call.json,
        limit=limit,
    ) as queries:
        await queries.add_temporary(ids)
        wanted = ids or [one.id for one in await selected(call, queries) if one.is_open]
        if not wanted and not queries.codes:
            say(_("no unfinished tasks"))
        following = Following(
            queries,
            wanted,
            grace=given.grace,
            only_open=not ids,
            until_any=given.any,
            for_links=given.save,
            as_json=call.json,
        )
        return await _follow(call, queries, following, meant)


async def _follow(
    call: Invocation, queries: QuerySession, following: Following, meant: Named
) -> list[Exit]:
    shape = shape_of_lines(call) or _shape_on_a_pipe()
    lines = RecordLines(queries, meant, shape) if shape else None
    following.changed = _showing(lines) if lines else _show_text
    saver = FileSaver(queries, SaveOptions(), named=bool(meant.ids), lines=lines, as_json=call.json)

    def tell_end(outcome: Outcome) -> None:
        _tell_end(call, queries, following, outcome)

    following.ended = tell_end
    if call.given.save:
        await follow_and_save(following, saver)
        report_errors(saver.missed, as_json=call.json)
    else:
        await following.run()
    if lines:
        lines.show_rest(meant.ids, {**saver.errors, **following.errors})
    return [*queries.codes, *following.codes, *saver.codes]


def _showing(lines: RecordLines) -> Callable[[Entry], None]:
    """Return what prints a change as a record: the last one of a task has its error."""
    return lambda entry: lines.show(entry, _failed(entry))


def _shape_on_a_pipe() -> Shape | None:
    return None if sys.stdout.isatty() else Shape("tsv")


def _show_text(entry: Entry) -> None:
    """Print a change for people."""
    task = entry.task
    words = [time.strftime("%H:%M:%S"), entry.name, entry.status.word or NOTHING]
    if entry.status.upstream_word:
        words.append(_("upstream status: {status}").format(status=entry.status.upstream_word))
    if task and task.progress is not None:
        words.append(f"{task.progress:.0%}")
    show_lines(["  ".join(words)])


def _tell_end(
    call: Invocation, queries: QuerySession, following: Following, outcome: Outcome
) -> None:
    """Say on standard error why a task has no video, or was not found."""
    if isinstance(outcome, Missed):
        report_errors([outcome], as_json=call.json)
    elif outcome.id in following.news and (told := _failed(queries.entry(outcome.id))):
        tell({**told, "message": f"{outcome.id}: {told['message']}"}, as_json=call.json)


def _failed(entry: Entry) -> Error | None:
    """Return why a task that has ended has no video; None of any other."""
    why = failure_sentence(entry.task) if entry.task and not entry.is_open else None
    return error(Code.TASK_FAILED, Exit.FAILED, why) if why else None
