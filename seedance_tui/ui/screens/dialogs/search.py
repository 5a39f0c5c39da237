"""Search in what is shown, while it is typed."""

from __future__ import annotations

from collections.abc import Callable

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal
from textual.widgets import Input, Static

from ...widgets.safe_input import SafeInput
from .dialog import Dialog


class SearchScreen(Dialog[None]):
    """Tells `search` what is typed, and shows the count that returns; escape clears."""

    DEFAULT_CSS = """
    SearchScreen {
        background: $background 0%; align: left bottom;
        & > Horizontal { height: 1; width: 100%; background: $surface; }
        #slash { width: 3; color: $primary; }
        #count { width: auto; color: $foreground 70%; margin: 0 1; }
        Input, Input:focus {
            width: 1fr; border: none; padding: 0; height: 1; background: $surface;
        }
    }
    """
    BINDINGS = [
        Binding("escape", "nothing", "Clear", show=False, priority=True),
        Binding("down,up", "dismiss(None)", "Back", show=False),
    ]

    def __init__(self, text: str, search: Callable[[str], str], placeholder: str) -> None:
        super().__init__()
        self._text = text
        self._search = search
        self._placeholder = placeholder

    def compose(self) -> ComposeResult:
        """Show the slash, the text, the count."""
        with Horizontal():
            yield Static(" / ", id="slash", markup=False)
            yield SafeInput(self._text, placeholder=self._placeholder, compact=True)
            yield Static("", id="count", markup=False)

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        self.query_one("#count", Static).update(self._search(event.value))

    @on(Input.Submitted)
    def _done(self) -> None:
        self.dismiss(None)

    def action_nothing(self) -> None:
        """Search for nothing any more."""
        self._search("")
        self.dismiss(None)
