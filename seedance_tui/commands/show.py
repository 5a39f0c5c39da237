"""`show`: everything that the gateway says of a task."""

from __future__ import annotations

import argparse
import time
from collections.abc import Iterator

from ..api.json_values import as_boolean, as_moment
from ..command_line.error_messages import report_errors
from ..command_line.exit_status import most_telling
from ..command_line.id_arguments import find_in_words, ids_argument
from ..command_line.invocation import Invocation
from ..command_line.json_record import facts
from ..command_line.output import NOTHING, Value, columns, say, show_json, show_lines, written
from ..command_line.query_session import QuerySession, complete
from ..core.explain.advice import again_sentence
from ..core.explain.explain import explain
from ..core.model.codes import Exit
from ..core.model.entry import Entry
from ..core.model.fields import Field, Look, fields_of
from ..core.model.outcomes import Missed, Outcome
from ..core.text.i18n import _
from ..core.text.units import in_words, span


def about() -> str:
    """Return the sentence that describes it."""
    return _("Show all fields of tasks, watched or not. With several IDs, --json prints an array.")


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add its own arguments."""
    ids_argument(parser)
    parser.add_argument(
        "--raw", action="store_true", help=_("print only the raw API response (JSON)")
    )


def run(call: Invocation) -> Exit:
    """Do its work; that a task failed is a fact here and no error."""
    found = find_in_words(call.given.ids)
    if not found.ids:
        say(_("no task ID found"))
        return Exit.USAGE
    entries, outcomes, now = complete(_ask(call, found.ids))
    if call.json or call.given.raw:
        _show_json([_answer(entry, raw=call.given.raw) for entry in entries])
    else:
        _show_text([entry for entry in entries if entry.task], now, named=len(entries) > 1)
    report_errors(outcomes)
    return most_telling(o.problem.spec.exit for o in outcomes if isinstance(o, Missed))


async def _ask(call: Invocation, ids: tuple[str, ...]) -> tuple[list[Entry], list[Outcome], float]:
    """Return the tasks, what came of asking, and the time on the gateway's clock."""
    async with QuerySession(call.config(), call.pause) as queries:
        await queries.add_temporary(ids)
        outcomes = await queries.ask(ids)
        return [queries.entry(task_id) for task_id in ids], outcomes, queries.session.now()


def _answer(entry: Entry, *, raw: bool) -> Value:
    answer = entry.task.raw if entry.task else None
    return answer if raw else {"answer": answer, "facts": facts(entry)}


def _show_json(answers: list[Value]) -> None:
    show_json(answers[0] if len(answers) == 1 else answers)


def _show_text(entries: list[Entry], now: float, *, named: bool) -> None:
    for number, entry in enumerate(entries):
        head = ([""] if number else []) + ([entry.id] if named else [])
        show_lines([*head, *columns(list(_rows(entry, now)))])


def _rows(entry: Entry, now: float) -> Iterator[tuple[str, str]]:
    for field in fields_of(entry.task.envelope if entry.task else None):
        yield field.label, _value(field, now)
    if entry.task and (why := explain(entry.task)):
        yield _("What happened"), why.happened
        yield _("What to try"), f"{why.advice} {again_sentence(why.again)}"


def _value(field: Field, now: float) -> str:
    """Write a value as it came, a moment and a yes or no for people."""
    if not field.sent or field.value in (None, ""):
        return NOTHING
    text = written(field.value)
    match field.look:
        case Look.MOMENT:
            at = as_moment(field.value)
            return NOTHING if at is None else _moment(at, now)
        case Look.BOOLEAN:
            truth = as_boolean(field.value)
            return text if truth is None else _("yes") if truth else _("no")
        case Look.SECONDS:
            return f"{text} s"
    return text


def _moment(at: float, now: float) -> str:
    clock = time.strftime("%Y-%m-%d %H:%M:%S", time.localtime(at))
    ago = _("{time} ago").format(time=in_words(span(now - at))) if at <= now else _("in the future")
    return f"{clock}  {ago}"
