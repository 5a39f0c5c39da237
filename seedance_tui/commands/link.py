"""`link`: the link to a video, while it lives."""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence

from ..api.links import Kind, Link
from ..command_line.error_messages import failure_sentence
from ..command_line.exit_status import OF_VIDEOS, most_telling, of_status
from ..command_line.id_arguments import Named, ids_argument, named, original_argument
from ..command_line.invocation import Invocation, seconds
from ..command_line.json_error import Error, error, error_of, tell
from ..command_line.json_record import record
from ..command_line.output import show_lines
from ..command_line.query_session import QuerySession, complete
from ..command_line.shapes import Shape, shape_arguments, show_records
from ..core.model.codes import Code, Exit
from ..core.model.entry import Entry
from ..core.text.i18n import _
from ..core.text.units import in_words, span

STATUSES = OF_VIDEOS
UNUSED = (
    "--interval",
    "--download-dir",
)


def about() -> str:
    """Return the sentence that describes it."""
    return _("Print the link to each task's video.")


def examples() -> tuple[str, ...]:
    """Return command lines that show what it is for."""
    return (
        'curl -o video.mp4 "$(seedance-tui link asyntask_… --min-left 10m)"',
        "seedance-tui link asyntask_… --last-frame",
    )


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add its own arguments."""
    ids_argument(parser)
    which = parser.add_mutually_exclusive_group()
    original_argument(which.add_argument)
    which.add_argument("--last-frame", action="store_true", help=_("the last frame"))
    parser.add_argument(
        "--min-left",
        type=seconds,
        default=0.0,
        metavar="TIME",
        help=_("a link with less time left counts as expired, e.g. 90, 10m, 1h"),
    )
    shape_arguments(parser)


def run(call: Invocation) -> Exit:
    """Do its work: 9 for a link that has expired, 6 where there is none."""
    meant = named(call.given.ids, as_json=call.json)
    return most_telling([*meant.codes, *complete(_links(call, meant))])


async def _links(call: Invocation, meant: Named) -> list[Exit]:
    """Print what there is; return what it means."""
    if not meant.ids:
        if call.asks_for_records:
            show_records(meant.records(), Shape.of(call.given))
        return []
    kind, left = _kind(call.given), call.given.min_left
    async with QuerySession(call.config(), call.pause, only=meant.ids) as queries:
        await queries.add_temporary(meant.ids)
        await queries.ask(meant.ids)
        await queries.ask(_outlived(queries, meant.ids, kind, left), anew=True)
        now = queries.session.now()
        entries = [queries.entry(task_id) for task_id in meant.ids]
        errors = {one.id: _error(one, kind, now, left, queries.error(one.id)) for one in entries}
    if call.asks_for_records:
        records = [
            record(one, now, word=meant.words[one.id], error=errors[one.id]) for one in entries
        ]
        show_records([*records, *meant.records()], Shape.of(call.given))
    else:
        living = (one.link(kind) for one in entries if not errors[one.id])
        show_lines(link.current(now).url for link in living if link)
    for task_id, told in errors.items():
        if told:
            whose = {**told, "message": f"{task_id}: {told['message']}"}
            tell(whose, as_json=call.json)
    return [Exit(int(str(told["exit"]))) for told in errors.values() if told]


def _outlived(queries: QuerySession, ids: Sequence[str], kind: Kind, left: float) -> Iterator[str]:
    """Return the tasks whose link, heard in an earlier run, is too old: there may be a new one."""
    until = queries.session.now() + left
    for entry in map(queries.entry, ids):
        link = entry.link(kind)
        if entry.remembered and link and link.current(until).has_expired(until):
            yield entry.id


def _kind(given: argparse.Namespace) -> Kind:
    if given.last_frame:
        return Kind.LAST_FRAME
    return Kind.ORIGINAL if given.original else Kind.RESULT


def _error(entry: Entry, kind: Kind, now: float, left: float, missed: Error | None) -> Error | None:
    """Say why there is no link that has so many seconds left; None if there is one.

    `missed` is what was wrong with asking.
    """
    link, code = entry.link(kind), of_status(entry.status)
    if link and (refusal := entry.refusal(kind)):
        return error_of(refusal)
    if link:
        return _too_old(link, now, left)
    if missed:
        return missed
    if code is Exit.WELL:
        return error(Code.LINK_MISSING, Exit.DISK, _("the task has no such link"))
    told = Code.STILL_OPEN if entry.is_open else Code.TASK_FAILED
    why = entry.task and failure_sentence(entry.task)
    return error(told, code, why or _("not finished yet"))


def _too_old(link: Link, now: float, left: float) -> Error | None:
    if not link.current(now + left).has_expired(now + left):
        return None
    words, deadline = _("the link has expired"), link.current(now).deadline
    if not link.current(now).has_expired(now) and deadline is not None:
        words = _("the link expires in {time}, sooner than --min-left allows").format(
            time=in_words(span(deadline - now))
        )
    return error(Code.LINK_EXPIRED, Exit.EXPIRED, words)
