"""The last line: what can be done now, and where the cursor is."""

from __future__ import annotations

from dataclasses import dataclass

from rich.cells import cell_len
from textual import events
from textual.message import Message
from textual.reactive import reactive

from ..drawing.glyphs import glyphs
from ..drawing.spans import Line, Role, Span
from .lines import Bar


@dataclass(frozen=True, slots=True)
class KeyHint:
    """A key as it is shown, what it does in a word, and the action behind it."""

    key: str
    label: str
    action: str
    can_act: bool = True
    """Whether it can be done now; if not it keeps its place, dim."""

    @property
    def width(self) -> int:
        """Cells that the hint takes, with the space before it."""
        return cell_len(self.key) + cell_len(self.label) + 3


class KeyBar(Bar):
    """Attributes: `hints`, most used first, the last one always shown.

    `place` stands right where there is room for it, `marks` before any hint.
    """

    hints: reactive[tuple[KeyHint, ...]] = reactive((), repaint=False)
    place: reactive[str] = reactive("", repaint=False)
    marks: reactive[str] = reactive("", repaint=False)

    @dataclass
    class Pressed(Message):
        """A hint was clicked."""

        action: str

    def watch_hints(self) -> None:
        """Show what can be done now."""
        self.repaint()

    def watch_place(self) -> None:
        """Show where the cursor is now."""
        self.repaint()

    def watch_marks(self) -> None:
        """Show how many are marked now."""
        self.repaint()

    def on_click(self, event: events.Click) -> None:
        """Press the key under the mouse."""
        end = 0
        for hint in self._fitting():
            end += hint.width
            if event.x < end:
                if hint.can_act:
                    self.post_message(self.Pressed(hint.action))
                return

    def line(self, y: int) -> Line:
        """Return the hints that fit, and the place where there is room for it."""
        spans: list[Span] = [span for hint in self._fitting() for span in _hint(hint)]
        used = sum(cell_len(text) for text, role in spans)
        room = self.line_width - used - 1 - self._marks_width
        place = self.place if cell_len(self.place) <= room else ""
        spans.append((" " * (room - cell_len(place)) + place, "dim"))
        if self.marks:
            spans += [(glyphs().joint if place else " ", "dim"), (self.marks, "accent")]
        return (*spans, (" ", "dim")) if room >= 0 else tuple(spans)

    @property
    def _marks_width(self) -> int:
        return len(glyphs().joint) + cell_len(self.marks) if self.marks else 0

    def _fitting(self) -> list[KeyHint]:
        """Return as many hints as fit whole; the last one, help, always has its room."""
        if not self.hints:
            return []
        *others, last = self.hints
        room = self.line_width - last.width - (self._marks_width + 1 if self.marks else 0)
        fitting: list[KeyHint] = []
        for hint in others:
            if hint.width > room:
                break
            room -= hint.width
            fitting.append(hint)
        return [*fitting, last]


def _hint(hint: KeyHint) -> Line:
    key: Role
    label: Role
    key, label = ("accent", "normal") if hint.can_act else ("rule", "rule")
    return (f" {hint.key}", key), (f" {hint.label} ", label)
