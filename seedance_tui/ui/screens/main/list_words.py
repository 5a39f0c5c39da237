"""What is said of changes of the watch list and the archive."""

from __future__ import annotations

from collections.abc import Iterator

from ....core.text.i18n import _, plural
from ....core.text.units import left
from ....core.watchlist.changes import Change
from ....core.watchlist.editor import Added
from ....core.watchlist.unwatched import Unwatched
from ...drawing import format as fmt
from ...drawing.glyphs import glyphs

_LONGEST_NAME = 30
"""Cells of a name in a sentence that goes on after it."""


def removal(unwatched: Unwatched, name: str) -> str:
    """Say what is no longer watched, and what may be lost by that; `name` is the first one's.

    How it is taken back stands before what a narrow line has no room for.
    """
    one = _("{name} removed").format(name=fmt.cut_middle(name, _LONGEST_NAME))
    many = plural("{n} task removed", "{n} tasks removed", unwatched.tasks)
    stake = _(", ").join(_at_stake(unwatched))
    said = (one if unwatched.tasks == 1 else many, _("u: undo"), stake)
    return glyphs().joint.join(filter(None, said))


def _at_stake(unwatched: Unwatched) -> Iterator[str]:
    n = unwatched.not_saved
    if n:
        yield plural("{n} not saved", "{n} not saved", n)
        if unwatched.seconds is None:
            yield plural("its link expires, time unknown", "the links expire, time unknown", n)
        else:
            text = (
                _("the first link expires in {time}") if n > 1 else _("its link expires in {time}")
            )
            yield text.format(time=left(unwatched.seconds))
    if unwatched.not_done:
        yield plural("{n} not finished yet", "{n} not finished yet", unwatched.not_done)
    if unwatched.being_saved:
        n = unwatched.being_saved
        yield plural("its download goes on", "{n} downloads go on", n)


def deletion(count: int) -> str:
    """Say what was removed for good, and until when that can be taken back."""
    what = plural("{n} task removed for good", "{n} tasks removed for good", count)
    return what + glyphs().joint + _("u: undo, until you quit")


def addition(added: Added, hidden: int = 0) -> str:
    """Say what became of IDs that were to be added, and how many of the new are not shown."""
    parts = []
    if added.new:
        parts.append(plural("{n} task added", "{n} tasks added", len(added.new)))
    if added.known:
        parts.append(plural("{n} already on the list", "{n} already on the list", len(added.known)))
    if added.odd:
        parts.append(
            plural(
                "{n} word is not a task ID",
                "{n} words are not task IDs",
                len(added.odd),
            )
        )
    if hidden:
        parts.append(plural("{n} hidden by the filter", "{n} hidden by the filter", hidden))
    return glyphs().joint.join(parts)


def turned(change: Change) -> str:
    """Say what a change was that has been made, taken back or made again."""
    if change.steps and all(step.is_of_archive for step in change.steps):
        deleted = sum(step.after is None for step in change.steps)
        if deleted:
            return plural("{n} task removed for good", "{n} tasks removed for good", deleted)
        count = len(change.steps)
        return plural(
            "{n} task restored to the archive", "{n} tasks restored to the archive", count
        )
    added = sum(1 for step in change.steps if step.before is None)
    removed = sum(1 for step in change.steps if step.after is None)
    if added:
        return plural("{n} task restored", "{n} tasks restored", added)
    if removed:
        return plural("{n} task removed", "{n} tasks removed", removed)
    return plural("{n} task changed", "{n} tasks changed", len(change.steps))
