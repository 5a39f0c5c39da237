"""Everything that was said, the newest first, each message in full."""

from __future__ import annotations

from collections.abc import Mapping

from rich.cells import cell_len
from textual.reactive import reactive

from ..drawing import format as fmt
from ..drawing.glyphs import glyphs
from ..drawing.spans import Line, Role
from .notice_line import Notice
from .rows import Rows

_NARROW = 56
"""Cells below which a moment is said without its seconds."""


class MessageList(Rows):
    """Attributes: `notices`, the newest first; `fresh_from`, the number that unseen ones exceed.

    A row is a line of a message: the cursor is on `(number, line)` and goes by whole messages.
    """

    notices: reactive[tuple[Notice, ...]] = reactive((), repaint=False)
    now: float = 0.0
    """Unix seconds: what was said on another day has its date."""
    utc: bool = False
    fresh_from: int = 0
    hint: str = ""
    """What is said where there are no messages."""

    class Highlighted(Rows.Highlighted):
        """The cursor went to another line."""

    class Chosen(Rows.Chosen):
        """A message was chosen with the mouse."""

    _pieces: tuple[tuple[Notice, int, str], ...] = ()

    @property
    def current(self) -> Notice | None:
        """The message under the cursor."""
        return self._pieces[self.place][0] if self._pieces else None

    def watch_notices(self) -> None:
        """Keep the cursor on its message."""
        self._break_lines()

    def on_resize(self) -> None:
        """Break the messages anew for the width."""
        super().on_resize()
        self._break_lines()

    def action_move(self, rows: int) -> None:
        """Move the cursor by so many messages."""
        starts = [row for row, (_notice, piece, _text) in enumerate(self._pieces) if piece == 0]
        if starts:
            here = sum(start <= self.place for start in starts) - 1
            self._go(starts[max(0, min(here + rows, len(starts) - 1))])

    def is_lit(self, y: int) -> bool:
        """Whether the line is of the message under the cursor."""
        return y < len(self._pieces) and self._pieces[y][0] == self.current

    def fit_height(self) -> None:
        """Make room for the lines, or for the hint."""
        self.set_height(len(self._pieces) or 1)

    def line(self, y: int) -> Line:
        """Return a line: pointer, moment, sign, text; further lines of a message have but text."""
        if not self._pieces:
            return ((f"  {self.hint}", "dim"),)
        notice, piece, text = self._pieces[y]
        lead = self.pointer(y)
        role: Role = notice.role if notice.role in ("bad", "warn") else "normal"
        if piece:
            return ((lead[0], "accent"), (" " * (self._margin - 1), "normal"), (text, role))
        fresh = glyphs().unseen if notice.number > self.fresh_from else ""
        sign = fmt.fit(signs()[notice.role if notice.role in signs() else "normal"], 2)
        return (
            (lead[0], "accent"),
            (fmt.fit(fresh, 2), "accent"),
            (fmt.fit(self._moment(notice), self._margin - 6), "dim"),
            (f" {sign}", notice.role),
            (text, role),
        )

    def _break_lines(self) -> None:
        """Break every message into the lines that the width holds."""
        width = self.line_width - self._margin - 1
        if width > 0:
            self._pieces = tuple(
                (notice, piece, text)
                for notice in self.notices
                for piece, text in enumerate(fmt.wrap(fmt.in_row(notice.full), width))
            )
            self.set_keys([(notice.number, piece) for notice, piece, _text in self._pieces])

    @property
    def _margin(self) -> int:
        """The cells before a text: pointer, dot, moment, sign."""
        moments = (cell_len(self._moment(notice)) for notice in self.notices)
        return 6 + max(moments, default=0)

    def _moment(self, notice: Notice) -> str:
        moment = fmt.moment(notice.at, self.now, utc=self.utc)
        return moment[:5] if self.line_width < _NARROW and len(moment) == 8 else moment


def signs() -> Mapping[Role, str]:
    """The sign of each level; a word where the screen is read aloud is not needed: texts say it."""
    alert, mark = glyphs().alert, glyphs().mark
    failed = "" if glyphs().plain else glyphs().times
    return {"bad": failed, "warn": alert, "good": mark, "normal": ""}
