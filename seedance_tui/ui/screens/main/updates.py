"""What reaches the monitor from outside: answers, files, the list on the disk, the timeline."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from contextlib import suppress
from functools import partial

from textual.timer import Timer

from ....api.errors import KeyRefused
from ....api.links import Kind
from ....api.models import Task
from ....core.downloads.queue import Job
from ....core.model.file_states import Saved
from ....core.model.outcomes import Fetched
from ....core.model.store import Recorded
from ....core.text.i18n import _
from ....core.watchlist.file import Loaded
from ...drawing import format as fmt
from ...messages import FileChanged
from .auto_save_actions import AutoSaveActions
from .board import Board
from .gather import Gather
from .notifications import Announcements
from .polling_actions import PollingActions

_REST = 0.08
"""Seconds for which the cursor rests before the detail is drawn; 0 draws it at once."""


class Updates:
    """Workers that only post or publish; a tick never cancels one of them."""

    def __init__(
        self,
        board: Board,
        announcements: Announcements,
        auto_save: AutoSaveActions,
        polling: PollingActions,
    ) -> None:
        self._board = board
        self._session = board.session
        self._announcements = announcements
        self._auto_save = auto_save
        self._polling = polling
        self._ended = Gather(board, self._tell_ended)
        self._answers: list[Recorded] = []
        """Not taken in yet: a message for each one of a flood costs a quarter of asking."""
        self._timeline_of: tuple[str, Task | None] | None = None
        self._told_history = ""
        self._looks = asyncio.Event()
        """Set when it is time to look at the watch list on the disk."""
        self._rest: Timer | None = None

    def start(self, warnings: Sequence[str]) -> None:
        """Begin to hear; `warnings` say what is wrong with the settings."""
        board = self._board
        self._session.listen(
            answers=self._answered,
            files=lambda job: board.post_message(FileChanged(job)),
        )
        board.start(self._follow_list, group="list")
        for warning in warnings:
            board.notify_line(warning, "bad", until_seen=True, is_news=True)

    async def load_first_rows(self) -> None:
        """Read what stood first in a long list: it is seen before all of it can be read."""
        first = self._session.choices.first_rows.split()
        if first and not self._board.shows_archive:
            with suppress(OSError):  # told when all is read
                await self._session.load(first)

    async def load(self) -> None:
        """Read the watch list; what is wrong with it, or with the history, is told."""
        try:
            loaded = await self._session.load()
        except OSError as error:
            from ....files.os_errors import reason

            text = _("Cannot read the watch list: {reason}").format(reason=reason(error))
            self._board.notify_line(text, "bad", until_seen=True, is_news=True)
        else:
            self._tell_damage(loaded)
        self._tell_history()

    def read_archive(self) -> None:
        """Read the archive, if it is shown."""
        if self._board.shows_archive:
            self._board.start(self._read_archive, group="archive", exclusive=True)

    def _answered(self, recorded: Recorded) -> None:
        """Keep a response, or that there was none, until the next publication."""
        self._answers.append(recorded)
        if len(self._answers) == 1:
            self._board.publish()

    def take_answers(self) -> None:
        """Take in what was answered since the last call."""
        answers, self._answers = self._answers, []
        for recorded in answers:
            self._take(recorded)
        if answers:
            self._board.notices.clear_if(self._board.refreshing)
            self._tell_history()

    def _take(self, recorded: Recorded) -> None:
        board, outcome = self._board, recorded.outcome
        if isinstance(outcome, Fetched):
            board.asked_at = outcome.at
        elif outcome.problem.stops_asking and issubclass(outcome.problem.kind, KeyRefused):
            self._polling.ask_for_another_key()
        if recorded.after and recorded.after.id != board.tasks.cursor:
            self._session.unseen_tasks.changed(recorded.before, recorded.after)
        if recorded.has_ended:
            self._ended.add(recorded)

    def file_changed(self, job: Job) -> None:
        """Take in what became of a file."""
        if isinstance(job.state, Saved) and job.key[1] is Kind.RESULT:
            self._session.unseen_tasks.saved(job.key[0])
        self._board.publish()

    def look_at(self, key: object) -> None:
        """Take the dot from the task that is looked at."""
        if isinstance(key, str):
            self._session.unseen_tasks.look(key)
            self._board.unseen = self._session.unseen_tasks.unseen

    def show_detail_at_rest(self) -> None:
        """Show the task once the cursor rests: a held key draws no detail that nobody reads."""
        if self._rest is not None:
            self._rest.stop()
        if _REST:
            self._rest = self._board.set_timer(_REST, self.show_detail)
        else:
            self.show_detail()

    def show_news(self) -> None:
        """Show what is new of the task, unless the cursor is on its way."""
        if self._rest is None:
            self.show_detail()

    def show_detail(self) -> None:
        """Show the task under the cursor, and what was seen of it where that is wanted."""
        self._rest = None
        board, entry = self._board, self._board.show_current()
        if board.detail.mode != "timeline" or entry is None:
            return
        wanted = entry.id, entry.task
        if wanted != self._timeline_of:
            if self._timeline_of is None or self._timeline_of[0] != entry.id:
                board.seen = ()
            self._timeline_of = wanted
            show = partial(self._show_timeline, entry.id)
            board.start(show, group="timeline", exclusive=True)

    async def _show_timeline(self, task_id: str) -> None:
        self._board.seen = await self._session.recorder.timeline(task_id)

    def look_at_list(self) -> None:
        """Take over what an editor wrote: with each tick, for a timer more would wake us more."""
        if self._board.loaded:
            self._looks.set()

    async def _follow_list(self) -> None:
        """Look at the list whenever it is time: one worker for all looks."""
        while True:
            await self._looks.wait()
            self._looks.clear()
            await self._reload()

    async def _reload(self) -> None:
        """Take over what an editor or another instance wrote."""
        try:
            loaded = await self._session.editor.reload()
        except OSError:
            return
        if loaded is not None:
            self._tell_damage(loaded)
            self._board.publish()
            self.read_archive()

    async def _read_archive(self) -> None:
        board = self._board
        try:
            tasks = await self._session.archived()
        except OSError as error:
            from ....files.os_errors import reason

            text = _("Cannot read the archive: {reason}").format(reason=reason(error))
            board.notify_line(text, "bad")
            return
        board.archived = {entry.id: entry for entry in tasks.entries}
        if tasks.damage:
            text = _("Archive error, valid entries still shown: {error}")
            board.notify_line(text.format(error=tasks.damage), "bad", until_seen=True, is_news=True)
        board.publish()

    def _tell_damage(self, loaded: Loaded) -> None:
        if loaded.damage:
            text = _("Watch list error in {path}, valid entries still loaded: {error}")
            said = text.format(error=loaded.damage, path="{path}")
            path = fmt.home(self._session.config.watchlist)
            self._board.notify_line(said, "bad", path, until_seen=True, is_news=True)
        if loaded.kept_aside:
            text = _("The damaged watch list was backed up to {path}.")
            path = fmt.home(loaded.kept_aside)
            self._board.notify_line(text, "bad", path, until_seen=True, is_news=True)

    def _tell_history(self) -> None:
        """Say once that nothing is kept, or that the queue is not, and why."""
        history, queue = self._session.recorder.problem, self._session.files.runner.problem
        told = ""
        if queue:
            told = _("The download queue cannot be saved: {problem}").format(problem=queue)
        if history:
            told = _("History unavailable: {problem}").format(problem=history)
        if told and told != self._told_history:
            self._board.notify_line(told, "warn", until_seen=True, is_news=True)
        self._told_history = told

    def _tell_ended(self, ended: Sequence[Recorded]) -> None:
        """Say once what came to its end together."""
        entries = [recorded.after for recorded in ended if recorded.after]
        self._auto_save.hint(entries)
        self._announcements.tell_ended(entries)
