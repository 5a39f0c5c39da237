"""The application: themes, keys, leaving well."""

from __future__ import annotations

import asyncio
import logging
import os
import signal
import sys
import threading
from collections.abc import Sequence
from contextlib import suppress

from textual import events
from textual.app import App
from textual.binding import Binding
from textual.worker import WorkerFailed

from ..core.language import _
from ..core.session import Session
from ..core.text import safe
from .palette import Actions, Palette
from .screens.main import MainScreen
from .themes import DARK, LIGHT

_log = logging.getLogger(__name__)
_LEAVING_SECONDS = 5.0
_NOT_WRITTEN = 6
_WRITING = "watchlist"
"""The group of workers that write the list: they are waited for, never cancelled."""
INTERRUPTED = 130


class SeedanceApp(App[None]):
    """Shows a session until it is left; `return_code` is the exit status."""

    TITLE = "seedance"
    CSS_PATH = "app.tcss"
    COMMANDS = {Actions}
    COMMAND_PALETTE_BINDING = "ctrl+p"
    ENABLE_COMMAND_PALETTE = True

    BINDINGS = [
        Binding("ctrl+c", "interrupt", "Interrupt", show=False, priority=True, id="app.interrupt"),
    ]

    def __init__(
        self,
        session: Session,
        words: Sequence[str] = (),
    ) -> None:
        super().__init__()
        self.session = session
        self._words = tuple(words)
        self._leaving = False
        self._end: asyncio.Task[None] | None = None
        self.register_theme(DARK)
        self.register_theme(LIGHT)
        self.crash: BaseException | None = None
        """The error that ended the program, to be raised again where no screen is in the way."""

    def on_mount(self) -> None:
        """Take the settings on, and the signals that end a program."""
        wanted = self.session.config.theme or DARK.name
        self.theme = wanted if wanted in self.available_themes else DARK.name
        self.set_keymap(self.session.config.keymap)
        self._watch_signals()
        self.push_screen(MainScreen(self.session, self._words))

    async def on_event(self, event: events.Event) -> None:
        """Take no more keys while leaving: there may be no screen left to take them."""
        if self._leaving and isinstance(event, events.InputEvent | events.Paste):
            event.stop()
            return
        await super().on_event(event)

    def action_command_palette(self) -> None:
        """Open the palette over the monitor."""
        if not isinstance(self.screen, Palette):
            self.push_screen(Palette(id="--command-palette"))

    async def action_quit(self) -> None:
        """Leave: downloads come to a clean end and the list is written first, for 5 s at most."""
        await self.leave(0)

    async def action_interrupt(self) -> None:
        """Leave as on ctrl+c."""
        await self.leave(INTERRUPTED)

    async def leave(self, code: int) -> None:
        """Cancel the workers, wait for them, close the session, exit with `code`."""
        if self._leaving:
            return
        self._leaving = True
        _log.info("leaving, status %s", code)
        if not self.is_headless:
            _end_for_sure(code)
        workers = list(self.workers)
        for worker in workers:
            if worker.group != _WRITING:
                worker.cancel()
        with suppress(TimeoutError):
            async with asyncio.timeout(_LEAVING_SECONDS):
                waits = (worker.wait() for worker in workers)
                await asyncio.gather(*waits, return_exceptions=True)
                with suppress(OSError):
                    await self.session.close()
                _log.debug("workers, list and history have come to their end")
        if lost := self.session.unwritten:
            path = self.session.config.watchlist
            text = _("seedance-tui: {path} could not be written; what changed is lost for: {ids}")
            self.exit(
                return_code=code or _NOT_WRITTEN,
                message=safe(text.format(path=path, ids=" ".join(lost))),
            )
            return
        self.exit(return_code=code)

    def _watch_signals(self) -> None:
        """End well on signals: Textual by itself leaves the terminal as it was drawn."""
        if sys.platform == "win32" or self.is_headless:
            return
        loop = asyncio.get_running_loop()
        for number in (signal.SIGTERM, signal.SIGHUP, signal.SIGINT):
            loop.add_signal_handler(number, self._on_signal, 128 + number)

    def _on_signal(self, code: int) -> None:
        # A worker would cancel itself along with the others.
        self._end = asyncio.create_task(self.leave(code))

    def _handle_exception(self, error: Exception) -> None:
        """End on the first error, without a word: Textual's own would print local variables."""
        self._return_code = 1
        if self._exception is None:
            self._exception = error
            self._exception_event.set()
            self.crash = error.error if isinstance(error, WorkerFailed) else error
        self.panic()


def _end_for_sure(code: int) -> None:
    """End the process even if a thread never ends, as on a lock or a terminal that is gone."""
    last_resort = threading.Timer(2 * _LEAVING_SECONDS, os._exit, [code])
    last_resort.daemon = True
    last_resort.start()
