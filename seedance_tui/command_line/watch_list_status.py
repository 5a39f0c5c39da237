"""The watch list with the state of every task, as `list` and `export` show it."""

from __future__ import annotations

import argparse
from dataclasses import dataclass

from ..core.model.codes import Exit
from ..core.model.entry import Entry
from ..core.model.outcomes import Missed
from ..core.text.i18n import _
from ..core.watchlist.archive import archive_path
from .error_messages import report_errors
from .exit_status import most_telling
from .invocation import Invocation
from .output import say
from .query_session import QuerySession, complete


@dataclass(frozen=True, slots=True)
class WatchListStatus:
    """The tasks, `now` in Unix seconds on the gateway's clock, and what could not be asked."""

    entries: tuple[Entry, ...]
    now: float
    code: Exit


def offline_argument(parser: argparse.ArgumentParser) -> None:
    """Add the option that keeps the network out."""
    parser.add_argument(
        "--offline", action="store_true", help=_("do not contact the gateway; show cached data")
    )


def watch_list_status(call: Invocation) -> WatchListStatus:
    """Poll once every task that may still change; print what failed."""
    return complete(_survey(call))


def archived(call: Invocation) -> WatchListStatus:
    """Show what was removed: nobody is polled about it, whatever the options say."""
    return complete(_archived(call))


async def _archived(call: Invocation) -> WatchListStatus:
    async with QuerySession(call.config_without_key(), call.pause) as queries:
        found = await queries.session.archived()
        if found.damage:
            path = archive_path(queries.session.config.watchlist)
            say(_("the archive {path} is damaged: {damage}").format(path=path, damage=found.damage))
        return WatchListStatus(found.entries, queries.session.now(), Exit.WELL)


async def _survey(call: Invocation) -> WatchListStatus:
    offline = bool(call.given.offline)
    config = call.config_without_key() if offline else call.config()
    async with QuerySession(config, call.pause) as queries:
        code = Exit.WELL if offline else await _ask(queries, as_json=call.json)
        return WatchListStatus(queries.entries, queries.session.now(), code)


async def _ask(queries: QuerySession, *, as_json: bool) -> Exit:
    """Ask; that a task is not found is a fact about it, and no trouble."""
    if witness := queries.session.gateway_clock.witness(queries.entries):
        await queries.ask([witness])
    outcomes = await queries.ask(entry.id for entry in queries.entries if entry.is_asked)
    missed = [o for o in outcomes if isinstance(o, Missed) and not o.problem.is_not_found]
    report_errors(missed, as_json=as_json)
    return most_telling(outcome.problem.spec.exit for outcome in missed)
