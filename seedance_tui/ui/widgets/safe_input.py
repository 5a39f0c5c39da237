"""A field of one line into which anything may be pasted."""

from __future__ import annotations

from textual import events
from textual.widgets import Input

from ...core.text.sanitize import safe


class SafeInput(Input):
    """Takes only what is harmless to show, however it comes in; line ends become spaces."""

    def replace(self, text: str, start: int, end: int) -> None:
        """Put a text in place of what stands there; whatever is typed or pasted comes this way."""
        super().replace(safe(text), start, end)

    def on_resize(self) -> None:
        """Have the terminal's cursor here from the start: before, the field has no place."""
        if self.has_focus:
            self.app.cursor_position = self.cursor_screen_offset

    def on_paste(self, event: events.Paste) -> None:
        """Take all lines, where Textual takes the first."""
        event.stop()
        event.prevent_default()
        self.replace(event.text, *self.selection)
