"""The watch list with the state of every task, as `list` and `export` show it."""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from ..core.model.codes import Code, Exit
from ..core.model.entry import Entry
from ..core.model.outcomes import Missed
from ..core.storage.paths import archive_path
from ..core.text.i18n import _
from .error_messages import report_errors
from .exit_status import most_telling
from .invocation import Invocation
from .json_error import Error, error, error_of, tell
from .json_record import Record, record
from .query_session import QuerySession, complete


@dataclass(frozen=True, slots=True)
class WatchListStatus:
    """The tasks, `now` in Unix seconds on the gateway's clock, and what could not be asked."""

    entries: tuple[Entry, ...]
    now: float
    code: Exit
    errors: Mapping[str, Error] = field(default_factory=dict)

    def records(self, entries: Iterable[Entry]) -> list[Record]:
        """Return the records of some of the tasks."""
        return [record(one, self.now, error=self.errors.get(one.id)) for one in entries]


def offline_argument(parser: argparse.ArgumentParser) -> None:
    """Add the option that keeps the network out."""
    parser.add_argument(
        "--offline", action="store_true", help=_("do not contact the gateway; show cached data")
    )


def refresh_argument(parser: argparse.ArgumentParser) -> None:
    """Add the option that asks also about what has ended."""
    parser.add_argument(
        "--refresh", action="store_true", help=_("ask also about tasks that have ended")
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
            text = _("the archive {path} is damaged: {damage}")
            words = text.format(path=path, damage=found.damage)
            tell(error(Code.SETUP, Exit.OTHER, words), as_json=call.json)
        code = Exit.OTHER if found.damage else Exit.WELL
        return WatchListStatus(found.entries, queries.session.now(), code)


async def _survey(call: Invocation) -> WatchListStatus:
    offline = bool(call.given.offline)
    config = call.config_without_key() if offline else call.config()
    refresh = bool(call.given.refresh)
    async with QuerySession(
        config, call.pause, refresh=refresh, needs_list=True, as_json=call.json
    ) as queries:
        asked = (
            Exit.WELL
            if offline
            else await ask_what_is_open(queries, as_json=call.json, refresh=refresh)
        )
        errors = {one: error_of(problem) for one, problem in queries.missed.items()}
        code = most_telling([*queries.codes, asked])
        return WatchListStatus(queries.entries, queries.session.now(), code, errors)


async def ask_what_is_open(queries: QuerySession, *, as_json: bool, refresh: bool = False) -> Exit:
    """Ask about tasks that may still change, or all; not to find one is a fact, and no trouble."""
    if witness := queries.session.gateway_clock.witness(queries.entries):
        await queries.ask([witness], anew=True)
    wanted = [entry.id for entry in queries.entries if refresh or entry.is_asked]
    outcomes = await queries.ask(wanted)
    missed = [o for o in outcomes if isinstance(o, Missed) and not o.problem.is_not_found]
    report_errors(missed, as_json=as_json)
    return most_telling(outcome.problem.spec.exit for outcome in missed)
