"""A whole link on a plain screen, for the mouse of the terminal to select."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.binding import Binding
from textual.widgets import Static

from ....core.text.i18n import _
from ....core.text.sanitize import safe
from .dialog import FullScreen


class LinkScreen(FullScreen[None]):
    """Nothing but the text, from edge to edge, so that a selection has no frame in it."""

    DEFAULT_CSS = """
    LinkScreen {
        background: $background;
        & > Static { width: 100%; height: auto; }
        & > #how { dock: bottom; color: $foreground 70%; }
    }
    """

    BINDINGS = [Binding("escape,q,enter", "dismiss(None)", "Close", show=False)]

    def __init__(self, text: str) -> None:
        super().__init__()
        self._text = text

    def compose(self) -> ComposeResult:
        """Show the text and how to leave."""
        yield Static(safe(self._text, lines=True), markup=False)
        yield Static(
            _("Select with the mouse (many terminals: hold Shift) · esc: back"),
            id="how",
            markup=False,
        )
