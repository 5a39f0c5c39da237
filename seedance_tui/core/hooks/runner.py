"""The user's commands that run when a task has ended: `[hooks]` in config.toml."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from ..model.entry import Entry
from ..settings.hooks import Command, HookSettings
from ..text.i18n import _
from ..text.sanitize import safe

_log = logging.getLogger(__name__)
AT_ONCE = 2
_GRACE = 2.0
"""Seconds between asking a process to end and killing it."""


@dataclass(frozen=True, slots=True)
class HookFailed:
    """A hook that did not do its work; `name` is the program's, all texts are safe to show."""

    name: str
    why: str
    task_id: str = ""

    @property
    def text(self) -> str:
        """The sentence that tells the user."""
        return _("The hook {name} failed: {why}").format(name=self.name, why=self.why)


@dataclass(frozen=True, slots=True)
class _Call:
    command: Command
    environ: Mapping[str, str]
    task_id: str

    def failed(self, why: str) -> HookFailed:
        return HookFailed(safe(Path(self.command[0]).name), why, safe(self.task_id))


class Hooks:
    """Runs hooks as long as `run` does, `AT_ONCE` at a time, in the order they were fed.

    `environ` is what the commands inherit; the API key is taken out. `grace` is in seconds.
    """

    def __init__(
        self,
        settings: HookSettings,
        environ: Mapping[str, str],
        *,
        grace: float = _GRACE,
    ) -> None:
        self._settings = settings
        self._environ = environ
        self._grace = grace
        self._queue: asyncio.Queue[_Call] = asyncio.Queue()
        self.claim: Callable[[str], Awaitable[bool]] | None = None
        """Tells whether the hook of a task is ours to run, and not another instance's."""

    def feed(self, entry: Entry) -> None:
        """Queue the hook of a task that has ended, with the facts as they are now."""
        command = self._settings.command_for(entry.status.phase)
        if not command:
            return
        from ._environment import environment

        self._queue.put_nowait(_Call(command, environment(entry, self._environ), entry.id))

    async def run(self, report: Callable[[HookFailed], None]) -> None:
        """Run what is fed until cancelled; what runs then is ended, what waits is kept.

        `report` gets every failure, in the event loop; none is ever raised.
        """
        async with asyncio.TaskGroup() as group:
            for _place in range(AT_ONCE):
                group.create_task(self._work(report))

    async def finish(self, seconds: float) -> bool:
        """Wait until all that was fed has run, `seconds` at most; return whether it has.

        `run` must be running.
        """
        with suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                await self._queue.join()
                return True
        return False

    async def _work(self, report: Callable[[HookFailed], None]) -> None:
        while True:
            call = await self._queue.get()
            try:
                is_ours = self.claim is None or await self.claim(call.task_id)
                if is_ours and (failed := await self._run(call)):
                    report(failed)
            finally:
                self._queue.task_done()

    async def _run(self, call: _Call) -> HookFailed | None:
        from . import _process

        why = await _process.run(
            call.command, call.environ, self._settings.timeout, grace=self._grace
        )
        if not why:
            return None
        failed = call.failed(why)
        _log.warning("%s: hook %s: %s", failed.task_id, failed.name, why)
        return failed
