"""The monitor's screen: what is on it, and which part of it does what."""

from __future__ import annotations

from collections.abc import Sequence

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Container
from textual.geometry import Size

from ....core.session import Session
from ....core.text.sanitize import safe
from ...keys.action import bindings
from ...keys.monitor import MONITOR
from ...messages import ArchiveChanged, ClientReady, FileChanged, StoreChanged
from ...widgets.filter_line import FilterLine
from ...widgets.key_bar import KeyBar
from ...widgets.notice_line import NoticeLine
from ...widgets.rows import RowsBelow
from ...widgets.status_line import StatusLine
from ...widgets.task_detail import TaskDetail
from ...widgets.task_list import TaskList
from ...widgets.view_tabs import ColumnHeads, ViewTabs
from .auto_save_actions import AutoSaveActions
from .board import Board
from .copy_actions import CopyActions
from .file_actions import FileActions
from .filter_actions import FilterActions
from .footer import Footer
from .list_actions import ListActions
from .listing_actions import ListingActions
from .notifications import Announcements
from .pane_actions import PaneActions
from .picture_actions import PictureActions
from .polling_actions import PollingActions
from .publisher import Publisher
from .updates import Updates

_TICK = 1.0
"""Seconds between two moments that the screen shows."""
_OWN_ACTIONS = frozenset(action.name for action in MONITOR)


class MainScreen(Board):
    """Messages come up from the widgets and the workers, and go to the part that they concern."""

    CSS_PATH = "main.tcss"
    BINDINGS = bindings(MONITOR)
    HORIZONTAL_BREAKPOINTS = [(0, "-tiny"), (60, "-narrow"), (120, "-wide")]
    VERTICAL_BREAKPOINTS = [(0, "-low"), (17, "-medium"), (24, "-tall"), (30, "-high")]
    AUTO_FOCUS = "TaskList"

    def __init__(
        self, session: Session, words: Sequence[str] = (), warnings: Sequence[str] = ()
    ) -> None:
        """Watch also the IDs in `words`; `warnings` say what is wrong with the settings."""
        super().__init__(session)
        self._words = tuple(words)
        self._warnings = tuple(warnings)
        self._announcements = announcements = Announcements(self)
        self._footer = Footer(self)
        self._listing = ListingActions(self, self._footer)
        self._filter = FilterActions(self, self._listing)
        copies = CopyActions(self)
        self._panes = PaneActions(self, self._filter, copies)
        self._files = FileActions(self)
        self._watch_list = ListActions(self, self._listing)
        self._auto_save = AutoSaveActions(self, announcements)
        self._polling = PollingActions(self)
        self._updates = Updates(self, announcements, self._auto_save, self._polling)
        self._pictures = PictureActions(self, self._files, copies, self._watch_list)
        self.publisher = Publisher(self, self._listing, self._updates)
        self.take_actions(
            self._listing,
            self._filter,
            self._panes,
            self._files,
            self._watch_list,
            self._auto_save,
            copies,
            self._updates,
            self._polling,
            self._pictures,
        )

    def compose(self) -> ComposeResult:
        """Lay out the status, the list beside or above its detail, the notice and the keys."""
        self._take_shape(self.app.size)
        status = StatusLine(self.session.config.interval, id="status")
        yield status.data_bind(
            Board.now,
            Board.summary,
            Board.queue,
            Board.trouble,
            Board.trouble_since,
            Board.asked_at,
            Board.paused,
            Board.auto_saves,
            Board.lost,
        )
        with Container(id="body"):
            with RowsBelow(id="left"):
                tabs = ViewTabs(self.session.config.views, id="tabs")
                yield tabs.data_bind(Board.summary, Board.view, Board.own_counts)
                yield FilterLine(id="filter")
                heads, tasks = ColumnHeads(id="heads"), TaskList(id="list")
                heads.data_bind(Board.column, Board.reverse, Board.columns, Board.needs)
                tasks.data_bind(Board.now, Board.entries, Board.unseen, Board.hint)
                yield heads
                yield tasks.data_bind(Board.columns, Board.needs)
            detail = TaskDetail(id="detail").data_bind(Board.poster, Board.poster_room)
            yield detail.data_bind(Board.now, Board.entry, Board.group_shown, Board.seen, Board.utc)
        yield NoticeLine(id="notice")
        yield KeyBar(id="keys")

    def on_mount(self) -> None:
        """Show what was chosen before; after the first frame begin what takes time."""
        self._listing.recall()
        self.publisher.recall()
        self._warnings += self._panes.recall()
        self._tick()
        self.set_interval(_TICK, self._tick)
        self.call_after_refresh(self._start)

    def on_resize(self) -> None:
        """Share the new size as the old one was shared."""
        self._panes.share_again()

    def on_paste(self, event: events.Paste) -> None:
        """Take a paste into the list as an addition."""
        event.stop()
        self._watch_list.add_from(safe(event.text, lines=True))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Leave the keys to the filter while it is typed into."""
        if action in _OWN_ACTIONS and self.query_one(FilterLine).is_typed_into:
            return False
        return super().check_action(action, parameters)

    def ask_to_leave(self) -> bool:
        """Ask before leaving, if files are being saved; whether that was not asked already."""
        return self._files.ask_to_leave()

    def _take_shape(self, size: Size) -> None:
        """Have the classes of the size from the start: Textual would style and lay out twice."""
        for length, breakpoints in (
            (size.width, self.HORIZONTAL_BREAKPOINTS),
            (size.height, self.VERTICAL_BREAKPOINTS),
        ):
            reached = [name for least, name in breakpoints if length >= least]
            self.add_class(*reached[-1:], update=False)

    def _start(self) -> None:
        """Begin with everything that takes time, once the first frame stands."""
        self._announcements.start()
        self.start(self._load, group="load")
        self._polling.start()
        self._updates.start(self._warnings)

    async def _load(self) -> None:
        await self._updates.load_first_rows()
        self.publisher.begin_with_first_rows()
        await self._updates.load()
        self.publisher.begin()
        self._auto_save.start()
        self._polling.confirm_the_time()
        self._watch_list.add_words(self._words)

    def remember_first_rows(self) -> None:
        """Keep what stands first, for the next start."""
        self._listing.remember_first_rows()

    def _tick(self) -> None:
        """Let the times run on; what lies over the monitor would be drawn anew with each change."""
        if self.is_active:
            self.now = self.session.now()
        self._updates.look_at_list()

    def on_screen_resume(self) -> None:
        """Show what has happened while something lay over the monitor."""
        self._tick()
        self.publish()

    @on(StoreChanged)
    def _publish(self) -> None:
        self.publisher.publish_soon()

    @on(ArchiveChanged)
    def _read_archive(self) -> None:
        self._updates.read_archive()

    @on(FileChanged)
    def _file_changed(self, event: FileChanged) -> None:
        self._updates.file_changed(event.job)
        self._files.file_changed(event.job)

    @on(ClientReady)
    def _client_ready(self) -> None:
        if self.session.client:
            self._files.start_downloads()
        self.publish()

    @on(TaskList.Highlighted)
    def _show_task(self, event: TaskList.Highlighted) -> None:
        self._updates.look_at(event.key)
        self._updates.show_detail_at_rest()
        self._footer.show()

    @on(events.DescendantFocus)
    @on(TaskList.Marked)
    def _show_footer(self) -> None:
        self._footer.show()

    @on(TaskList.NothingNew)
    def _look_behind_filter(self, event: TaskList.NothingNew) -> None:
        self._filter.show_unseen(event.step)

    @on(TaskList.Chosen)
    def _choose_task(self) -> None:
        self._panes.action_open_detail()

    @on(ViewTabs.Picked)
    def _pick_view(self, event: ViewTabs.Picked) -> None:
        self._listing.pick_view(event.view)

    @on(ColumnHeads.Sorted)
    def _sort(self, event: ColumnHeads.Sorted) -> None:
        self._listing.sort_by(event.column)

    @on(TaskDetail.Dragged)
    def _drag(self, event: TaskDetail.Dragged) -> None:
        self._panes.drag(event.x, event.y, is_over=event.is_over)

    @on(TaskDetail.Shown)
    def _show_picture(self) -> None:
        self._pictures.look()

    @on(FilterLine.Changed)
    def _take_filter(self, event: FilterLine.Changed) -> None:
        self._filter.take(event.text)

    @on(FilterLine.Left)
    def _leave_filter(self, event: FilterLine.Left) -> None:
        self._filter.leave(cleared=event.cleared)

    @on(KeyBar.Pressed)
    async def _press(self, event: KeyBar.Pressed) -> None:
        await self.run_action(event.action)
