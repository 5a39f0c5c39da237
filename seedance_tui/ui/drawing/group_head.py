"""The line above the tasks of a group: what they have in common, and their sums."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from datetime import date, timedelta

from rich.cells import cell_len

from ...core.listing.grouping import NO_RESPONSE, NOT_FOUND
from ...core.listing.listing import Group
from ...core.listing.views import OF_LIST
from ...core.model.entry import Entry
from ...core.settings.choices import Grouping, View
from ...core.text.i18n import _, plural
from . import format as fmt
from . import spans
from .glyphs import glyphs
from .spans import Line, Role, Span

_LEAST_TITLE = 10
"""Cells of the title that no sum takes away."""


def group_head(
    group: Group,
    members: Sequence[Entry],
    marks: Collection[str],
    width: int,
    today: date,
    *,
    is_folded: bool,
) -> Line:
    """Return the line in `width` cells at the most; `marks` are the IDs that are marked.

    What does not fit is left out from its end, whole sums at a time.
    """
    marked = sum(entry.id in marks for entry in members) if marks else 0
    sign = spans.spaced(glyphs().folded if is_folded else glyphs().unfolded)
    count = f"  {group.count}"
    room = width - cell_len(sign) - cell_len(count)
    title, sums = group_title(group, members[0], today), list(group_sums(group, marked))
    if glyphs().plain:
        sums.insert(0, (_("folded") if is_folded else _("unfolded"), "dim"))
    beside = min(cell_len(title), max(_LEAST_TITLE, room // 3))
    line: list[Span] = []
    for text, role in sums:
        piece = glyphs().joint + text
        if beside + sum(cell_len(one) for one, _role in line) + cell_len(piece) > room:
            break
        line.append((piece, role))
    used = sum(cell_len(text) for text, _role in line)
    return (
        (sign, "accent"),
        (fmt.cut_end(title, max(1, room - used)), "strong"),
        (count, "dim"),
        *line,
    )


def group_title(group: Group, first: Entry, today: date) -> str:
    """What its tasks have in common, in words; `first` is one of them."""
    if group.by is Grouping.STATUS:
        return spans.status_word(first) if first.task else _without_status(group.name)
    if not group.name:
        words = {Grouping.TAG: _("No tag"), Grouping.MODEL: _("No model")}
        return words.get(group.by) or _("No date")
    if group.by is Grouping.TAG:
        return f"#{fmt.in_row(group.name)}"
    if group.by is Grouping.DAY:
        near = {today: _("today"), today - timedelta(days=1): _("yesterday")}
        word = near.get(date.fromisoformat(group.name))
        return f"{group.name} {word}" if word else group.name
    return fmt.in_row(group.name)


def _without_status(name: str) -> str:
    words = {NOT_FOUND: _("Not found"), NO_RESPONSE: _("No response")}
    return words.get(name) or _("Not polled yet")


def group_sums(group: Group, marked: int = 0) -> Iterator[tuple[str, Role]]:
    """The sums that are not zero: the marks first, for keys act on them."""
    summary = group.summary
    views = dict(zip(OF_LIST, summary.views, strict=True))
    done = views[View.READY] + summary.lost
    if marked:
        yield plural("{n} marked", "{n} marked", marked), "accent"
    counted: tuple[tuple[int, str, Role], ...] = (
        (summary.running, plural("{n} running", "{n} running", summary.running), "accent"),
        (done, plural("{n} done", "{n} done", done), "good"),
        (
            summary.to_save,
            plural("{n} not saved", "{n} not saved", summary.to_save),
            "warn",
        ),
        (views[View.FAILED], plural("{n} failed", "{n} failed", views[View.FAILED]), "bad"),
    )
    for count, text, role in counted:
        is_title = group.by is Grouping.STATUS and role != "warn"
        if count and not is_title:
            yield text, role
    if group.tokens:
        yield _("{tokens} tokens").format(tokens=_short(group.tokens)), "dim"


def _short(number: int) -> str:
    """A number in a few cells: 9,999, 245k, 12.3M."""
    if number < 10_000:
        return f"{number:,}"
    return f"{number // 1000:,}k" if number < 1_000_000 else f"{number / 1e6:,.1f}M"
