"""What shows whether super-resolution was worth it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ....api.models import Phase
from ....core.model.entry import Entry
from ....core.text.i18n import _
from .board import Board
from .copy_actions import CopyActions
from .file_actions import FileActions

if TYPE_CHECKING:
    from ..panes.versus import VersusScreen


class VersusActions:
    """The keys of the comparison act on its task, however many are marked in the list."""

    def __init__(self, board: Board, files: FileActions, copies: CopyActions) -> None:
        self._board = board
        self._session = board.session
        self._files = files
        self._copies = copies

    def action_versus(self) -> None:
        """Show the original beside the super-resolved video; of several the first that has both."""
        targets = self._board.targets()
        pairs = [entry for entry in targets if entry.is_super_resolved]
        if pairs:
            self._board.app.push_screen(self._versus(pairs[0]))
        elif targets:
            self._board.notify_line(_no_pair(targets[0]), "warn")

    def _versus(self, entry: Entry) -> VersusScreen:
        from ...detail.side_by_side import PAIR
        from ..panes.versus import Verbs, VersusScreen

        def now_known() -> Entry:
            return self._session.store.known(entry.id) or entry

        verbs = Verbs(
            save=lambda: self._files.save([now_known()], PAIR),
            open=lambda kind: self._files.open_video(now_known(), kind),
            open_folder=lambda: self._files.open_folder(now_known()),
            copy=lambda kind: self._copies.copy_links([now_known()], kind),
            downloads=self._files.action_downloads,
        )
        return VersusScreen(now_known, self._session.now, verbs)


def _no_pair(entry: Entry) -> str:
    """Say why there are no two videos to compare."""
    if entry.is_open:
        return _("Nothing to compare yet: the task has not finished.")
    if entry.status.phase is not Phase.DONE or entry.link() is None:
        return _("Nothing to compare: the task has no video.")
    return _("Nothing to compare: the task was not super-resolved.")
