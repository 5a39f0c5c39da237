"""A group of tasks at a glance: its sums, why tasks failed, what expires first."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime

from ...core.listing.listing import Group
from ...core.model.entry import Entry
from ...core.model.urgency import urgency
from ...core.text.i18n import _, plural
from ..drawing import format as fmt
from ..drawing.group_head import group_sums, group_title
from ..drawing.spans import URGENCY_ROLES, Line
from .page import Page, PageContext, paragraph

_MOST_LINES = 4


def group_page(group: Group, members: Sequence[Entry], view: PageContext) -> Page:
    """Return what is to be said of a group while the cursor is on its head."""
    return Page(list(_lines(group, members, view)))


def _lines(group: Group, members: Sequence[Entry], view: PageContext) -> Iterator[Line]:
    today = datetime.fromtimestamp(view.now, UTC if view.utc else None).date()
    title = fmt.cut_middle(group_title(group, members[0], today), view.width - 2)
    yield ((" " + title, "strong"),)
    yield ((" " + plural("{n} task", "{n} tasks", group.count), "dim"),)
    if sums := list(_sums(group, members, view)):
        yield from ((), *sums)
    yield ()
    hint = _("This is a group: press space to mark its tasks.")
    yield from paragraph(hint, "dim", view.width, _MOST_LINES)


def _sums(group: Group, members: Sequence[Entry], view: PageContext) -> Iterator[Line]:
    """The sums of the head, each on a line, the failures with their reasons."""
    reasons = _failures(members)
    for text, role in group_sums(group):
        if role != "bad" or not reasons:
            yield ((" " + text, role),)
    if reasons:
        yield from paragraph(reasons, "bad", view.width, _MOST_LINES)
    if group.summary.next_deadline is not None:
        left = group.summary.next_deadline - view.now
        words = _("next link expires in {time}").format(time=fmt.in_words(fmt.left(left)))
        yield from paragraph(words, URGENCY_ROLES[urgency(left)], view.width, _MOST_LINES)


def _failures(members: Sequence[Entry]) -> str:
    """How many failed for which reason; empty where none has."""
    failed = [entry.task for entry in members if entry.task and entry.status.phase.is_lost]
    if not failed:
        return ""
    from ...core.explain.in_short import failures_in_sum

    return failures_in_sum(failed)
