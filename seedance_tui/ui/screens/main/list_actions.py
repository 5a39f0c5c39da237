"""What changes the watch list: add, remove, undo, redo."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from ....core.model.watched import Watched
from ....core.text.i18n import _, plural
from ....core.watchlist.changes import Change, Step
from ....core.watchlist.editor import Added
from ...drawing.glyphs import glyphs
from .board import Board

if TYPE_CHECKING:
    from ....core.watchlist.find_ids import Found
    from ..dialogs.edit import Edit


class ListActions:
    """Changes are made in memory at once and written by workers, one after the other."""

    def __init__(self, board: Board) -> None:
        self._board = board
        self._session = board.session

    def action_add(self) -> None:
        """Ask for IDs."""
        self.add_from("")

    def add_from(self, text: str) -> None:
        """Open the dialog, with `text` already in it."""
        from ..dialogs.add import AddScreen

        known = frozenset(entry.id for entry in self._session.store.entries)
        self._board.app.push_screen(AddScreen(known, text), self.add_found)

    def action_remove(self) -> None:
        """Stop watching."""
        if targets := self._board.targets():
            ids = [entry.id for entry in targets]
            self._write(partial(self._remove, ids, targets[0].name))

    def action_edit(self) -> None:
        """Edit label, tags and note; of several tasks the tags."""
        from ..dialogs.edit import EditScreen

        if targets := self._board.targets():
            watched = [entry.watched for entry in targets]
            self._board.app.push_screen(EditScreen(watched), partial(self._edit, watched))

    def action_undo(self) -> None:
        """Take the last change back."""
        self._write(partial(self._turn, forward=False))

    def action_redo(self) -> None:
        """Make it again."""
        self._write(partial(self._turn, forward=True))

    def add_found(self, found: Found | None) -> None:
        """Watch what was found from here on."""
        if found and (found.ids or found.odd):
            self._write(partial(self._add, found))

    def _write(self, work: Callable[[], Awaitable[None]]) -> None:
        """Change the list in a worker; those that write are never cancelled."""
        self._board.start(partial(self._or_tell, work), group="watchlist")

    async def _or_tell(self, work: Callable[[], Awaitable[None]]) -> None:
        try:
            await work()
        except OSError as error:
            self._board.publish()
            reason = error.strerror or str(error)
            text = _("Cannot write the watch list: {reason}").format(reason=reason)
            self._board.notify_line(text, "bad")

    async def _add(self, found: Found) -> None:
        added = await self._session.editor.add(found)
        self._board.publish()
        if added.new:
            self._board.tasks.choose(added.new[0])
        self._board.notify_line(_addition(added), "normal" if added.new else "warn")

    async def _remove(self, ids: list[str], name: str) -> None:
        await self._session.editor.remove(ids)
        self._board.publish()
        one = _("{name} removed · u: undo").format(name=name)
        many = plural(
            "{n} task removed · u: undo",
            "{n} tasks removed · u: undo",
            len(ids),
        )
        self._board.notify_line(one if len(ids) == 1 else many)

    def _edit(self, watched: Sequence[Watched], edit: Edit | None) -> None:
        changed = [(one, edit.of(one)) for one in watched] if edit else []
        steps = tuple(Step(0, before, after) for before, after in changed if before != after)
        if steps:
            self._write(partial(self._change, Change(steps)))

    async def _change(self, change: Change) -> None:
        await self._session.editor.change(change)
        self._board.publish()
        self._board.notify_line(_("{what} · u: undo").format(what=_turned(change)))

    async def _turn(self, *, forward: bool) -> None:
        turn = self._session.editor.redo if forward else self._session.editor.undo
        change = await turn()
        self._board.publish()
        if change is None:
            self._board.notify_line(
                _("Nothing to redo.") if forward else _("Nothing to undo."), "warn"
            )
            return
        self._go_to(change)
        self._board.notify_line(
            (_("Redone: {what}") if forward else _("Undone: {what}")).format(what=_turned(change))
        )

    def _go_to(self, change: Change) -> None:
        back = [step.id for step in change.steps if step.after]
        if back:
            self._board.tasks.choose(back[0])


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
