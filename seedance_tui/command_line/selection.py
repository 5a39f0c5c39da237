"""Which tasks a command is about: named ones, all of the list, or those that a filter holds for."""

from __future__ import annotations

import argparse

from ..core.listing.filter import Query, QueryError, parse
from ..core.model.codes import Exit
from ..core.model.entry import Entry
from ..core.text.i18n import _
from .id_arguments import ids_argument
from .invocation import Invocation, UsageError
from .json_error import tell
from .output import say
from .query_session import QuerySession
from .time_limit import time_is_over
from .watch_list_status import ask_what_is_open


def filter_argument(parser: argparse.ArgumentParser) -> None:
    """Add the option that chooses tasks of the list."""
    parser.add_argument(
        "--filter",
        type=_query,
        metavar="EXPR",
        help=_('only tasks that match, e.g. "status:failed age<2h tag:ep3"'),
    )


def selection_arguments(parser: argparse.ArgumentParser, *, with_all: bool = True) -> None:
    """Add IDs, and what may stand in place of them."""
    ids_argument(parser, default=_("default: --all") if with_all else _("or --filter"))
    filter_argument(parser)
    if with_all:
        parser.add_argument("--all", action="store_true", help=_("every task of the list"))


def check(call: Invocation, *, with_all: bool = True) -> None:
    """Raise UsageError unless exactly one of IDs, a filter that asks and --all is given.

    None of them means --all where there is one, which is said.
    """
    given = call.given
    if given.filter is not None and given.filter.is_empty:  # as of a variable that is not set
        raise UsageError(_("the filter is empty: every task would match"))
    chosen = sum(map(bool, (given.ids, given.filter, with_all and given.all)))
    if chosen > 1:
        raise UsageError(_("give IDs, --filter or --all: only one of them"))
    if not chosen and not with_all:
        raise UsageError(_("give IDs or --filter"))
    if not chosen:
        say(_("no ID given: --all is meant"))


async def selected(call: Invocation, queries: QuerySession) -> tuple[Entry, ...]:
    """Return the tasks of the list that are meant where none was named.

    A filter is asked of what is known once those have been polled that may still change. What
    could not be asked and does not match counts in the exit status: it might have matched.
    """
    query: Query | None = call.given.filter
    if query is None:
        return queries.entries
    if not await queries.time_limit.allows(ask_what_is_open(queries, as_json=call.json)):
        _tell_incomplete(call, queries)
    found = matching(queries, query)
    missed = queries.missed.keys() - {one.id for one in found}
    problems = [queries.missed[task_id] for task_id in missed]
    queries.codes += [one.spec.exit for one in problems if not one.is_not_found]
    return found


def _tell_incomplete(call: Invocation, queries: QuerySession) -> None:
    text = _("timed out before all tasks were asked about; the filter may have missed some")
    over = time_is_over(queries.trouble, is_heard=queries.is_answered)
    queries.codes.append(Exit(int(str(over["exit"]))))
    tell({**over, "message": text}, as_json=call.json)


def matching(queries: QuerySession, query: Query | None) -> tuple[Entry, ...]:
    """Return the tasks for which a filter holds, in the order of the list."""
    now = queries.session.now()
    return tuple(one for one in queries.entries if query is None or query.holds(one, now))


def _query(text: str) -> Query:
    try:
        return parse(text)
    except QueryError as error:
        raise argparse.ArgumentTypeError(str(error)) from error
