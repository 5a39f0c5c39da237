"""`history`: what was heard of tasks, and when."""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import replace

from ..command_line.events import event
from ..command_line.exit_status import most_telling
from ..command_line.id_arguments import Named, ids_argument, named
from ..command_line.invocation import NOBODY_IS_ASKED, Invocation
from ..command_line.json_error import Error, error, tell
from ..command_line.json_record import record, record_of_no_id
from ..command_line.output import Value, show_json
from ..command_line.query_session import QuerySession, complete
from ..command_line.shapes import show_rows
from ..core.model.codes import Code, Exit
from ..core.model.entry import Entry, Remembered
from ..core.text.i18n import _
from ..core.text.units import iso

STATUSES = (Exit.NOT_FOUND,)
UNUSED = NOBODY_IS_ASKED


def about() -> str:
    """Return the sentence that describes it."""
    return _("Print what was heard of tasks and when, out of the history; nobody is asked.")


def examples() -> tuple[str, ...]:
    """Return command lines that show what it is for."""
    return ("seedance-tui history asyntask_…", "seedance-tui history asyntask_… --json")


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add its own arguments."""
    ids_argument(parser)


def run(call: Invocation) -> Exit:
    """Do its work: 4 if nothing was ever heard of one of them."""
    meant = named(call.given.ids, as_json=call.json)
    found, now = complete(_found(call, meant.ids)) if meant.ids else ([], time.time())
    errors = {entry.id: _nothing_heard(entry) for entry, answers in found if not answers}
    if call.json:
        show_json(list(_events(found, errors, meant, now)))
    else:
        head = (_("ID"), _("SEEN"), _("STATUS"), _("PROGRESS"), _("UPSTREAM"))
        form = "table" if sys.stdout.isatty() else "tsv"
        show_rows(form, head, [row for entry, said in found for row in _rows(entry.id, said)])
    for told in errors.values():
        tell(told, as_json=call.json)
    return most_telling([*meant.codes, *(Exit.NOT_FOUND for _task in errors)])


Found = list[tuple[Entry, tuple[Remembered, ...]]]


async def _found(call: Invocation, ids: Sequence[str]) -> tuple[Found, float]:
    async with QuerySession(call.config_without_key(), only=ids) as queries:
        await queries.add_temporary(ids)
        answers = queries.session.recorder.answers
        found = [(queries.entry(task_id), await answers(task_id)) for task_id in ids]
        return found, queries.session.now()


def _nothing_heard(entry: Entry) -> Error:
    text = _("{id}: nothing was ever heard of it").format(id=entry.id)
    return error(Code.NOT_FOUND, Exit.NOT_FOUND, text)


def _rows(task_id: str, answers: Sequence[Remembered]) -> Iterator[tuple[str, ...]]:
    for answer in answers:
        task = answer.task
        progress = "" if task.progress is None else f"{task.progress:.0%}"
        said = task.status.word, progress, task.upstream.status or ""
        yield (task_id, iso(answer.seen_at) or "", *said)


def _events(found: Found, errors: dict[str, Error], meant: Named, now: float) -> Iterator[Value]:
    for entry, answers in found:
        word = meant.words[entry.id]
        for answer in answers:
            then = replace(Entry(entry.watched), files=entry.files)
            said = then.recalled(answer.task, answer.seen_at)
            kind = "changed" if said.is_open else "ended"
            yield event(kind, answer.seen_at, record(said, now, word=word))
        if told := errors.get(entry.id):
            yield event("trouble", now, record(entry, now, word=word, error=told), told)
    for odd in meant.records():
        yield event("trouble", now, record_of_no_id(str(odd["input"]), odd["error"]), odd["error"])
