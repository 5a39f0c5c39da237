"""The application: themes, keys, leaving well."""

from __future__ import annotations

import asyncio
import logging
import os
import signal
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

from textual import events, on
from textual.binding import Binding
from textual.command import Provider
from textual.theme import ThemeProvider

from ..core.model.codes import Exit
from ..core.session import Session
from ..core.text.i18n import _
from .appearance import Appearance
from .messages import Counted, Happened, MessagesWanted
from .screens.main import MainScreen
from .terminal.title import Title
from .textual_private import half_width

if TYPE_CHECKING:
    from .terminal.announcer import Announcer

_log = logging.getLogger(__name__)


def _actions() -> type[Provider]:
    """Bring the palette's actions along when it is opened."""
    from .screens.dialogs.palette import Actions

    return Actions


class SeedanceApp(Appearance, inherit_bindings=False):
    """Shows a session until it is left; `return_code` is the exit status.

    `words` are searched for IDs to watch; without `keeps_files` its folder goes when it ends.
    """

    TITLE = "seedance"
    CSS_PATH = "app.tcss"
    COMMANDS = {_actions}

    BINDINGS = [
        Binding("ctrl+c", "interrupt", "Interrupt", show=False, priority=True, id="app.interrupt"),
    ]

    def __init__(
        self,
        session: Session,
        words: Sequence[str] = (),
        *,
        keeps_files: bool = True,
    ) -> None:
        super().__init__(session)
        self._words = tuple(words)
        self._keeps_files = keeps_files
        self._leaving = False
        self._end: asyncio.Task[None] | None = None
        self._event_loop: asyncio.AbstractEventLoop | None = None
        self._is_looked_at: bool | None = None
        """Whether the terminal has the focus; None until it says."""
        self._announcer: Announcer | None = None
        self._title = Title(os.environ, wanted=session.config.notify.title)
        self.farewell: list[str] = []
        """What to say once the terminal is the user's again, a line each."""

    async def on_mount(self) -> None:
        """Take on the settings, what was chosen before, and the signals that end a program."""
        self._watch_signals()
        await self.session.recall_choices()
        config = self.session.config
        places = self._binding_places()
        warnings = [*config.warnings, *self.apply_settings(places)]
        screen = MainScreen
        if config.screen.plain:
            from .screens.main.stacked import StackedScreen

            screen = StackedScreen
        if config.tools:
            from .screens.main.tools import with_tools

            screen, clashes = with_tools(screen, config.tools, places[:2], self.own_keys)
            warnings += clashes
        self.push_screen(screen(self.session, self._words, warnings))

    def _binding_places(self) -> list[list[Binding]]:
        if not (self.session.config.screen.keymap or self.session.config.tools):
            return []
        from .binding_places import binding_places

        return binding_places(type(self))

    async def on_event(self, event: events.Event) -> None:
        """Take no more keys while leaving: there may be no screen left to take them."""
        if self._leaving and isinstance(event, events.InputEvent | events.Paste):
            event.stop()
            return
        if isinstance(event, events.Key):
            focused = self.focused
            if not (focused and focused.check_consume_key(event.key, event.character)):
                event = half_width(event)
            if isinstance(self.screen, MainScreen):
                self.screen.tasks.stay()
        await super().on_event(event)

    @on(events.AppFocus)
    def _looked_at(self) -> None:
        self._is_looked_at = True

    @on(events.AppBlur)
    def _looked_away(self) -> None:
        self._is_looked_at = False

    @on(Counted)
    def _show_title(self, event: Counted) -> None:
        """Let the title of the window say what runs and what is ready."""
        self.write_to_terminal(self._title.show(event.summary))

    @on(Happened)
    def _announce(self, event: Happened) -> None:
        from .terminal.announcer import Announcer

        announcer = self._announcer or Announcer(self.session.config.notify, os.environ)
        self._announcer = announcer
        for what, name in event.events:
            announcer.add(what, name)
        self.write_to_terminal(announcer.flush(self._is_looked_at))

    @on(MessagesWanted)
    async def _show_messages(self) -> None:
        if monitor := self._monitor:
            await monitor.run_action("messages")

    def action_command_palette(self) -> None:
        """Open the palette over the monitor."""
        from .screens.dialogs.palette import Palette

        if not isinstance(self.screen, Palette):
            placeholder = _("Search commands…")
            self.push_screen(Palette(placeholder=placeholder, id="--command-palette"))

    def search_themes(self) -> None:
        """Open the palette with the themes in it."""
        from .screens.dialogs.palette import Palette

        self.push_screen(Palette([ThemeProvider], placeholder=_("Search for themes…")))

    async def action_quit(self) -> None:
        """Leave: downloads come to a clean end and the list is written first, for 5 s at most."""
        await self.leave(0)

    async def action_interrupt(self) -> None:
        """Leave as on ctrl+c: files that are being saved are asked about first, once."""
        monitor = self._monitor
        if monitor is None or not monitor.ask_to_leave():
            await self.leave(Exit.INTERRUPTED)

    @property
    def _monitor(self) -> MainScreen | None:
        return next((one for one in self.screen_stack if isinstance(one, MainScreen)), None)

    async def leave(self, code: int) -> None:
        """Cancel the workers, wait for them, close the session, exit with `code`."""
        from . import leaving

        if self._leaving:
            return
        self._leaving = True
        if monitor := self._monitor:
            monitor.remember_first_rows()
        self.write_to_terminal(self._title.end())
        _log.info("leaving, status %s", code)
        if not self.is_headless:
            leaving.end_for_sure(code)
        await leaving.end_well(self.session, self.workers, code)
        if code != Exit.HUNG_UP:
            self.farewell = leaving.last_words(self.session, keeps_files=self._keeps_files)
        self._take_pictures_away()
        self.exit(return_code=code or (Exit.DISK if self.session.editor.unwritten else 0))

    def _watch_signals(self) -> None:
        """End well on signals: Textual by itself leaves the terminal as it was drawn."""
        if sys.platform == "win32" or self.is_headless:
            return
        loop = self._event_loop = asyncio.get_running_loop()
        for number in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(number, self._on_signal, 128 + number)
        # Not by the loop, which may just be waiting for the terminal that is gone.
        signal.signal(signal.SIGHUP, lambda _number, _frame: self.on_gone())

    def _on_signal(self, code: int) -> None:
        # A worker would cancel itself along with the others.
        self._end = asyncio.create_task(self.leave(code))

    def on_gone(self) -> None:
        """Leave at once and in silence: the window was closed, or the line was cut."""
        from . import leaving

        self.abandon_terminal()
        leaving.end_for_sure(Exit.HUNG_UP)
        if self._event_loop is not None:
            self._event_loop.call_soon_threadsafe(self._on_signal, Exit.HUNG_UP)

    def on_crash(self) -> None:
        """Give the terminal back without pictures, and the window its title."""
        self._take_pictures_away()
        self.write_to_terminal(self._title.end())

    def _take_pictures_away(self) -> None:
        """Have the terminal forget the pictures of this screen while it is there."""
        self.app_suspend_signal.publish(self)
