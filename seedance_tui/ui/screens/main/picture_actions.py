"""What shows pictures: the comparison, one video alone, many as a sheet; and what plays them."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from ....api.links import Kind
from ....api.models import Phase
from ....core.model.entry import Entry
from ....core.model.file_states import Saved
from ....core.text.i18n import _
from .board import Board
from .copy_actions import CopyActions
from .file_actions import FileActions
from .list_actions import ListActions

if TYPE_CHECKING:
    from ..compare.opening import Opening
    from .poster import Poster


class PictureActions:
    """The keys of what opens act on its own tasks, however many are marked in the list."""

    def __init__(
        self, board: Board, files: FileActions, copies: CopyActions, lists: ListActions
    ) -> None:
        self._board = board
        self._files = files
        self._copies = copies
        self._lists = lists
        board.watch(board, "entry", self._look_at, init=False)

    def action_versus(self) -> None:
        """Compare: original and super-resolved, or two marked tasks; more of them as a sheet."""
        targets = self._board.targets()
        pairs = [entry for entry in targets if entry.is_super_resolved]
        if len(targets) > 2:
            self.action_sheet()
        elif len(targets) == 2:
            self._opening.compare(targets)
        elif pairs:
            self._opening.versus(pairs[0])
        elif targets:
            self._board.notify_line(_no_pair(targets[0]), "warn")

    def action_picture(self) -> None:
        """Show the video of the task alone."""
        for entry in self._board.targets()[:1]:
            if entry.link() or isinstance(entry.file(), Saved):
                self._opening.alone(entry)
            else:
                self._board.notify_line(_no_video(entry), "warn")

    def action_sheet(self) -> None:
        """Show the marked tasks as a sheet of pictures."""
        if targets := self._board.targets():
            self._opening.sheet(targets)

    def action_play(self) -> None:
        """Play the video in this terminal."""
        for entry in self._board.targets()[:1]:
            self._opening.play(entry, Kind.RESULT)

    def look(self) -> None:
        """Show the small picture of the task in a detail that has come into sight."""
        self._look_at(self._board.entry)

    def _look_at(self, entry: Entry | None) -> None:
        """Show the small picture of a task in the detail, once one stays with it."""
        if (entry and (entry.link() or entry.file())) or "_poster" in vars(self):
            self._poster.look_at(entry)

    @cached_property
    def _opening(self) -> Opening:
        from ..compare.opening import Opening

        return Opening(self._board, self._files, self._copies, self._lists)

    @cached_property
    def _poster(self) -> Poster:
        from .poster import Poster

        return Poster(self._board, lambda: self._opening)


def _no_pair(entry: Entry) -> str:
    """Say why there are no two videos to compare."""
    if entry.is_open:
        return _("Nothing to compare yet: the task has not finished.")
    if entry.status.phase is not Phase.DONE or entry.link() is None:
        return _("Nothing to compare: the task has no video.")
    return _("Nothing to compare: the task was not super-resolved.")


def _no_video(entry: Entry) -> str:
    """Say why there is nothing to be seen."""
    if entry.is_open:
        return _("Nothing to see yet: the task has not finished.")
    return _("Nothing to see: the task has no video.")
