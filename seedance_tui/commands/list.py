"""`list`: every watched task in one line."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator

from ..command_line.invocation import Invocation
from ..command_line.json_record import facts, saved_path
from ..command_line.output import NOTHING, columns, say, show_json, show_lines
from ..command_line.watch_list_status import archived, offline_argument, watch_list_status
from ..core.model.codes import Exit
from ..core.model.entry import Entry, Mark
from ..core.text.i18n import _
from ..core.text.units import span

_LONGEST_NAME = 40


def about() -> str:
    """Return the sentence that describes it."""
    return _("List the watched tasks, refreshing each once.")


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add its own arguments."""
    offline_argument(parser)
    parser.add_argument("--archived", action="store_true", help=_("list the archived tasks"))


def run(call: Invocation) -> Exit:
    """Do its work; a task that failed or is not found is a fact and no error."""
    seen = archived(call) if call.given.archived else watch_list_status(call)
    if call.json:
        show_json([facts(entry) for entry in seen.entries])
    elif seen.entries:
        show_lines(columns(list(_rows(seen.entries, seen.now))))
    else:
        say(_("the archive is empty") if call.given.archived else _("the watch list is empty"))
    return seen.code


def _rows(entries: tuple[Entry, ...], now: float) -> Iterator[tuple[str, ...]]:
    """One row for each task, with a header on a terminal."""
    if sys.stdout.isatty():
        yield _("NAME"), _("ID"), _("STATUS"), _("PROGRESS"), _("AGE"), _("LINK"), _("SAVED AS")
    for entry in entries:
        progress = entry.task.progress if entry.task else None
        yield (
            entry.watched.label[:_LONGEST_NAME] or NOTHING,
            entry.id,
            _status(entry, now),
            NOTHING if progress is None else f"{progress:.0%}",
            span(now - entry.began_at),
            _time_left(entry, now),
            str(saved_path(entry) or NOTHING),
        )


def _status(entry: Entry, now: float) -> str:
    """The word as the server spelt it, and what the program itself knows beside it."""
    marks = {
        Mark.STALE: _("stale"),
        Mark.NOT_FOUND: _("not found"),
        Mark.SLOW: _("slow"),
        Mark.EXPIRED: _("expired"),
        Mark.LOST: _("lost"),
        Mark.SAVED: _("saved"),
    }
    mark = entry.mark(now)
    beside = marks.get(mark, "") if mark else _("no link yet") if entry.awaits_link else ""
    return f"{entry.status.word or NOTHING} {beside}".rstrip()


def _time_left(entry: Entry, now: float) -> str:
    link = entry.link()
    return NOTHING if link is None else entry.deadline_words(link, now) or "?"
