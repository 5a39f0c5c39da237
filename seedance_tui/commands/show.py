"""`show`: everything that the gateway says of a task."""

from __future__ import annotations

import argparse
import time
from collections.abc import Iterator

from ..api.json_values import JSON, as_boolean, as_moment
from ..command_line.error_messages import report_errors
from ..command_line.exit_status import most_telling
from ..command_line.id_arguments import ids_argument, named
from ..command_line.invocation import Invocation, UsageError
from ..command_line.json_error import error_of
from ..command_line.json_record import record
from ..command_line.output import NOTHING, columns, show_json, show_lines, written
from ..command_line.query_session import QuerySession, complete
from ..command_line.shapes import Shape, shape_arguments, show_records
from ..command_line.watch_list_status import offline_argument, refresh_argument
from ..core.explain.explain import explain
from ..core.model.codes import Exit
from ..core.model.entry import Entry
from ..core.model.fields import Field, Look, fields_of
from ..core.model.outcomes import Missed, Outcome
from ..core.text.i18n import _
from ..core.text.units import in_words, span

STATUSES = (Exit.NO_KEY, Exit.NOT_FOUND, Exit.NETWORK)
UNUSED = ("--interval",)


def about() -> str:
    """Return the sentence that describes it."""
    return _("Show all fields of tasks, watched or not. --json prints an array of records.")


def examples() -> tuple[str, ...]:
    """Return command lines that show what it is for."""
    return (
        "seedance-tui show asyntask_… --json",
        "seedance-tui show asyntask_… --fields files.result.url",
        "seedance-tui show asyntask_… --offline --raw",
    )


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add its own arguments."""
    ids_argument(parser)
    offline_argument(parser)
    refresh_argument(parser)
    shape_arguments(parser)
    parser.add_argument(
        "--raw", action="store_true", help=_("print only the raw API response (JSON)")
    )


def run(call: Invocation) -> Exit:
    """Do its work; that a task failed is a fact here and no error."""
    if call.given.raw and (call.given.format or call.given.fields):
        raise UsageError(_("--raw prints the response as it is: give no --format and no --fields"))
    meant, shape = named(call.given.ids, as_json=call.json), Shape.of(call.given)
    entries, outcomes, now = complete(_ask(call, meant.ids)) if meant.ids else ([], [], 0.0)
    errors = {o.id: error_of(o.problem) for o in outcomes if isinstance(o, Missed)}
    if call.given.raw:
        _show_json([entry.task.raw if entry.task else None for entry in entries])
    elif shape.format == "table" and not shape.fields:
        _show_text([entry for entry in entries if entry.task], now, with_ids=len(entries) > 1)
    else:
        records = [
            record(entry, now, word=meant.words[entry.id], error=errors.get(entry.id))
            for entry in entries
        ]
        show_records([*records, *(meant.records() if call.asks_for_records else ())], shape)
    report_errors(outcomes, as_json=call.json)
    codes = [o.problem.spec.exit for o in outcomes if isinstance(o, Missed)]
    return most_telling([*meant.codes, *codes])


async def _ask(call: Invocation, ids: tuple[str, ...]) -> tuple[list[Entry], list[Outcome], float]:
    """Return the tasks, what came of asking, and the time on the gateway's clock."""
    offline = bool(call.given.offline)
    config = call.config_without_key() if offline else call.config()
    refresh = call.given.refresh
    async with QuerySession(config, call.pause, refresh=refresh, only=ids) as queries:
        await queries.add_temporary(ids)
        outcomes = [] if offline else await queries.ask(ids)
        return [queries.entry(task_id) for task_id in ids], outcomes, queries.session.now()


def _show_json(answers: list[JSON]) -> None:
    show_json(answers[0] if len(answers) == 1 else answers)


def _show_text(entries: list[Entry], now: float, *, with_ids: bool) -> None:
    for number, entry in enumerate(entries):
        head = ([""] if number else []) + ([entry.id] if with_ids else [])
        show_lines([*head, *columns(list(_rows(entry, now)))])


def _rows(entry: Entry, now: float) -> Iterator[tuple[str, str]]:
    for field in fields_of(entry.task.envelope if entry.task else None):
        yield field.label, _value(field, now)
    if entry.task and (why := explain(entry.task)):
        yield _("What happened"), why.happened
        yield _("What to try"), why.advice


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
