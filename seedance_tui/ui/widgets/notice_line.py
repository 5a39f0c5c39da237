"""One line of news above the keys: the latest, for a few seconds."""

from __future__ import annotations

from textual.reactive import reactive
from textual.timer import Timer

from ..drawing import format as fmt
from ..drawing.spans import Line, Role, Span
from .lines import Bar

_SECONDS = 6.0


class NoticeLine(Bar):
    """Notices never pile up: the next takes the place of the one before.

    A notice that must be read waits until the line is free.
    """

    notice: reactive[Span] = reactive(("", "normal"), repaint=False)
    _timer: Timer | None = None

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002  Textual's own name
        super().__init__(id=id)
        self._waiting: list[Span] = []

    def show(self, text: str, role: Role) -> None:
        """Show a notice, already safe; errors stay twice as long."""
        if self._timer:
            self._timer.stop()
        self.notice = (text, role)
        self._timer = self.set_timer(_SECONDS * (2 if role == "bad" else 1), self._clear)

    def show_until_read(self, text: str, role: Role) -> None:
        """Show a notice when the line is free, for its whole time; also already safe."""
        self._waiting.append((text, role))
        if not self.notice[0]:
            self.show(text, role)

    def clear_if(self, text: str) -> None:
        """Take a notice back that is no longer true."""
        if self.notice[0] == text:
            self._clear()

    def watch_notice(self) -> None:
        """Show the latest."""
        self.repaint()

    def line(self, y: int) -> Line:
        """Return the notice, cut in its middle where it is too long: the end names the file."""
        text, role = self.notice
        width = self.line_width - 2
        return ((" " + fmt.cut_middle(text, width, width * 2 // 3), role),)

    def _clear(self) -> None:
        if self._waiting and self.notice == self._waiting[0]:
            self._waiting.pop(0)
        self.notice = ("", "normal")
        if self._waiting:
            self.show(*self._waiting[0])
