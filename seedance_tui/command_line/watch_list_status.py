"""The watch list with what is known of every task: what `list` and `export` show."""

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
from .output import say
from .query_session import Inquiry, complete


@dataclass(frozen=True, slots=True)
class Survey:
    """The tasks, `now` in Unix seconds on the gateway's clock, and what could not be asked."""

    entries: tuple[Entry, ...]
    now: float
    code: Exit


def offline_argument(parser: argparse.ArgumentParser) -> None:
    """Add the option that keeps the network out."""
    parser.add_argument("--offline", action="store_true", help=_("ask nobody; show what is known"))


def survey(call: Call) -> Survey:
    """Ask once about every task that may still change; what could not be asked is told."""
    return complete(_survey(call))


def archived(call: Call) -> Survey:
    """Show what was put away: nobody is asked about it, whatever the options say."""
    return complete(_archived(call))


async def _archived(call: Call) -> Survey:
    from ..core.archived import archived_tasks

    async with Inquiry(call.config_without_key(), call.pause) as inquiry:
        found = await archived_tasks(inquiry.session)
        if found.damage:
            say(_("the archive is damaged: {damage}").format(damage=found.damage))
        return Survey(found.entries, inquiry.session.now(), Exit.WELL)


async def _survey(call: Call) -> Survey:
    offline = bool(call.given.offline)
    config = call.config_without_key() if offline else call.config()
    async with Inquiry(config, call.pause) as inquiry:
        code = Exit.WELL if offline else await _ask(inquiry)
        return Survey(inquiry.entries, inquiry.session.now(), code)


async def _ask(inquiry: Inquiry) -> Exit:
    """Ask; that a task is not found is a fact about it, and no trouble."""
    if witness := inquiry.session.gateway_clock.witness(inquiry.entries):
        await inquiry.ask([witness])
    outcomes = await inquiry.ask(entry.id for entry in inquiry.entries if entry.is_open)
    missed = [o for o in outcomes if isinstance(o, Missed) and not o.problem.concerns_task]
    complain(missed)
    return most_telling(outcome.problem.spec.exit for outcome in missed)
