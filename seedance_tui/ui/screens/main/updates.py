"""What the monitor lives on: the list from the disk, answers, changes from outside."""

from __future__ import annotations

from collections import Counter

from textual import on, work

from ....api.models import Task
from ....core.downloads.queue import Job
from ....core.model.outcomes import Fetched
from ....core.model.store import Recorded
from ....core.text.i18n import _, plural
from ....core.text.sanitize import safe
from ....core.watchlist.file import Loaded
from ....core.watchlist.find_ids import find_in_words
from ...drawing import spans
from ...drawing.glyphs import glyphs
from ...messages import ClientReady, FileChanged, Polled
from ...widgets.notice_line import NoticeLine
from ...widgets.status_line import StatusLine
from ...widgets.task_detail import TaskDetail
from ...widgets.task_list import TaskList
from .auto_save_actions import GuardActions
from .list_actions import ListActions
from .view_actions import ViewActions

_LOOK = 1.0
"""Seconds between two looks at the watch list on the disk."""
_TOGETHER = 0.3
"""Seconds in which ends of tasks are gathered into one notice."""


class Feeds(ListActions, GuardActions, ViewActions):
    """Workers that only post or publish; a tick never cancels one of them."""

    loaded = False
    _ended: list[Recorded] = []
    _timeline_of: tuple[str, Task | None] | None = None
    _told_history = ""

    def start(self) -> None:
        """Begin with everything that takes time, once the first frame stands."""
        self.session.report = self._report
        self.session.files.report = self._report_file
        self.begin_telling()
        self._load()
        self._poll()
        self.set_interval(_LOOK, self._look_at_list)
        for warning in self.warnings:
            self.query_one(NoticeLine).insist(safe(warning), "bad")

    def show_detail(self) -> None:
        """Show the task under the cursor, and what was seen of it where that is wanted."""
        detail, entry = self.query_one(TaskDetail), self.current
        detail.entry = entry
        if detail.mode != "timeline" or entry is None:
            return
        wanted = entry.id, entry.task
        if wanted != self._timeline_of:
            if self._timeline_of is None or self._timeline_of[0] != entry.id:
                detail.seen = ()
            self._timeline_of = wanted
            self._show_timeline(entry.id)

    def _report(self, recorded: Recorded) -> None:
        self.post_message(Polled(recorded))

    def _report_file(self, job: Job) -> None:
        self.post_message(FileChanged(job))

    @on(Polled)
    def _polled(self, event: Polled) -> None:
        outcome = event.recorded.outcome
        if isinstance(outcome, Fetched):
            self.query_one(StatusLine).asked_at = outcome.at
        if event.recorded.after and event.recorded.after.id != self.query_one(TaskList).cursor:
            self.session.attention.changed(event.recorded.before, event.recorded.after)
        if event.recorded.has_ended:
            self._ended = [*self._ended, event.recorded]
            if len(self._ended) == 1:
                self.set_timer(_TOGETHER, self._tell_ended)
        self.query_one(NoticeLine).withdraw(_("Refreshing…"))
        self._tell_history()
        self.publish()

    @on(ClientReady)
    def _client_ready(self) -> None:
        if self.session.client:
            self.start_downloads()
        self.publish()

    @work(group="load")
    async def _load(self) -> None:
        try:
            loaded = await self.session.load()
        except OSError as error:
            reason = error.strerror or str(error)
            self.tell(_("Cannot read the watch list: {reason}").format(reason=reason), "bad")
        else:
            self._tell_damage(loaded)
        self._tell_history()
        self.loaded = True
        self.session.attention.settle()
        self.publish_now()
        self.count_shown()
        self.begin_guarding()
        if witness := self.session.clock_witness:
            self.session.poller.ask_now([witness])
        if self.first_words:
            self.add_found(find_in_words(self.first_words))

    @work(group="poll")
    async def _poll(self) -> None:
        ready = await self.session.connect()
        self.post_message(ClientReady())
        if ready:
            await self.session.poll()

    @work(group="list")
    async def _look_at_list(self) -> None:
        """Take over what an editor or another window wrote."""
        if not self.loaded:
            return
        try:
            loaded = await self.session.editor.reload()
        except OSError:
            return
        if loaded is not None:
            self._tell_damage(loaded)
            self.publish()

    @work(group="timeline", exclusive=True)
    async def _show_timeline(self, task_id: str) -> None:
        self.query_one(TaskDetail).seen = await self.session.timeline(task_id)

    def _tell_damage(self, loaded: Loaded) -> None:
        if loaded.damage:
            text = _("Watch list error, valid entries still loaded: {error}")
            self.tell(text.format(error=loaded.damage), "bad")
        if loaded.kept_aside:
            text = _("The damaged watch list was backed up to {path}.")
            self.tell(text.format(path=loaded.kept_aside), "bad")

    def _tell_history(self) -> None:
        """Say once that nothing is kept, or that the queue is not, and why."""
        history, queue = self.session.recorder.problem, self.session.files.runner.problem
        told = ""
        if queue:
            told = _("The download queue cannot be saved: {problem}").format(problem=queue)
        if history:
            told = _("History unavailable: {problem}").format(problem=history)
        if told and told != self._told_history:
            self.tell(told, "warn")
        self._told_history = told

    def _tell_ended(self) -> None:
        """Say once what came to its end together."""
        ended, self._ended = self._ended, []
        entries = [recorded.after for recorded in ended if recorded.after]
        self.hint_at_guard(entries)
        self.tell_ended(entries)
        if len(entries) == 1:
            word = spans.status_word(entries[0])
            text = _("{name}: {what}").format(name=entries[0].name, what=word)
            self.tell(text, spans.status_role(entries[0]))
        elif entries:
            counts = Counter(spans.status_word(entry) for entry in entries)
            named = _("{name}: {what}")
            parts = [
                named.format(name=plural("{n} task", "{n} tasks", n), what=word)
                for word, n in counts.items()
            ]
            self.tell(glyphs().joint.join(parts), "normal")
