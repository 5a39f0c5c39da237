"""What every pane over the monitor has: news of the store, notices, a footer, help, palette."""

from __future__ import annotations

from textual import on

from ...keys.action import Action, Situation, footer
from ...messages import MessagesWanted
from ...textual_private import CalmScreen, bindings_of
from ...widgets.key_bar import KeyBar
from ...widgets.notice_line import Notice, NoticeLine
from ..dialogs.dialog import Dialog, FullScreen
from ..key_hints import key_hints


class PaneParts(CalmScreen[None]):
    """Has a notice line and a key bar."""

    ACTIONS: tuple[Action, ...] = ()
    """What can be done here."""

    @property
    def is_here(self) -> bool:
        """Whether its parts are there: they come after it, and go before it."""
        return self.is_running and not self.has_class("-closing") and bool(self.query(NoticeLine))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Do nothing more once it closes, whatever was typed ahead."""
        return self.is_here and super().check_action(action, parameters)

    def publish(self) -> None:
        """Take in that the store has news; a pane that shows nothing of it does nothing."""

    @property
    def situation(self) -> Situation:
        """What decides which actions the footer offers."""
        return Situation()

    def show_notice(self, notice: Notice) -> None:
        """Show a notice: the line of the monitor lies below this pane."""
        self.query_one(NoticeLine).show(notice)

    def action_help(self) -> None:
        """Show what each key does here."""
        from ..dialogs.help import HelpScreen

        self.app.push_screen(HelpScreen())

    def action_messages(self) -> None:
        """Show everything that was said."""
        self.post_message(MessagesWanted())

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


class Pane(PaneParts, Dialog[None]):
    """A pane that lets the monitor be seen around it."""


class FullPane(PaneParts, FullScreen[None]):
    """A pane that fills the screen."""
