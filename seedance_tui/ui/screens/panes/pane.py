"""What every pane over the monitor has: news of the store, notices, a footer, help, palette."""

from __future__ import annotations

from textual import on

from ...drawing.spans import Role
from ...keys.action import Action, Situation, footer
from ...textual_private import bindings_of
from ...widgets.key_bar import KeyBar
from ...widgets.notice_line import NoticeLine
from ..dialogs.dialog import Dialog
from ..key_hints import key_hints


class Pane(Dialog[None]):
    """Has a notice line and a key bar; `publish` is called whenever the store has news."""

    ACTIONS: tuple[Action, ...] = ()
    """What can be done here."""

    def publish(self) -> None:
        """Show what the store has."""
        raise NotImplementedError

    @property
    def situation(self) -> Situation:
        """What decides which actions the footer offers."""
        return Situation()

    def notify_line(self, text: str, role: Role) -> None:
        """Show a notice, already safe: the line of the monitor lies below this pane."""
        self.query_one(NoticeLine).show(text, role)

    def action_help(self) -> None:
        """Show what each key does here."""
        from ..dialogs.help import HelpScreen

        self.app.push_screen(HelpScreen())

    def action_palette(self) -> None:
        """Find an action of this pane by its name."""
        self.app.action_command_palette()

    def action_suspend(self) -> None:
        """Go to the background of the shell until it calls the program back."""
        self.app.action_suspend_process()

    def show_keys(self) -> None:
        """Let the footer say what can be done now."""
        self.query_one(KeyBar).hints = key_hints(
            self.app, footer(self.ACTIONS), bindings_of(self), self.situation
        )

    @on(KeyBar.Pressed)
    async def _press(self, event: KeyBar.Pressed) -> None:
        await self.run_action(event.action)
