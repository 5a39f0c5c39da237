"""The application: themes, keys, leaving well."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
import threading
import traceback
from collections.abc import Sequence
from contextlib import suppress

from rich.text import Text
from textual.app import App

from ..core.session import Session
from .palette import Actions
from .screens.main import MainScreen
from .themes import DARK, LIGHT

_LEAVING_SECONDS = 2.0
INTERRUPTED = 130


class SeedanceApp(App[None]):
    """Shows a session until it is left; `return_code` is the exit status."""

    TITLE = "seedance"
    CSS_PATH = "app.tcss"
    COMMANDS = {Actions}
    COMMAND_PALETTE_BINDING = "ctrl+p"
    ENABLE_COMMAND_PALETTE = True

    def __init__(
        self,
        session: Session,
        ids: Sequence[str] = (),
    ) -> None:
        super().__init__()
        self.session = session
        self._ids = tuple(ids)
        self._leaving = False
        self._end: asyncio.Task[None] | None = None
        self.register_theme(DARK)
        self.register_theme(LIGHT)
        self.crash = ""
        """What the program ended with, without any values: for the log."""

    def on_mount(self) -> None:
        """Take the settings on, and the signals that end a program."""
        wanted = self.session.config.theme or DARK.name
        self.theme = wanted if wanted in self.available_themes else DARK.name
        self.set_keymap(self.session.config.keymap)
        self._watch_signals()
        self.push_screen(MainScreen(self.session, self._ids))

    async def action_quit(self) -> None:
        """Leave: downloads come to a clean end and the list is written first, for 2 s at most."""
        await self.leave(0)

    async def action_interrupt(self) -> None:
        """Leave as on ctrl+c."""
        await self.leave(INTERRUPTED)

    async def leave(self, code: int) -> None:
        """Cancel the workers, wait for them, close the session, exit with `code`."""
        if self._leaving:
            return
        self._leaving = True
        workers = list(self.workers)
        self.workers.cancel_all()
        with suppress(TimeoutError):
            async with asyncio.timeout(_LEAVING_SECONDS):
                waits = (worker.wait() for worker in workers)
                await asyncio.gather(*waits, return_exceptions=True)
                await self.session.close()
        self.exit(return_code=code)

    def _watch_signals(self) -> None:
        """End well on SIGTERM and SIGHUP: Textual leaves the terminal as it was drawn."""
        if sys.platform == "win32" or self.is_headless:
            return
        loop = asyncio.get_running_loop()
        for number in (signal.SIGTERM, signal.SIGHUP):
            loop.add_signal_handler(number, self._on_signal, 128 + number)

    def _on_signal(self, code: int) -> None:
        """End with `code`, and for sure: writing to a terminal that is gone may block for ever."""
        last_resort = threading.Timer(2 * _LEAVING_SECONDS, os._exit, [code])
        last_resort.daemon = True
        last_resort.start()
        # A worker would cancel itself along with the others.
        self._end = asyncio.create_task(self.leave(code))

    def _handle_exception(self, error: Exception) -> None:
        """End on an error with one line: Textual's own traceback would print local variables."""
        self._return_code = 1
        if self._exception is None:
            self._exception = error
            self._exception_event.set()
        self.crash = "".join(traceback.format_exception(error))
        self.panic(Text(f"seedance-tui: {type(error).__name__}; this is a fault of the program."))
