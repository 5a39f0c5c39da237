"""What every pane over the monitor has: news of the store, notices, a footer, help, palette."""

from __future__ import annotations

from textual import on
from textual.binding import Binding

from ....core.text.i18n import _
from ...keys.keymap import bindings_of, has_key
from ...widgets.key_bar import KeyBar, KeyHint
from ...widgets.notice_line import NoticeLine
from ..dialogs.dialog import Dialog


class Pane(Dialog[None]):
    """Has a notice line and a key bar; `publish` is called whenever the store has news."""

    FOOTER: tuple[str, ...] = ()
    """The actions of the footer, most used first; the way back and help are always there."""

    def publish(self) -> None:
        """Show what the store has."""
        raise NotImplementedError

    def can_act(self, action: str) -> bool:
        """Whether an action of the footer has something to act on."""
        return True

    def tell(self, text: str, role: str) -> None:
        """Show a notice, already safe: the line of the monitor lies below this pane."""
        self.query_one(NoticeLine).show(text, role)

    def action_help(self) -> None:
        """Show what each key does here."""
        from ..dialogs.help import HelpScreen

        self.app.push_screen(HelpScreen())

    def action_palette(self) -> None:
        """Find an action of this pane by its name."""
        self.app.action_command_palette()

    def show_keys(self) -> None:
        """Let the footer say what can be done now."""
        bindings: dict[str, Binding] = {}
        for binding in filter(has_key, bindings_of(self)):
            bindings.setdefault(binding.action, binding)
        wanted = filter(self.can_act, self.FOOTER)
        self.query_one(KeyBar).hints = tuple(
            KeyHint(self.app.get_key_display(bindings[name]), _(bindings[name].description), name)
            for name in (*wanted, "dismiss(None)", "help")
            if name in bindings
        )

    @on(KeyBar.Pressed)
    async def _press(self, event: KeyBar.Pressed) -> None:
        await self.run_action(event.action)
