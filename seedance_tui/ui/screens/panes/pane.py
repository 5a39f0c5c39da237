"""What every pane over the monitor has: news of the store, notices, a footer, help, palette."""

from __future__ import annotations

from textual import on
from textual.await_complete import AwaitComplete
from textual.screen import Screen

from ...keys.action import Action, Situation, footer
from ...messages import MessagesWanted
from ...textual_private import bindings_of
from ...widgets.key_bar import KeyBar
from ...widgets.notice_line import Notice, NoticeLine
from ..dialogs.dialog import Dialog, is_closing
from ..key_hints import key_hints


class PaneParts(Screen[None]):
    """Has a notice line and a key bar."""

    ACTIONS: tuple[Action, ...] = ()
    """What can be done here."""

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


class FullPane(PaneParts):
    """A pane that fills the screen: nothing below it is drawn."""

    def dismiss(self, result: None = None) -> AwaitComplete:
        """Close; the second time nothing happens."""
        return super().dismiss(result) if is_closing(self) else AwaitComplete()
