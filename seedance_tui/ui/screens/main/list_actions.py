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
from .listing_actions import ListingActions

if TYPE_CHECKING:
    from ....core.watchlist.find_ids import Found
    from ..dialogs.add import Addition
    from ..dialogs.edit import Edit
    from ..menus.delete import Deletion


_MOST_OFFERED = 12
"""Tags of other tasks that are offered where tags are edited."""


class ListActions:
    """Changes are made in memory at once and written by workers, one after the other."""

    def __init__(self, board: Board, listing: ListingActions) -> None:
        self._board = board
        self._session = board.session
        self._listing = listing

    def action_add(self) -> None:
        """Ask for IDs."""
        self.add_from("")

    def add_from(self, text: str) -> None:
        """Open the dialog, with `text` already in it."""
        from ..dialogs.add import AddScreen

        known = frozenset(entry.id for entry in self._session.store.entries)
        self._board.app.push_screen(AddScreen(known, text), self._add_batch)

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
        """Edit label, tags and note; of several tasks labels by a pattern, and tags."""
        from ....core.watchlist.batch import frequent_tags
        from ..dialogs.edit import EditScreen

        if targets := self._board.watched_targets():
            watched = [entry.watched for entry in targets]
            known = frequent_tags(entry.watched.tags for entry in self._session.store.entries)
            screen = EditScreen(watched, known[:_MOST_OFFERED])
            self._board.app.push_screen(screen, partial(self._edit, watched))

    def action_undo(self) -> None:
        """Take the last change back."""
        self._write(partial(self._turn, forward=False))

    def action_redo(self) -> None:
        """Make it again."""
        self._write(partial(self._turn, forward=True))

    def add_words(self, words: Sequence[str]) -> None:
        """Watch from here on what words of the command line name."""
        if words:
            from ....core.watchlist.find_ids import find_in_words

            self._write(partial(self._add, find_in_words(words)))

    def _add_batch(self, addition: Addition | None) -> None:
        """Watch what was found, with its label and tags; several are marked from then on."""
        if addition and (addition.found.ids or addition.found.odd):
            found, label, tags = addition.found, addition.label, addition.tags
            self._write(partial(self._add, found, label, tags, marks_new=True))

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
            from ....files.os_errors import reason

            self._board.publish()
            text = _("Cannot write the watch list: {reason}").format(reason=reason(error))
            self._board.notify_line(text, "bad")

    async def _add(
        self,
        found: Found,
        label: str = "",
        tags: tuple[str, ...] = (),
        *,
        marks_new: bool = False,
    ) -> None:
        from ....core.watchlist.batch import labels
        from .list_words import addition

        new = [one for one in found.ids if not self._session.store.get(one)]
        names = dict(zip(new, labels(label, len(new)), strict=False))
        words = [names.get(one, "") for one in found.ids]
        added = await self._session.editor.add(
            found, words, describe=lambda watched: replace(watched, tags=tags)
        )
        self._board.publish()
        if added.new:
            self._board.tasks.choose(added.new[0])
        if marks_new and len(added.new) > 1:
            self._board.tasks.marks = frozenset(added.new)
        text = addition(added, self._listing.hidden(added.new))
        self._board.notify_line(text, "normal" if added.new else "warn")

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

    def _delete_if(self, entries: Sequence[Entry], answer: Deletion | None) -> None:
        from ..menus.delete import Deletion

        if answer is Deletion.DELETE:
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
        if edit is None:
            return
        is_alone = len(watched) == 1
        after = [edit.of(one, None if is_alone else n) for n, one in enumerate(watched, 1)]
        changed = zip(watched, after, strict=True)
        steps = tuple(Step(0, before, now) for before, now in changed if before != now)
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
