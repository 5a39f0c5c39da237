"""`list`: every watched task in one line."""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence

from ..command_line.invocation import Invocation
from ..command_line.json_record import saved_path
from ..command_line.output import NOTHING, say
from ..command_line.selection import filter_argument
from ..command_line.shapes import Shape, shape_arguments, show_records, show_rows
from ..command_line.watch_list_status import (
    WatchListStatus,
    archived,
    offline_argument,
    refresh_argument,
    watch_list_status,
)
from ..core.listing.sorting import sort
from ..core.model.codes import Exit
from ..core.model.entry import Entry, Mark
from ..core.settings.choices import Order
from ..core.text.i18n import _
from ..core.text.units import span

_LONGEST_NAME = 40
_OF_THE_QUEUE = frozenset({Mark.SAVING, Mark.WAITING, Mark.PAUSED, Mark.NOT_SAVED})
"""Marks of what the monitor downloads: of them a command says nothing."""

STATUSES = (Exit.NO_KEY, Exit.NETWORK)
UNUSED = ("--interval",)


def about() -> str:
    """Return the sentence that describes it."""
    return _("List the watched tasks, asking about each that has not ended.")


def examples() -> tuple[str, ...]:
    """Return command lines that show what it is for."""
    return (
        "seedance-tui list --offline",
        'seedance-tui list --filter "status:done saved:no" --format ids',
        "seedance-tui list --sort link --limit 5 --json",
    )


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add its own arguments."""
    filter_argument(parser)
    parser.add_argument(
        "--sort",
        choices=[column.value for column in Order],
        default=Order.ADDED.value,
        metavar="KEY",
        help=_("one of {keys} (default: added)").format(keys=", ".join(Order)),
    )
    parser.add_argument("--reverse", action="store_true", help=_("the last one first"))
    parser.add_argument("--limit", type=_count, metavar="N", help=_("no more than N tasks"))
    offline_argument(parser)
    refresh_argument(parser)
    shape_arguments(parser)
    parser.add_argument("--archived", action="store_true", help=_("list the archived tasks"))


def run(call: Invocation) -> Exit:
    """Do its work; a task that failed or is not found is a fact and no error."""
    shape = Shape.of(call.given)
    seen = archived(call) if call.given.archived else watch_list_status(call)
    entries = _chosen(call.given, seen)
    if not seen.entries and not shape.is_json:
        if seen.code is not Exit.OTHER:  # of a damaged list nobody knows that it is empty
            say(_("the archive is empty") if call.given.archived else _("the watch list is empty"))
    elif shape.format == "table" and not shape.fields:
        show_rows("table", _head(), list(_rows(entries, seen.now)))
    else:
        show_records(seen.records(entries), shape, is_list=True)
    return seen.code


def _chosen(given: argparse.Namespace, seen: WatchListStatus) -> Sequence[Entry]:
    query = given.filter
    shown = [one for one in seen.entries if query is None or query.holds(one, seen.now)]
    return sort(shown, Order(given.sort), reverse=given.reverse, now=seen.now)[: given.limit]


def _count(text: str) -> int:
    if not (text.isascii() and text.isdecimal()):
        words = _("{text!r} is not a number of tasks: 0, 1, 2, …")
        raise argparse.ArgumentTypeError(words.format(text=text))
    return int(text)


def _head() -> tuple[str, ...]:
    return _("LABEL"), _("ID"), _("STATUS"), _("PROGRESS"), _("AGE"), _("LINK"), _("SAVED AS")


def _rows(entries: Sequence[Entry], now: float) -> Iterator[tuple[str, ...]]:
    """One row for each task, in words for people."""
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
    mark = entry.mark(now)
    if mark is None:
        beside = _("no link yet") if entry.awaits_link else ""
    else:
        beside = "" if mark in _OF_THE_QUEUE else mark.in_words()
    return f"{entry.status.word or NOTHING} {beside}".rstrip()


def _time_left(entry: Entry, now: float) -> str:
    link = entry.link()
    return NOTHING if link is None else entry.deadline_words(link, now) or "?"
