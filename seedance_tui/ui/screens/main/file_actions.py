"""What brings files to the disk, and what opens them there."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from functools import cached_property, partial
from typing import TYPE_CHECKING

from ....api.links import Kind
from ....core.downloads.ledger import Key
from ....core.downloads.queue import Job
from ....core.model.entry import Entry
from ....core.model.file_states import Paused, Saved, Saving, Waiting
from ....core.model.judgement import answer_apart
from ....core.text.i18n import _, plural
from ...drawing import format as fmt
from .board import Board
from .copy_actions import no_link

if TYPE_CHECKING:
    from ...widgets.download_list import DownloadRow
    from ..menus.another_task import Whose
    from ..menus.quit import Leave
    from .file_news import FileNews


class FileActions:
    """One worker runs the queue, in a group of its own: no request ever cancels a download."""

    def __init__(self, board: Board) -> None:
        self._board = board
        self._session = board.session
        self._leave_when_saved = False

    def action_download(self) -> None:
        """Save the result; ask first where the only response there is names another task."""
        targets = self._board.targets()
        if len(targets) == 1 and (other := answer_apart(targets[0])):
            from ..menus.another_task import AnotherTaskScreen

            ask = AnotherTaskScreen(other.name)
            self._board.app.push_screen(ask, partial(self._save_if_own, targets[0]))
        else:
            self.save(targets, (Kind.RESULT,))

    def _save_if_own(self, asked: Entry, whose: Whose | None) -> None:
        from ..menus.another_task import Whose

        if whose is Whose.ITS_OWN:
            self._session.accept_answer(asked)
            if entry := self._session.store.get(asked.id):
                self.save((entry,), (Kind.RESULT,))

    def action_download_menu(self) -> None:
        """Choose what to save."""
        from ..menus.download import DownloadScreen

        targets = self._board.watched_targets()
        offering = [entry for entry in targets if entry.links]
        if offering:
            preview = self._session.files.preview
            self._board.app.push_screen(
                DownloadScreen(offering, preview), partial(self.save, offering)
            )
        elif targets:
            self._board.notify_line(no_link(Kind.RESULT, is_open=targets[0].is_open), "warn")

    def action_downloads(self) -> None:
        """Show the queue."""
        from ..panes.downloads import DownloadsScreen

        self._board.app.push_screen(
            DownloadsScreen(
                self._session.files.queue, self._row_of, self._session.now, self._open_file
            )
        )

    def action_open(self) -> None:
        """Open the video: the file, or the link where it is not saved; of several the first."""
        targets = self._board.targets()
        for entry in targets[:1]:
            self.open_video(entry, Kind.RESULT, len(targets))

    def action_open_folder(self) -> None:
        """Open the folder of the file, or the one where files go."""
        targets = self._board.targets()
        self.open_folder_of(targets[0] if targets else None, Kind.RESULT, len(targets))

    def action_leave_program(self) -> None:
        """Leave, and ask first if files are still being saved."""
        if not self.ask_to_leave():
            self._leave_now()

    def ask_to_leave(self) -> bool:
        """Ask how to leave, if files are still being saved; False if there is nothing to ask."""
        from ..menus.quit import QuitScreen

        app, unfinished = self._board.app, self._session.files.queue.unfinished
        is_asked = any(isinstance(screen, QuitScreen) for screen in app.screen_stack)
        if is_asked or not unfinished or not self._session.client:
            return False
        app.push_screen(QuitScreen(len(unfinished), self._moving), self._leave)
        return True

    def start_downloads(self) -> None:
        """Save what the queue says, from an earlier run too, until the program is left."""
        self._board.start(self._session.files.run, group="download")

    def save(self, entries: Sequence[Entry], kinds: Iterable[Kind] | None) -> None:
        """Put files into the queue; say what becomes of several, and why one is not saved."""
        from ....core.downloads.refusals import sort_out
        from .file_sentences import alone, several

        if any(self._session.store.get(entry.id) is None for entry in entries):
            self._board.notify_line(_("Archived; press X to bring it back."), "warn")
            return
        keys = [(entry, kind) for entry in entries for kind in entry.with_every_video(kinds or ())]
        trouble, can_ask = self._session.store.trouble, self._session.client is not None
        sorted_out = sort_out(keys, trouble, can_ask=can_ask)
        self._session.files.queue.add(sorted_out.wanted)
        if len(keys) > 1:
            self._board.notify_line(*several(sorted_out))
        elif sorted_out.refusals:
            (entry, kind), *_none = keys
            no_video = no_link(kind, is_open=entry.is_open)
            self._board.notify_line(*alone(sorted_out.refusals[0], no_video))

    def open_video(self, entry: Entry, kind: Kind, of: int = 1) -> None:
        """Open the file of that kind, else its link; it belongs to the first `of` so many tasks."""
        from ....api.unsigned import usable

        file, link = entry.file(kind), usable(entry.link(kind))
        if isinstance(file, Saved):
            self._open_outside(str(file.path), fmt.home(file.path), of)
        elif link:
            self._open_outside(link.url, _("the link"), of)
        else:
            self._board.notify_line(no_link(kind, is_open=entry.is_open), "warn")

    def open_folder_of(self, entry: Entry | None, kind: Kind, of: int = 1) -> None:
        """Open the folder of a file, or the one where files go."""
        file = entry.file(kind) if entry else None
        folder = file.path.parent if isinstance(file, Saved) else self._session.files.folder
        self._open_outside(str(folder), fmt.home(folder), of)

    def _row_of(self, job: Job) -> DownloadRow:
        """What the queue shows of a file: what its task is called, and its link."""
        from ....api.unsigned import usable
        from ...widgets.download_list import DownloadRow

        task_id, kind = job.key
        entry = self._session.store.known(task_id)
        link = usable(entry.link(kind)) if entry else None
        return DownloadRow(job, entry.name if entry else task_id, link.url if link else None)

    def _open_file(self, key: Key, what: str) -> None:
        """Open a file of the queue, or its folder."""
        path = self._session.files.queue.saved.get(key)
        if path is None:
            self._board.notify_line(_("Not saved yet."), "warn")
        else:
            target = path if what == "file" else path.parent
            self._open_outside(str(target), fmt.home(target))

    def _open_outside(self, target: str, name: str, of: int = 1) -> None:
        """Open what belongs to the first `of` so many tasks, and say so."""
        from ...terminal.opener import open_outside

        why = open_outside(target, os.environ)
        what = "{path}"
        if of > 1:
            what = _("{name} (the first of {n})").format(name=what, n=of)
        if why:
            text = _("Could not open {name}: {why}").format(name=what, why=why)
            self._board.notify_line(text, "warn", name)
        else:
            self._board.notify_line(_("Opening {name}…").format(name=what), "normal", name)

    def _leave(self, how: Leave | None) -> None:
        from ..menus.quit import Leave

        n = self._moving
        if how is Leave.WHEN_SAVED and n:
            self._leave_when_saved = True
            text = plural(
                "Quitting after {n} download finishes", "Quitting after {n} downloads finish", n
            )
            self._board.notify_line(_("{what} · q: cancel").format(what=text))
        elif how in (Leave.NOW, Leave.WHEN_SAVED):
            self._leave_now()
        else:
            self._stay()

    def _leave_now(self) -> None:
        # Not a worker: leaving cancels all of them.
        self._board.app.call_later(self._board.app.action_quit)

    def _stay(self) -> None:
        if self._leave_when_saved:
            self._leave_when_saved = False
            self._board.notify_line(_("Quit cancelled."))

    @property
    def _moving(self) -> int:
        """How many files will be saved without the user's doing."""
        queue = self._session.files.queue
        states = () if queue.held else (job.state for job in queue.unfinished)
        return sum(isinstance(state, Waiting | Saving) for state in states)

    def _leave_if_saved(self, job: Job) -> None:
        """Leave once nothing moves any more; the user who paused the last file stays."""
        if self._leave_when_saved and not self._moving and not self._session.files.queue.held:
            (self._stay if isinstance(job.state, Paused) else self._leave_now)()

    @cached_property
    def _news(self) -> FileNews:
        from .file_news import FileNews

        return FileNews(self._board)

    def file_changed(self, job: Job) -> None:
        """Tell what became of a file, and leave if it was the last that was waited for."""
        self._news.add(job)
        self._leave_if_saved(job)
