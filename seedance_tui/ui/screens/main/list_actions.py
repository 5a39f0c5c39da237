"""What changes the watch list: add, remove, undo, redo."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from textual import events, work

from ....core.model.watched import Watched
from ....core.text.i18n import _, plural
from ....core.text.sanitize import safe
from ....core.watchlist.changes import Change, Step
from ....core.watchlist.editor import Added
from ....core.watchlist.find_ids import Found
from ...drawing.glyphs import glyphs
from ...widgets.task_list import TaskList
from .base import MainBase

if TYPE_CHECKING:
    from ..dialogs.edit import Edit


class ListActions(MainBase):
    """Changes are made in memory at once and written by workers, one after the other."""

    def on_paste(self, event: events.Paste) -> None:
        """Take a paste into the list as an addition."""
        event.stop()
        self.add_from(safe(event.text, lines=True))

    def action_add(self) -> None:
        """Ask for IDs."""
        self.add_from("")

    def add_from(self, text: str) -> None:
        """Open the dialog, with `text` already in it."""
        from ..dialogs.add import AddScreen

        known = frozenset(entry.id for entry in self.session.store.entries)
        self.app.push_screen(AddScreen(known, text), self.add_found)

    def action_remove(self) -> None:
        """Stop watching."""
        if targets := self.targets():
            self._remove([entry.id for entry in targets], targets[0].name)

    def action_edit(self) -> None:
        """Edit label, tags and note; of several tasks the tags."""
        from ..dialogs.edit import EditScreen

        if targets := self.targets():
            watched = [entry.watched for entry in targets]
            self.app.push_screen(EditScreen(watched), partial(self._edit, watched))

    def action_undo(self) -> None:
        """Take the last change back."""
        self._turn(forward=False)

    def action_redo(self) -> None:
        """Make it again."""
        self._turn(forward=True)

    def add_found(self, found: Found | None) -> None:
        """Watch what was found from here on."""
        if found and (found.ids or found.odd):
            self._write_addition(found)

    @work(group="watchlist")
    async def _write_addition(self, found: Found) -> None:
        try:
            added = await self.session.editor.add(found)
        except OSError as error:
            self._unwritten(error)
            return
        self.publish()
        if added.new:
            self.query_one(TaskList).cursor = added.new[0]
        self.tell(_addition(added), "normal" if added.new else "warn")

    @work(group="watchlist")
    async def _remove(self, ids: list[str], name: str) -> None:
        try:
            await self.session.editor.remove(ids)
        except OSError as error:
            self._unwritten(error)
            return
        self.publish()
        one = _("{name} removed · u: undo").format(name=name)
        many = plural(
            "{n} task removed · u: undo",
            "{n} tasks removed · u: undo",
            len(ids),
        )
        self.tell(one if len(ids) == 1 else many)

    def _edit(self, watched: Sequence[Watched], edit: Edit | None) -> None:
        changed = [(one, edit.of(one)) for one in watched] if edit else []
        steps = tuple(Step(0, before, after) for before, after in changed if before != after)
        if steps:
            self._write_edit(Change(steps))

    @work(group="watchlist")
    async def _write_edit(self, change: Change) -> None:
        try:
            await self.session.editor.change(change)
        except OSError as error:
            self._unwritten(error)
            return
        self.publish()
        self.tell(_("{what} · u: undo").format(what=_turned(change)))

    @work(group="watchlist")
    async def _turn(self, *, forward: bool) -> None:
        turn = self.session.editor.redo if forward else self.session.editor.undo
        try:
            change = await turn()
        except OSError as error:
            self._unwritten(error)
            return
        self.publish()
        if change is None:
            self.tell(_("Nothing to redo.") if forward else _("Nothing to undo."), "warn")
            return
        self._go_to(change)
        self.tell(
            (_("Redone: {what}") if forward else _("Undone: {what}")).format(what=_turned(change))
        )

    def _go_to(self, change: Change) -> None:
        back = [step.id for step in change.steps if step.after]
        if back:
            self.query_one(TaskList).cursor = back[0]

    def _unwritten(self, error: OSError) -> None:
        self.publish()
        reason = error.strerror or str(error)
        self.tell(_("Cannot write the watch list: {reason}").format(reason=reason), "bad")


def _addition(added: Added) -> str:
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
    return glyphs().joint.join(parts)


def _turned(change: Change) -> str:
    added = sum(1 for step in change.steps if step.before is None)
    removed = sum(1 for step in change.steps if step.after is None)
    if added:
        return plural("{n} task restored", "{n} tasks restored", added)
    if removed:
        return plural("{n} task removed", "{n} tasks removed", removed)
    return plural("{n} task changed", "{n} tasks changed", len(change.steps))
