"""The monitor's screen: what is on it, and how the store's news reach it."""

from __future__ import annotations

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Container, Vertical

from ....core.language import _
from ....core.views import Summary
from ...widgets.key_bar import KeyBar, KeyHint
from ...widgets.notice_line import NoticeLine
from ...widgets.status_line import StatusLine
from ...widgets.task_detail import TaskDetail
from ...widgets.task_list import TaskList
from ...widgets.view_tabs import ColumnHeads, ViewTabs
from .copy_actions import CopyActions
from .feeds import Feeds
from .file_actions import FileActions
from .keys import APP_KEYS, FOOTER, LIST_KEYS, PANE_KEYS, TASK_KEYS
from .view_actions import ViewActions

_SOON = 0.05
"""Seconds in which news are gathered into one repaint."""


class MainScreen(Feeds, CopyActions, FileActions, ViewActions):
    """Attributes go down to the widgets, messages come up from them and from the workers."""

    CSS_PATH = "main.tcss"
    BINDINGS = [*TASK_KEYS, *LIST_KEYS, *PANE_KEYS, *APP_KEYS]
    HORIZONTAL_BREAKPOINTS = [(0, "-tiny"), (60, "-narrow"), (120, "-wide")]
    VERTICAL_BREAKPOINTS = [(0, "-low"), (17, "-medium"), (30, "-high")]
    AUTO_FOCUS = "TaskList"

    _publishing = False

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
        self.query_one(StatusLine).interval = self.session.config.interval
        self._tick()
        self.set_interval(1.0, self._tick)
        self.call_after_refresh(self.start)

    def publish(self) -> None:
        """Show what the store has, soon: news that come together cost one repaint."""
        if not self._publishing:
            self._publishing = True
            self.set_timer(_SOON, self.publish_now)

    @on(TaskList.Highlighted)
    def _show_task(self) -> None:
        self.show_detail()
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

    def _tick(self) -> None:
        now = self.session.now()
        self.query_one(StatusLine).now = now
        self.query_one(TaskList).now = now
        self.query_one(TaskDetail).now = now

    def publish_now(self) -> None:
        """Show what the store has."""
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
        self.show_detail()
        self.query_one(TaskList).hint = self._what_to_do() if self.loaded else ""
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
