"""`watch`: events as they happen, until interrupted."""

from __future__ import annotations

import argparse
import time

from ..command_line.event_lines import Events, EventType
from ..command_line.exit_status import most_telling
from ..command_line.id_arguments import Named, ids_argument, named
from ..command_line.invocation import Invocation, UsageError
from ..command_line.json_error import not_an_id
from ..command_line.query_session import QuerySession, complete
from ..command_line.service import notify
from ..command_line.watching import Watching
from ..core.listing.filter import Query, QueryError, parse
from ..core.model.codes import Exit
from ..core.text.i18n import _

STATUSES = tuple(Exit)


def about() -> str:
    """Return the sentence that describes it."""
    return _("Print events as they happen, until interrupted; save videos and run hooks.")


def examples() -> tuple[str, ...]:
    """Return command lines that show what it is for."""
    return (
        "seedance-tui watch --json",
        'seedance-tui watch --filter "tag:ep3 !status:failed"',
        "seedance-tui watch asyntask_…",
    )


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add its own arguments."""
    ids_argument(parser, default=_("default: the watch list"))
    parser.add_argument(
        "--filter",
        type=_filter,
        metavar="EXPR",
        help=_("only events of tasks that match this filter"),
    )
    parser.add_argument(
        "--format", choices=("lines", "ndjson"), help=_("lines of text (default) or of JSON")
    )


def run(call: Invocation) -> Exit:
    """Do its work: it ends by a signal, by a refused key, or because nobody reads any more.

    Where nothing of the list can be read it does not begin.
    """
    if call.given.ids and call.given.filter is not None:
        raise UsageError(_("give IDs or --filter: only one of them"))
    meant = named(call.given.ids, as_json=call.json)
    events = Events(as_json=call.json)
    if call.given.ids and not meant.ids:
        _tell_odd(events, meant, time.time())
        return most_telling(meant.codes)
    code = complete(_watch(call, events, meant))
    return most_telling([*meant.codes, code]) if code is Exit.WELL else code


async def _watch(call: Invocation, events: Events, meant: Named) -> Exit:
    async with QuerySession(
        call.config(), call.pause, needs_list=not meant.ids, as_json=call.json
    ) as queries:
        session, query = queries.session, call.given.filter or Query()
        _tell_odd(events, meant, session.now())
        if queries.codes and not queries.entries:
            return most_telling(queries.codes)
        await session.recall_choices()
        if meant.ids:
            await queries.add_temporary(meant.ids)
            session.store.watch(queries.entry(task_id).watched for task_id in meant.ids)
        watching = Watching(
            queries,
            events,
            meant.words,
            is_wanted=lambda entry: query.holds(entry, session.now()),
            ready=lambda: notify("READY=1", call.environ),
        )
        code = await watching.run()
        notify("STOPPING=1", call.environ)
    return most_telling(queries.codes) if code is Exit.WELL else code


def _tell_odd(events: Events, meant: Named, now: float) -> None:
    for word, told in zip(meant.odd, meant.records(), strict=True):
        events.tell_record(EventType.TROUBLE, now, told, not_an_id(word))


def _filter(text: str) -> Query:
    try:
        return parse(text)
    except QueryError as error:
        raise argparse.ArgumentTypeError(str(error)) from error
