"""The watch list with the state of every task, as `list` and `export` show it."""

from __future__ import annotations

import argparse
from dataclasses import dataclass

from ..core.model.entry import Entry
from ..core.model.outcomes import Missed
from ..core.model.problems import Exit
from ..core.text.i18n import _
from .error_messages import complain
from .exit_status import most_telling
from .invocation import Call
from .query_session import Inquiry, complete


@dataclass(frozen=True, slots=True)
class Survey:
    """The tasks, `now` in Unix seconds on the gateway's clock, and what could not be asked."""

    entries: tuple[Entry, ...]
    now: float
    code: Exit


def offline_argument(parser: argparse.ArgumentParser) -> None:
    """Add the option that keeps the network out."""
    parser.add_argument(
        "--offline", action="store_true", help=_("do not contact the gateway; show cached data")
    )


def survey(call: Call) -> Survey:
    """Poll once every task that may still change; print what failed."""
    return complete(_survey(call))


async def _survey(call: Call) -> Survey:
    offline = bool(call.given.offline)
    config = call.config_without_key() if offline else call.config()
    async with Inquiry(config, call.pause) as inquiry:
        code = Exit.WELL if offline else await _ask(inquiry)
        return Survey(inquiry.entries, inquiry.session.now(), code)


async def _ask(inquiry: Inquiry) -> Exit:
    """Ask; that a task is not found is a fact about it, and no trouble."""
    if witness := inquiry.session.clock_witness:
        await inquiry.ask([witness])
    outcomes = await inquiry.ask(entry.id for entry in inquiry.entries if entry.is_open)
    missed = [o for o in outcomes if isinstance(o, Missed) and not o.problem.concerns_task]
    complain(missed)
    return most_telling(outcome.problem.spec.exit for outcome in missed)
