"""`wait`: until tasks have ended."""

from __future__ import annotations

import argparse
import time

from ..command_line.error_messages import failure_sentence, report_errors
from ..command_line.exit_status import most_telling
from ..command_line.follow import Following, following_arguments
from ..command_line.id_arguments import find_in_words, ids_argument
from ..command_line.invocation import Invocation
from ..command_line.json_record import facts
from ..command_line.output import NOTHING, say, show_json_line, show_lines
from ..command_line.query_session import QuerySession, complete
from ..core.model.codes import Exit
from ..core.model.entry import Entry
from ..core.model.outcomes import Missed, Outcome
from ..core.text.i18n import _


def about() -> str:
    """Return the sentence that describes it."""
    return _("Wait until tasks finish, printing one line per change.")


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add its own arguments."""
    ids_argument(parser, default=_("default: every unfinished task on the list"))
    following_arguments(parser)


def run(call: Invocation) -> Exit:
    """Do its work: 0 if all are done, else the most telling of what they came to."""
    found = find_in_words(call.given.ids)
    if call.given.ids and not found.ids:
        say(_("no task ID found"))
        return Exit.USAGE
    return complete(_wait(call, found.ids))


async def _wait(call: Invocation, ids: tuple[str, ...]) -> Exit:
    async with QuerySession(call.config(), call.pause) as queries:
        await queries.add_temporary(ids)
        wanted = ids or [entry.id for entry in queries.entries if entry.is_open]
        if not wanted:
            say(_("no unfinished tasks"))
        following = Following(queries, wanted, grace=call.given.grace, only_open=not ids)
        following.changed = _show_json if call.json else _show_text
        following.ended = lambda outcome: _tell_missing(queries, outcome, json=call.json)
        await following.run(call.given.timeout)
    return most_telling(following.codes)


def _show_text(entry: Entry) -> None:
    task = entry.task
    words = [time.strftime("%H:%M:%S"), entry.name, entry.status.word or NOTHING]
    if entry.status.upstream_word:
        words.append(_("upstream status: {status}").format(status=entry.status.upstream_word))
    if task and task.progress is not None:
        words.append(f"{task.progress:.0%}")
    if task and (why := failure_sentence(task)):
        words.append(why)
    show_lines(["  ".join(words)])


def _show_json(entry: Entry) -> None:
    show_json_line(facts(entry))


def _tell_missing(queries: QuerySession, outcome: Outcome, *, json: bool) -> None:
    if isinstance(outcome, Missed):
        report_errors([outcome])
        if json:
            _show_json(queries.entry(outcome.id))
