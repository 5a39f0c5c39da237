"""The monitor's screen: what is on it, and how the store's news reach it."""

from __future__ import annotations

from time import monotonic

from textual import on
from textual.app import ComposeResult
from textual.containers import Container, Vertical
from textual.geometry import Size

from ....core.downloads.summary import QueueSummary
from ....core.listing.views import Summary
from ....core.text.i18n import _
from ...keys.monitor import APP_KEYS, LIST_KEYS, OWN_VIEW_KEYS, PANE_KEYS, TASK_KEYS
from ...messages import Counted
from ...widgets.filter_line import FilterLine
from ...widgets.key_bar import KeyBar
from ...widgets.notice_line import NoticeLine
from ...widgets.status_line import StatusLine
from ...widgets.task_detail import TaskDetail
from ...widgets.task_list import TaskList
from ...widgets.view_tabs import ColumnHeads, ViewTabs
from .footer_keys import FooterKeys
from .updates import Feeds
from .versus_actions import VersusActions

_TICK = 1.0
"""Seconds between two moments that the screen shows."""
_SOON = 0.1
"""Seconds in which news are gathered into one repaint."""
_SHARE = 5.0
"""Times longer than a publication takes that nothing is published after it, in a long list."""
_OWN_ACTIONS = frozenset(
    binding.action.partition("(")[0]
    for binding in (*TASK_KEYS, *LIST_KEYS, *OWN_VIEW_KEYS, *PANE_KEYS, *APP_KEYS)
)


class MainScreen(Feeds, VersusActions, FooterKeys):
    """Attributes go down to the widgets, messages come up from them and from the workers."""

    CSS_PATH = "main.tcss"
    BINDINGS = [*TASK_KEYS, *LIST_KEYS, *OWN_VIEW_KEYS, *PANE_KEYS, *APP_KEYS]
    HORIZONTAL_BREAKPOINTS = [(0, "-tiny"), (60, "-narrow"), (120, "-wide")]
    VERTICAL_BREAKPOINTS = [(0, "-low"), (17, "-medium"), (30, "-high")]
    AUTO_FOCUS = "TaskList"

    _publishing = False
    _cost = 0.0
    """Seconds that the last publication took."""

    def compose(self) -> ComposeResult:
        """Lay out the status, the list beside or above its detail, the notice and the keys."""
        self._take_shape(self.app.size)
        yield StatusLine(id="status")
        with Container(id="body"):
            with Vertical(id="left"):
                yield ViewTabs(self.session.config.views, id="tabs")
                yield FilterLine(id="filter")
                yield ColumnHeads(id="heads")
                yield TaskList(id="list")
            yield TaskDetail(id="detail")
        yield NoticeLine(id="notice")
        yield KeyBar(id="keys")

    def on_mount(self) -> None:
        """Show what was chosen before; after the first frame begin what takes time."""
        self.recall_panes()
        self.recall_listing()
        self.query_one(StatusLine).interval = self.session.config.interval
        self._tick()
        self.set_interval(_TICK, self._tick)
        self.call_after_refresh(self.start)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Leave the keys to the filter while it is typed into."""
        if action in _OWN_ACTIONS and self.query_one(FilterLine).is_typed_into:
            return False
        return super().check_action(action, parameters)

    def _take_shape(self, size: Size) -> None:
        """Have the classes of the size from the start: Textual would style and lay out twice."""
        for length, breakpoints in (
            (size.width, self.HORIZONTAL_BREAKPOINTS),
            (size.height, self.VERTICAL_BREAKPOINTS),
        ):
            self.add_class(*self._get_breakpoint_classes(length, breakpoints), update=False)

    def publish(self) -> None:
        """Show what the store has, soon: news that come together cost one repaint."""
        if not self._publishing:
            self._publishing = True
            self.set_timer(max(_SOON, _SHARE * self._cost), self.publish_now)

    @on(TaskList.Highlighted)
    def _show_task(self, event: TaskList.Highlighted) -> None:
        self.look_at(event.key)
        self.show_detail()
        self.show_footer()

    @on(TaskList.Marked)
    def _show_marks(self) -> None:
        self.show_footer()

    @on(TaskList.NothingNew)
    def _tell_nothing_new(self) -> None:
        self.tell(_("No unseen tasks."))

    @on(TaskList.Chosen)
    def _choose_task(self) -> None:
        self.action_open_detail()

    @on(ViewTabs.Picked)
    def _pick_view(self, event: ViewTabs.Picked) -> None:
        self.pick_view(event.view)

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
        began = monotonic()
        store, now = self.session.store, self.session.now()
        status, tasks = self.query_one(StatusLine), self.query_one(TaskList)
        status.summary, status.trouble = Summary.of(store.entries, now), store.trouble
        status.queue = QueueSummary.of(self.session.files.queue)
        self.post_message(Counted(status.summary))
        tabs = self.query_one(ViewTabs)
        tabs.summary = status.summary
        tabs.own_counts = tuple(
            sum(view.holds(entry, now) for entry in store.entries) for view in tabs.own
        )
        tasks.marks = frozenset(task_id for task_id in tasks.marks if store.get(task_id))
        for pane in self.panes:
            pane.publish()
        self.show_rows()
        self.show_detail()
        self._cost = monotonic() - began

    def show_rows(self) -> None:
        """Show the tasks that the listing holds, at once; before they are read there are none."""
        if self.loaded:
            tasks, attention = self.query_one(TaskList), self.session.attention
            entries = self.session.store.entries
            tasks.unseen = attention.unseen
            tasks.entries = self.listing.of(
                entries, self.session.now(), attention.ranked, attention.just_saved
            )
            tasks.hint = self._what_to_do()
        self.show_footer()

    def _what_to_do(self) -> str:
        if self.listing.query.text:
            return _("No task matches the filter.\nPress esc to clear it.")
        if self.session.store.entries:
            return _("No tasks in this view.\nPress 1 to show all.")
        if not self.session.config.says_key:
            return _(
                "No API key: set ANYFAST_API_KEY,\nor api_key in {path}.\n\nTry it "
                "without a key: seedance-tui --demo"
            ).format(path=self.session.config.config)
        return _("No tasks yet.\nPaste task IDs here, or press a.")


class StackedScreen(MainScreen):
    """The monitor with its panes one below the other, however wide it is: for reading aloud."""

    HORIZONTAL_BREAKPOINTS = [(0, "-tiny"), (60, "-narrow")]
