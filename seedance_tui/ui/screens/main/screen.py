"""The monitor's screen: what is on it, and how the store's news reach it."""

from __future__ import annotations

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Container, Vertical

from ....api.models import Phase
from ....core.ids import Found
from ....core.language import _, plural
from ....core.outcomes import Fetched
from ....core.session import Recorded
from ....core.views import Summary
from ....core.watchlist import Loaded
from ...messages import ClientReady, Polled
from ...widgets.key_bar import KeyBar, KeyHint
from ...widgets.notice_line import NoticeLine
from ...widgets.status_line import StatusLine
from ...widgets.task_detail import TaskDetail
from ...widgets.task_list import TaskList
from ...widgets.view_tabs import ColumnHeads, ViewTabs
from .copy_actions import CopyActions
from .file_actions import FileActions
from .keys import APP_KEYS, FOOTER, LIST_KEYS, PANE_KEYS, TASK_KEYS
from .list_actions import ListActions
from .view_actions import ViewActions

_SOON = 0.05
"""Seconds in which news are gathered into one repaint."""


class MainScreen(ListActions, CopyActions, FileActions, ViewActions):
    """Attributes go down to the widgets, messages come up from them and from the workers."""

    CSS_PATH = "main.tcss"
    BINDINGS = [*TASK_KEYS, *LIST_KEYS, *PANE_KEYS, *APP_KEYS]
    HORIZONTAL_BREAKPOINTS = [(0, "-tiny"), (60, "-narrow"), (114, "-wide")]
    VERTICAL_BREAKPOINTS = [(0, "-low"), (17, "-medium"), (30, "-high")]
    AUTO_FOCUS = "TaskList"

    _publishing = False
    _loaded = False
    _ended: list[Recorded] = []

    def compose(self) -> ComposeResult:
        """Lay out the status, the list beside or above its detail, the notice and the keys."""
        yield StatusLine(id="status")
        with Container(id="body"):
            with Vertical(id="left"):
                yield ViewTabs(id="tabs")
                yield ColumnHeads(id="heads")
                yield TaskList(id="list")
            yield TaskDetail(id="detail")
        yield NoticeLine(id="notice")
        yield KeyBar(id="keys")

    def on_mount(self) -> None:
        """Start the clock, and after the first frame everything that takes time."""
        self.session.report = self._report
        self.query_one(StatusLine).interval = self.session.config.interval
        self._tick()
        self.set_interval(1.0, self._tick)
        self.set_interval(1.0, self._look_at_list)
        self.call_after_refresh(self._start)

    def _report(self, recorded: Recorded) -> None:
        self.post_message(Polled(recorded))

    def publish(self) -> None:
        """Show what the store has, soon: news that come together cost one repaint."""
        if not self._publishing:
            self._publishing = True
            self.set_timer(_SOON, self._publish_now)

    @on(TaskList.Highlighted)
    def _show_task(self) -> None:
        self._show_detail()
        self._show_keys()

    @on(TaskList.Chosen)
    def _choose_task(self) -> None:
        self.action_open_detail()

    @on(ViewTabs.Picked)
    def _pick_view(self, event: ViewTabs.Picked) -> None:
        self.action_view(event.view.value)

    @on(KeyBar.Pressed)
    async def _press(self, event: KeyBar.Pressed) -> None:
        await self.run_action(event.action)

    @on(Polled)
    def _polled(self, event: Polled) -> None:
        if isinstance(event.recorded.outcome, Fetched):
            self.query_one(StatusLine).asked_at = event.recorded.outcome.at
        if event.recorded.has_ended:
            self._ended = [*self._ended, event.recorded]
            self.set_timer(0.3, self._tell_ended)
        self.publish()

    @on(ClientReady)
    def _client_ready(self) -> None:
        self.publish()

    def _start(self) -> None:
        self._load()
        self._poll()
        for warning in self.session.config.warnings[:1]:
            self.tell(warning, "warn")

    @work(group="load")
    async def _load(self) -> None:
        try:
            loaded = await self.session.load()
        except OSError as error:
            reason = error.strerror or str(error)
            self.tell(_("The watch list cannot be read: {reason}").format(reason=reason), "bad")
        else:
            self._tell_damage(loaded)
            if problem := self.session.recorder.problem:
                self.tell(_("No history: {problem}").format(problem=problem), "warn")
        self._loaded = True
        self._publish_now()
        if self.first_ids:
            self._write_addition(Found(self.first_ids))

    @work(group="list")
    async def _look_at_list(self) -> None:
        """Take over what an editor or another window wrote."""
        if not self._loaded:
            return
        try:
            loaded = await self.session.reload()
        except OSError:
            return
        if loaded is not None:
            self._tell_damage(loaded)
            self.publish()

    def _tell_damage(self, loaded: Loaded) -> None:
        if loaded.damage:
            text = _("The watch list has an error, its good entries are watched: {error}")
            self.tell(text.format(error=loaded.damage), "bad")

    def _show_detail(self) -> None:
        """Show the task under the cursor, and what was seen of it where that is wanted."""
        detail, entry = self.query_one(TaskDetail), self.current
        detail.entry = entry
        if detail.mode == "timeline" and entry:
            self._show_timeline(entry.id)

    @work(group="timeline", exclusive=True)
    async def _show_timeline(self, task_id: str) -> None:
        self.query_one(TaskDetail).seen = await self.session.timeline(task_id)

    @work(group="poll")
    async def _poll(self) -> None:
        ready = await self.session.connect()
        self.post_message(ClientReady())
        if ready:
            await self.session.poll()

    def _tick(self) -> None:
        now = self.session.now()
        self.query_one(StatusLine).now = now
        self.query_one(TaskList).now = now
        self.query_one(TaskDetail).now = now

    def _publish_now(self) -> None:
        self._publishing = False
        if not self.is_attached:
            return
        store, now = self.session.store, self.session.now()
        summary = Summary.of(store.entries, now)
        status = self.query_one(StatusLine)
        status.summary, status.trouble = summary, store.trouble
        self.query_one(ViewTabs).summary = summary
        self.query_one(TaskList).entries = tuple(
            entry for entry in store.entries if self.view.holds(entry, now)
        )
        self._show_detail()
        self.query_one(TaskList).hint = self._what_to_do() if self._loaded else ""
        self._show_keys()

    def _what_to_do(self) -> str:
        if self.session.store.entries:
            return _("No task is in this view.\nPress 1 to see all of them.")
        if self.session.config.key is None:
            return _(
                "No API key yet: set ANYFAST_API_KEY,\nor api_key in {path}.\n\n"
                "seedance-tui --demo shows the program without one."
            ).format(path=self.session.config.config)
        return _("No tasks are watched yet.\nPaste task IDs here, or press a.")

    def _show_keys(self) -> None:
        bar = self.query_one(KeyBar)
        bar.hints = tuple(self._hints())
        shown = self.query_one(TaskList)
        count = len(shown.entries)
        bar.place = _("{n} of {count}").format(n=shown.place + 1, count=count) if count else ""

    def _hints(self) -> list[KeyHint]:
        """Return the keys of the footer that can act now."""
        keys: dict[str, Binding] = {}
        for active in self.active_bindings.values():
            keys.setdefault(active.binding.action, active.binding)
        return [
            KeyHint(self.app.get_key_display(keys[action]), _(keys[action].description), action)
            for action in FOOTER
            if action in keys and self._can_act(action)
        ]

    def _can_act(self, action: str) -> bool:
        entry = self.current
        match action:
            case "copy_result" | "download":
                return entry is not None and entry.link() is not None
            case "copy_original":
                return entry is not None and len(entry.links) > 1
            case "open_detail":
                return entry is not None and not self.query_one(TaskDetail).display
            case "leave":
                return not self.query_one("#left").display
            case "undo":
                return self.session.can_undo
            case "refresh" | "mode":
                return entry is not None
        return True

    def _tell_ended(self) -> None:
        """Say once what came to its end together."""
        ended, self._ended = self._ended, []
        entries = [recorded.after for recorded in ended if recorded.after]
        done = [entry for entry in entries if entry.status.phase is Phase.DONE]
        others = [entry for entry in entries if entry not in done]
        parts = []
        if done:
            parts.append(_ended_words(done[0].name, len(done), _("done")))
        if others:
            parts.append(_ended_words(others[0].name, len(others), _("failed")))
        if parts:
            self.tell(" · ".join(parts), "bad" if others else "good")


def _ended_words(name: str, count: int, end: str) -> str:
    if count == 1:
        return f"{name}: {end}"
    return f"{plural('{n} task', '{n} tasks', count)}: {end}"
