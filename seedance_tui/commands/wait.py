"""`wait`: until tasks have ended."""

from __future__ import annotations

import argparse
import time

from ..command_line.error_messages import failure_sentence, report_errors
from ..command_line.exit_status import most_telling
from ..command_line.follow import Following, following_arguments
from ..command_line.id_arguments import Named, ids_argument, named
from ..command_line.invocation import Invocation
from ..command_line.output import NOTHING, say, show_json_lines, show_lines
from ..command_line.query_session import QuerySession, complete
from ..command_line.record_lines import RecordLines
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
    meant = named(call.given.ids, as_json=call.json)
    if call.given.ids and not meant.ids:
        show_json_lines(meant.records() if call.json else ())
        return most_telling(meant.codes)
    codes = complete(_wait(call, meant))
    return most_telling([*meant.codes, *codes])


async def _wait(call: Invocation, meant: Named) -> list[Exit]:
    ids = meant.ids
    async with QuerySession(call.config(), call.pause) as queries:
        await queries.add_temporary(ids)
        wanted = ids or [entry.id for entry in queries.entries if entry.is_open]
        if not wanted:
            say(_("no unfinished tasks"))
        following = Following(
            queries, wanted, grace=call.given.grace, only_open=not ids, as_json=call.json
        )
        lines = RecordLines(queries, meant) if call.json else None
        following.changed = lines.show if lines else _show_text
        following.ended = lambda outcome: _tell_missing(queries, outcome, lines)
        await following.run(call.given.timeout)
        if lines:
            lines.show_rest(ids)
    return following.codes


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


def _tell_missing(queries: QuerySession, outcome: Outcome, lines: RecordLines | None) -> None:
    if isinstance(outcome, Missed):
        report_errors([outcome], as_json=lines is not None)
        if lines:
            lines.show(queries.entry(outcome.id))
