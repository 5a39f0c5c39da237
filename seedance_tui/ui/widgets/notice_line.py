"""One line of news above the keys: the latest, for a few seconds."""

from __future__ import annotations

from textual.reactive import reactive
from textual.timer import Timer

from .. import format as fmt
from ..looks import Line, Span
from .lines import Bar

_SECONDS = 6.0


class NoticeLine(Bar):
    """Notices never pile up: the next takes the place of the one before."""

    notice: reactive[Span] = reactive(("", "normal"), repaint=False)
    _timer: Timer | None = None

    def show(self, text: str, role: str) -> None:
        """Show a notice, already safe; errors stay twice as long."""
        if self._timer:
            self._timer.stop()
        self.notice = (text, role)
        self._timer = self.set_timer(_SECONDS * (2 if role == "bad" else 1), self._clear)

    def watch_notice(self) -> None:
        """Show the latest."""
        self.repaint()

    def line(self, y: int) -> Line:
        """Return the notice, cut in its middle where it is too long: the end names the file."""
        text, role = self.notice
        width = self.size.width - 2
        return ((" " + fmt.cut_middle(text, width, width * 2 // 3), role),)

    def _clear(self) -> None:
        self.notice = ("", "normal")
