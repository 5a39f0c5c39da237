"""What the monitor shows, as attributes: its parts set them, its widgets are bound to them."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, Unpack, cast

from textual.reactive import reactive

from ....core.downloads.summary import QueueSummary
from ....core.history.history import Seen
from ....core.listing.listing import OwnView
from ....core.listing.views import Summary
from ....core.model.entry import Entry
from ....core.model.outcomes import Problem
from ....core.session import Session
from ....core.settings.choices import Changes, Order, View
from ....core.text.i18n import _
from ....core.text.sanitize import safe
from ...drawing.columns import Needs
from ...drawing.spans import Role
from ...keys.action import Action
from ...messages import StoreChanged
from ...textual_private import CalmScreen
from ...widgets.grouped_rows import GroupShown
from ...widgets.notice_line import Notice, NoticeLine
from ...widgets.task_detail import TaskDetail
from ...widgets.task_list import TaskList
from .notice_log import NoticeLog

if TYPE_CHECKING:
    from textual.worker import WorkType

    from ....core.media.picture import Picture
    from ..panes.pane import PaneParts


class Board(CalmScreen[None]):
    """Attributes go down from here, bound to those of the widgets that have the same names."""

    now: reactive[float] = reactive(0.0, repaint=False)
    entries: reactive[tuple[Entry, ...]] = reactive((), repaint=False)
    entry: reactive[Entry | None] = reactive[Entry | None](None, repaint=False)
    """The task that the detail shows."""
    group_shown: reactive[GroupShown | None] = reactive[GroupShown | None](None, repaint=False)
    """The group that it shows instead."""
    poster: reactive[Picture | None] = reactive["Picture | None"](None, repaint=False)
    """The small picture of that task, as soon as there is one."""
    poster_room: reactive[bool] = reactive(False, repaint=False)
    """Whether room is kept for that picture, which is on its way or there."""
    seen: reactive[tuple[Seen, ...]] = reactive((), repaint=False)
    unseen: reactive[frozenset[str]] = reactive(frozenset(), repaint=False)
    hint: reactive[str] = reactive("", repaint=False)
    summary: reactive[Summary | None] = reactive[Summary | None](None, repaint=False)
    """The counts; None while the watch list is being read."""
    queue: reactive[QueueSummary] = reactive(QueueSummary(), repaint=False)
    trouble: reactive[Problem | None] = reactive[Problem | None](None, repaint=False)
    trouble_since: reactive[float | None] = reactive[float | None](None, repaint=False)
    asked_at: reactive[float | None] = reactive[float | None](None, repaint=False)
    paused: reactive[bool] = reactive(False, repaint=False)
    auto_saves: reactive[bool] = reactive(False, repaint=False)
    lost: reactive[tuple[int, float] | None] = reactive[tuple[int, float] | None](
        None, repaint=False
    )
    utc: reactive[bool] = reactive(False, repaint=False)
    view: reactive[View | OwnView] = reactive[View | OwnView](View.ALL, repaint=False)
    own_counts: reactive[tuple[int, ...]] = reactive((), repaint=False)
    column: reactive[Order] = reactive(Order.NEEDS, repaint=False)
    reverse: reactive[bool] = reactive(False, repaint=False)
    columns: reactive[Sequence[str]] = reactive[Sequence[str]]((), repaint=False)
    needs: reactive[Needs] = reactive(Needs(), repaint=False)
    """What the tasks ask of the columns."""

    archived: Mapping[str, Entry] | None = None
    """The tasks of the archive by ID; None while they are not shown, or not read yet."""
    refreshing = ""
    """What was said last of tasks that are asked for: over with the next response."""
    tools: tuple[Action, ...] = ()
    """What the user's own commands are, as actions."""
    has_rows = False
    """Whether the watch list has been read, or at least its first rows."""
    loaded = False
    """Whether the watch list has been read; before that nothing is counted."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.session = session
        self.said = NoticeLog()

    def take_actions(self, *parts: object) -> None:
        """Let Textual find the actions of the parts, which it looks for on the screen."""
        for part in parts:
            for name in vars(type(part)):
                if name.startswith("action_"):
                    setattr(self, name, getattr(part, name))

    @property
    def tasks(self) -> TaskList:
        """The list, which has the cursor and the marks."""
        return self.query_one(TaskList)

    @property
    def detail(self) -> TaskDetail:
        """The detail pane."""
        return self.query_one(TaskDetail)

    @property
    def notices(self) -> NoticeLine:
        """The line of news."""
        return self.query_one(NoticeLine)

    @property
    def current(self) -> Entry | None:
        """The task under the cursor."""
        cursor = self.tasks.cursor
        return self.find(cursor) if isinstance(cursor, str) else None

    def show_current(self) -> Entry | None:
        """Let the detail show the task under the cursor, which is returned, or the group."""
        self.group_shown = self.tasks.members_here
        self.entry = self.current
        return self.entry

    @property
    def shows_archive(self) -> bool:
        """Whether the rows are those of the archive."""
        return self.view is View.ARCHIVE

    def find(self, task_id: str) -> Entry | None:
        """Return what is known of a task that may have a row."""
        if self.shows_archive:
            return (self.archived or {}).get(task_id)
        return self.session.store.get(task_id)

    def targets(self) -> tuple[Entry, ...]:
        """Return the tasks that a verb acts on: the marked ones, else the one under the cursor."""
        self.tasks.stay()
        marked = [self.find(task_id) for task_id in self.tasks.marked]
        found = tuple(entry for entry in marked or [self.current] if entry)
        if not found and self.tasks.group_here:
            self.notify_line(_("This is a group: press space to mark its tasks."), "warn")
        elif not found and self.shows_archive:
            self.notify_line(_("The archive is empty."), "warn")
        elif not found:
            self.notify_line(_("No tasks here. Press a to add some."), "warn")
        return found

    def watched_targets(self) -> tuple[Entry, ...]:
        """Return the targets of a verb that needs watched tasks: in the archive there are none."""
        targets = self.targets()
        if targets and self.shows_archive:
            self.notify_line(_("Archived; press X to bring it back."), "warn")
            return ()
        return targets

    def notify_line(
        self,
        text: str,
        role: Role = "normal",
        path: str = "",
        *,
        until_seen: bool = False,
        is_news: bool = False,
        instead_of: Notice | None = None,
    ) -> Notice:
        """Say one thing in the notice line; it takes the place of what stood there.

        `path` is for where `text` has `{path}`. What needs the user waits until it was seen; what
        answers no key of theirs is news. `instead_of` is what was said before of the same matter.
        """
        notice = Notice(safe(text), role, safe(path), self.session.now(), until_seen, is_news)
        notice = self.said.add(notice, instead_of)
        self.notices.show(notice, instead_of)
        self.show_unseen()
        for pane in self.panes:
            pane.show_notice(notice)
        return notice

    def note(self, text: str, role: Role) -> None:
        """Keep a detail of what is said in one sentence: it is read in the messages alone."""
        self.said.add(Notice(safe(text), role, at=self.session.now()))

    def show_unseen(self) -> None:
        """Let the line say what waits to be seen, and how much of it."""
        unseen, line = self.said.unseen, self.notices
        line.waiting = max(unseen, key=lambda notice: notice.weight, default=None)
        line.unseen = f"{self._messages_key} {len(unseen)}".strip() if unseen else ""

    @property
    def _messages_key(self) -> str:
        """The key that opens the messages, as it is shown; empty where the user left it none."""
        active = (one.binding for one in self.active_bindings.values())
        keys = (self.app.get_key_display(b) for b in active if b.id == "app.messages")
        return next(keys, "")

    @property
    def panes(self) -> tuple[PaneParts, ...]:
        """The panes that lie over the monitor and have their parts."""
        stack = self.app.screen_stack
        if stack[-1] is self:
            return ()
        from ..panes.pane import PaneParts

        panes = (screen for screen in stack if isinstance(screen, PaneParts))
        return tuple(pane for pane in panes if pane.is_here)

    def publish(self) -> None:
        """Have what the store has shown soon: news that come together cost one repaint."""
        self.post_message(StoreChanged())

    def keep(self, **changes: Unpack[Changes]) -> None:
        """Keep what was chosen for the next time."""
        self.start(partial(self.session.choices.keep, **changes), group="choices")

    def start(
        self, work: Callable[[], Awaitable[None]], *, group: str, exclusive: bool = False
    ) -> None:
        """Run `work` in a worker; an exclusive one cancels those of its own group."""
        self.run_worker(cast("WorkType[None]", work), group=group, exclusive=exclusive)
