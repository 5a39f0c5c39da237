"""What changes the watch list and the archive: add, put away, bring back, delete, undo, redo."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from ....core.model.entry import Entry
from ....core.model.watched import Watched
from ....core.text.i18n import _, plural
from ....core.watchlist.changes import Change, Step
from ...messages import ArchiveChanged
from .board import Board

if TYPE_CHECKING:
    from ....core.watchlist.find_ids import Found
    from ..dialogs.edit import Edit
    from ..menus.delete import Answer


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
        if targets := self._board.watched_targets():
            self._write(partial(self._remove, targets))

    def action_put_away(self) -> None:
        """Put away the marked, or all that are shown, ended and saved; from the archive, back."""
        board = self._board
        if board.shows_archive:
            if targets := board.targets():
                self._write(partial(self._bring_back, targets))
            return
        if board.tasks.marked:
            chosen = board.targets()
        else:
            chosen = tuple(entry for entry in board.entries if entry.is_finished)
        if chosen:
            self._write(partial(self._remove, chosen))
        else:
            text = _("Nothing shown has ended and is saved; press x to remove any task.")
            board.notify_line(text, "warn")

    def action_delete(self) -> None:
        """Stop watching; in the archive, ask and then remove for good."""
        if not self._board.shows_archive:
            self.action_remove()
        elif targets := self._board.targets():
            from ..menus.delete import DeleteScreen

            self._board.app.push_screen(
                DeleteScreen([entry.name for entry in targets]), partial(self._delete_if, targets)
            )

    def action_edit(self) -> None:
        """Edit label, tags and note; of several tasks the tags."""
        from ..dialogs.edit import EditScreen

        if targets := self._board.watched_targets():
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

    def pick(self, entry: Entry, pick: bool | None) -> None:  # noqa: FBT001
        """Note that a task was chosen among others, or rejected, or neither."""
        before = entry.watched
        if before.pick is not pick:
            step = Step(0, before, replace(before, pick=pick))
            self._write(partial(self._change, Change((step,))))

    def _write(self, work: Callable[[], Awaitable[None]]) -> None:
        """Change the list in a worker; those that write are never cancelled."""
        self._board.start(partial(self._or_tell, work), group="watchlist")

    async def _or_tell(self, work: Callable[[], Awaitable[None]]) -> None:
        try:
            await work()
            self._board.post_message(ArchiveChanged())
        except OSError as error:
            self._board.publish()
            reason = error.strerror or str(error)
            text = _("Cannot write the watch list: {reason}").format(reason=reason)
            self._board.notify_line(text, "bad")

    async def _add(self, found: Found) -> None:
        from .list_words import addition

        added = await self._session.editor.add(found)
        self._board.publish()
        if added.new:
            self._board.tasks.choose(added.new[0])
        self._board.notify_line(addition(added), "normal" if added.new else "warn")

    async def _remove(self, entries: Sequence[Entry]) -> None:
        from ....core.watchlist.unwatched import Unwatched
        from .list_words import removal

        unwatched = Unwatched.of(entries, self._session.now())
        await self._session.editor.remove(entry.id for entry in entries)
        self._board.publish()
        is_safe = not (unwatched.not_saved or unwatched.not_done)
        text = removal(unwatched, entries[0].name)
        self._board.notify_line(text, "normal" if is_safe else "warn")

    async def _bring_back(self, entries: Sequence[Entry]) -> None:
        self._take_rows(entries)
        await self._session.editor.bring_back(entry.watched for entry in entries)
        self._board.publish()
        text = plural("{n} task restored", "{n} tasks restored", len(entries))
        self._board.notify_line(text)

    def _delete_if(self, entries: Sequence[Entry], answer: Answer | None) -> None:
        from ..menus.delete import Answer

        if answer is Answer.DELETE:
            self._write(partial(self._delete, entries))

    async def _delete(self, entries: Sequence[Entry]) -> None:
        from .list_words import deletion

        self._take_rows(entries)
        await self._session.editor.delete(entry.watched for entry in entries)
        self._board.publish()
        self._board.notify_line(deletion(len(entries)), "warn")

    def _take_rows(self, entries: Sequence[Entry]) -> None:
        """Take rows out of the archive that is shown: reading it again takes its time."""
        gone = {entry.id for entry in entries}
        shown = self._board.archived or {}
        self._board.archived = {one: entry for one, entry in shown.items() if one not in gone}

    def _edit(self, watched: Sequence[Watched], edit: Edit | None) -> None:
        changed = [(one, edit.of(one)) for one in watched] if edit else []
        steps = tuple(Step(0, before, after) for before, after in changed if before != after)
        if steps:
            self._write(partial(self._change, Change(steps)))

    async def _change(self, change: Change) -> None:
        from .list_words import turned

        await self._session.editor.change(change)
        self._board.publish()
        self._board.notify_line(_("{what} · u: undo").format(what=turned(change)))

    async def _turn(self, *, forward: bool) -> None:
        from .list_words import turned

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
            (_("Redone: {what}") if forward else _("Undone: {what}")).format(what=turned(change))
        )

    def _go_to(self, change: Change) -> None:
        back = [step.id for step in change.steps if step.after]
        if back:
            self._board.tasks.choose(back[0])
