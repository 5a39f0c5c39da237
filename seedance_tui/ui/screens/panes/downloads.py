"""The downloads pane: what is being saved, what waits, what came of it."""

from __future__ import annotations

from collections.abc import Callable

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.reactive import reactive

from ....core.downloads.ledger import Key
from ....core.downloads.queue import Job, Queue
from ....core.downloads.summary import QueueSummary
from ....core.model.file_states import Paused
from ....core.model.outcomes import sentence
from ....core.text.i18n import _, plural
from ....core.text.sanitize import safe
from ...drawing import format as fmt
from ...drawing.glyphs import glyphs
from ...drawing.spans import Line, Span
from ...keys.action import Situation, bindings
from ...keys.panes import DOWNLOADS
from ...widgets.download_list import DownloadList, DownloadRow, about
from ...widgets.key_bar import KeyBar
from ...widgets.lines import Bar, SpanLine
from ...widgets.notice_line import NoticeLine
from .pane import Pane


class QueueLine(SpanLine):
    """The whole queue in one line."""


class ReasonLines(Bar):
    """Why the file under the cursor is not saved, or how it was saved, in full."""

    DEFAULT_CSS = """
    ReasonLines { height: auto; }
    """

    span: reactive[Span] = reactive[Span](("", "dim"), layout=True)

    def get_content_height(self, container: object, viewport: object, width: int) -> int:
        """As many lines as it takes, few as they are."""
        return len(self._pieces(width))

    def line(self, y: int) -> Line:
        """Return a line of it."""
        role = self.span[1]
        return next(((f" {text}", role),) for text in [*self._pieces(self.line_width)[y:], ""])

    def _pieces(self, width: int) -> list[str]:
        text, role = self.span
        most = 4 if role == "warn" else 2  # a reason matters more than how a file was saved
        return fmt.first_lines(list(fmt.wrap(text, width - 2)), most, width - 2) if text else []


class DownloadsScreen(Pane):
    """Shows `queue`, a row for each job; `now` tells Unix seconds, `open_file` gets a key."""

    DEFAULT_CSS = """
    DownloadsScreen {
        align: center bottom;
        background: $background 40%;
        & > Vertical {
            width: 100%; height: auto; max-height: 75%; background: $background;
            border-top: solid $primary;
        }
        QueueLine { margin-bottom: 1; }
        DownloadList { height: auto; min-height: 3; max-height: 16; scrollbar-size: 0 1; }
    }
    """

    ACTIONS = DOWNLOADS
    BINDINGS = bindings(DOWNLOADS)
    AUTO_FOCUS = "DownloadList"

    def __init__(
        self,
        queue: Queue,
        row_of: Callable[[Job], DownloadRow],
        now: Callable[[], float],
        open_file: Callable[[Key, str], None],
    ) -> None:
        super().__init__()
        self._queue = queue
        self._row_of = row_of
        self._now = now
        self._open = open_file

    def compose(self) -> ComposeResult:
        """Show the sum, the files, the latest notice, the keys."""
        with Vertical():
            yield QueueLine()
            yield DownloadList()
            yield ReasonLines()
            yield NoticeLine()
            yield KeyBar()

    def on_mount(self) -> None:
        """Show the queue as it is, and let its times run on."""
        self.publish()
        self.set_interval(1.0, self.publish)

    def publish(self) -> None:
        """Show what the queue has."""
        jobs = self._queue.jobs
        files = self.query_one(DownloadList)
        files.now = self._now()
        files.rows = tuple(map(self._row_of, jobs))
        self.query_one(QueueLine).show(summary(QueueSummary.of(self._queue)))
        self._show_reason()
        self.show_keys()

    @on(DownloadList.Highlighted)
    def _show_reason(self) -> None:
        self.query_one(ReasonLines).span = next(map(about, self._current()), self._hint)

    @property
    def _hint(self) -> Span:
        """What to do about an empty queue."""
        if self._queue.jobs:
            return "", "dim"
        return _("No downloads. Press d to download the task under the cursor."), "dim"

    @property
    def situation(self) -> Situation:
        """What there is to act on."""
        return Situation(has_jobs=bool(self._queue.jobs))

    def action_toggle_pause(self) -> None:
        """Pause the file under the cursor, or go on with it."""
        for job in self._current():
            turn = self._queue.resume if isinstance(job.state, Paused) else self._queue.pause
            turn([job.key])

    def action_toggle_all(self) -> None:
        """Pause all, or go on with all if none runs or waits."""
        unfinished = self._queue.unfinished
        rest = all(isinstance(job.state, Paused) for job in unfinished)
        (self._queue.resume if rest else self._queue.pause)([job.key for job in unfinished])

    def action_retry(self) -> None:
        """Try the file under the cursor again."""
        self._queue.resume([job.key for job in self._current()])

    def action_retry_all(self) -> None:
        """Try every file again that waits for it or was given up."""
        self._queue.resume([job.key for job in self._queue.jobs])

    def action_cancel(self) -> None:
        """Take the file under the cursor out of the queue."""
        self._queue.cancel([job.key for job in self._current()])
        self.publish()

    def action_move(self, by: int) -> None:
        """Change the place of the file under the cursor."""
        for job in self._current():
            self._queue.move(job.key, by)
        self.publish()

    def action_clear(self) -> None:
        """Forget what is at its end."""
        self._queue.clear_finished()
        self.publish()

    def action_open(self, what: str) -> None:
        """Open the file under the cursor, or its folder."""
        for job in self._current():
            self._open(job.key, what)

    def _current(self) -> list[Job]:
        files = self.query_one(DownloadList)
        return [row.job for row in files.rows if row.job.key == files.cursor]


def summary(queue: QueueSummary) -> Line:
    """Say how far the whole queue is; or what holds it."""
    title: Span = (" " + _("Downloads") + "   ", "strong")
    if not queue.count:
        return (title,)
    saved = _("{saved} of {count} saved").format(saved=queue.saved, count=queue.count)
    spans: list[Span] = [title, (saved, "normal")]
    if queue.held:
        return (*spans, (glyphs().joint + safe(sentence(queue.held)), "bad"))
    waiting = queue.unfinished - queue.under_way - queue.paused - queue.no_room
    left = None if queue.left is None else fmt.in_words(fmt.span(queue.left))
    for text in (
        plural("{n} paused", "{n} paused", queue.paused) if queue.paused else "",
        plural("{n} waiting", "{n} waiting", waiting) if waiting else "",
        _no_room(queue.no_room),
        f"{fmt.size(queue.speed)}/s" if queue.speed and not glyphs().plain else "",
        _("{time} left").format(time=left) if left else "",
    ):
        spans += [(glyphs().joint + text, "dim")] if text else []
    return tuple(spans)


def _no_room(count: int) -> str:
    """How many files wait for the disk alone, while others go on."""
    words = plural("{n} waiting for disk space", "{n} waiting for disk space", count)
    return words if count else ""
