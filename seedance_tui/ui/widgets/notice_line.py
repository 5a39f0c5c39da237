"""One line of news above the keys: the latest, for a few seconds, then what waits to be seen."""

from __future__ import annotations

from dataclasses import dataclass

from rich.cells import cell_len
from textual.reactive import reactive
from textual.timer import Timer

from ..drawing import format as fmt
from ..drawing.spans import Line, Role
from .lines import Bar

_SECONDS = 6.0
_LEAST_PATH = 12
"""Cells that a path has at least, whatever is said around it."""


@dataclass(frozen=True, slots=True)
class Notice:
    """One thing that is said; all of it already safe, `at` in Unix seconds.

    `path` stands where `text` has `{path}`: it is what is cut first, at its head.
    """

    text: str
    role: Role = "normal"
    path: str = ""
    at: float = 0.0
    until_seen: bool = False
    """Whether it needs the user, and therefore waits to be seen."""
    is_news: bool = False
    """Whether it answers no key of the user's, and therefore lets one that does have its time."""
    number: int = 0
    """Its place in the order of all that was said, the first being 1."""

    @property
    def weight(self) -> tuple[bool, bool, int]:
        """What waits first: errors, then warnings, of these the newest."""
        return self.role == "bad", self.role == "warn", self.number

    @property
    def full(self) -> str:
        """All of it."""
        return self.text.replace("{path}", self.path) if self.path else self.text

    def within(self, width: int) -> str:
        """As much of it as `width` cells hold: what a sentence says first is kept."""
        text = fmt.in_row(self.text)
        if self.path:
            room = max(_LEAST_PATH, width - cell_len(text.replace("{path}", "")))
            text = text.replace("{path}", fmt.cut_head(fmt.in_row(self.path), room))
        return fmt.cut_end(text, width)


class NoticeLine(Bar):
    """Notices never pile up: the next takes the place of the one before.

    Attributes: `waiting` is shown whenever nothing else is; `unseen`, a key and a count, stands at
    the right end as long as there is something that waits to be seen.
    """

    notice: reactive[Notice | None] = reactive[Notice | None](None, repaint=False)
    waiting: reactive[Notice | None] = reactive[Notice | None](None, repaint=False)
    unseen: reactive[str] = reactive("", repaint=False)
    _timer: Timer | None = None
    _next: Notice | None = None
    """The latest of the news that wait for the time of an answer to be over."""

    def show(self, notice: Notice, instead_of: Notice | None = None) -> None:
        """Show a notice; errors stay twice as long.

        News wait for the end of an answer, except of one that they go on with: `instead_of`.
        """
        shown = self.notice
        if notice.is_news and shown and not shown.is_news and shown is not instead_of:
            self._next = notice
            return
        if self._timer:
            self._timer.stop()
        self.notice = notice
        seconds = _SECONDS * (2 if notice.role == "bad" else 1)
        self._timer = self.set_timer(seconds, self._clear)

    def clear_if(self, text: str) -> None:
        """Take a notice back that is no longer true."""
        if self.notice and self.notice.text == text:
            self._clear()

    def watch_notice(self) -> None:
        """Show the latest."""
        self.repaint()

    def watch_waiting(self) -> None:
        """Show what waits."""
        self.repaint()

    def watch_unseen(self) -> None:
        """Show how much waits."""
        self.repaint()

    def line(self, y: int) -> Line:
        """Return the notice, cut at its end where it is too long, and the count."""
        shown = self.notice or self.waiting
        count = f" {self.unseen} " if self.unseen else " "
        room = self.line_width - 1 - cell_len(count)
        text = shown.within(room) if shown else ""
        gap = " " * (room - cell_len(text))
        role: Role = shown.role if shown else "normal"
        return (" " + text, role), (gap, "normal"), (count, "accent")

    def _clear(self) -> None:
        self.notice, following, self._next = None, self._next, None
        if following:
            self.show(following)
