"""Commands of the user's own that run when a task has ended: `[hooks]` in config.toml."""

from __future__ import annotations

import asyncio
import logging
import shlex
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from ...api.models import Phase
from ..model.entry import Entry
from ..settings import values
from ..settings.toml_file import SettingsFile
from ..text.i18n import _
from ..text.sanitize import safe
from . import _process
from ._environment import environment

_log = logging.getLogger(__name__)
AT_ONCE = 2
Command = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class HookSettings:
    """The commands, word by word, empty for none, and the seconds that each may take."""

    on_success: Command = ()
    on_failure: Command = ()
    timeout: float = 30.0

    @classmethod
    def read(cls, file: SettingsFile) -> Self:
        """Read the table `[hooks]`."""
        readers = {"on_success": _command, "on_failure": _command, "timeout": _limit}
        return cls(**file.table("hooks", readers))

    def command_for(self, phase: Phase) -> Command:
        """Return the command for a task in that phase, empty for one that has not ended."""
        if phase is Phase.DONE:
            return self.on_success
        return self.on_failure if phase.is_lost else ()


@dataclass(frozen=True, slots=True)
class HookFailed:
    """A hook that did not do its work; `name` is the program's, all texts are safe to show."""

    name: str
    why: str
    task_id: str = ""

    @property
    def text(self) -> str:
        """The sentence that tells a person."""
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

    `environ` is what the commands inherit; the API key is taken out. `report` gets every failure,
    in the event loop; none is ever raised. `grace` is in seconds.
    """

    def __init__(
        self,
        settings: HookSettings,
        environ: Mapping[str, str],
        *,
        grace: float = _process.GRACE,
    ) -> None:
        self.report: Callable[[HookFailed], None] = lambda failed: None
        self._settings = settings
        self._environ = environ
        self._grace = grace
        self._queue: asyncio.Queue[_Call] = asyncio.Queue()

    def feed(self, entry: Entry) -> None:
        """Queue the hook of a task that has ended, with the facts as they are now."""
        command = self._settings.command_for(entry.status.phase)
        if not command:
            return
        self._queue.put_nowait(_Call(command, environment(entry, self._environ), entry.id))

    async def run(self) -> None:
        """Run what is fed until cancelled; what runs then is ended, what waits is kept."""
        async with asyncio.TaskGroup() as group:
            for _place in range(AT_ONCE):
                group.create_task(self._work())

    async def finish(self, seconds: float) -> None:
        """Wait until all that was fed has run, `seconds` at most; `run` must be running."""
        with suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                await self._queue.join()

    async def _work(self) -> None:
        while True:
            call = await self._queue.get()
            try:
                await self._run(call)
            finally:
                self._queue.task_done()

    async def _run(self, call: _Call) -> None:
        why = await _process.run(
            call.command, call.environ, self._settings.timeout, grace=self._grace
        )
        if why:
            failed = call.failed(why)
            _log.warning("%s: hook %s: %s", failed.task_id, failed.name, why)
            self.report(failed)


def _command(value: object) -> Command:
    """Read a list of words, or one line parted as a shell would; `~` is the home of its program.

    In one line a backslash quotes: on Windows, where it parts folders, write the list.
    """
    try:
        words = shlex.split(value) if isinstance(value, str) else value
    except ValueError as error:
        raise ValueError(_("cannot be read ({reason})").format(reason=error)) from None
    if not isinstance(words, list) or not all(isinstance(w, str) and "\0" not in w for w in words):
        raise ValueError(_("is neither a text nor a list of texts"))
    if words and not words[0].strip():
        raise ValueError(_("names no program"))
    return (_at_home(words[0]), *words[1:]) if words else ()


def _at_home(program: str) -> str:
    try:
        return str(Path(program).expanduser()) if program.startswith("~") else program
    except RuntimeError as error:
        raise ValueError(_("cannot be read ({reason})").format(reason=error)) from None


def _limit(value: object) -> float:
    span = values.seconds(value)
    if not span:
        raise ValueError(_("is not a number of seconds above 0"))
    return span
