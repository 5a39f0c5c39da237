"""One child process that has to end in time: it and what it started, else they are ended."""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import sys
from asyncio.subprocess import DEVNULL, Process
from collections.abc import Mapping, Sequence
from contextlib import suppress
from typing import Any

from ...files.os_errors import reason
from ..text.i18n import _
from ..text.sanitize import safe


async def run(
    command: Sequence[str],
    environ: Mapping[str, str],
    seconds: float | None,
    *,
    grace: float,
    output: int = DEVNULL,
) -> str:
    """Run the command without a shell; return why it failed, empty if it did not.

    It has no terminal and a process group of its own, which is ended after `seconds`, None for
    never, and when this is cancelled; `grace` seconds after it was asked to end it is killed. What
    it leaves behind when it ends in time is left alone. `output` is the descriptor of a file for
    what it says: a pipe would be held open by what it leaves behind.
    """
    try:
        process = await asyncio.create_subprocess_exec(
            *command, env=environ, stdin=DEVNULL, stdout=output, stderr=output, **_apart()
        )
    except (OSError, ValueError, NotImplementedError) as error:
        return safe(reason(error))
    try:
        async with asyncio.timeout(seconds):
            return _told(await process.wait())
    except TimeoutError:
        return _("timed out after {n} s").format(n=f"{seconds or 0:g}")
    finally:
        if process.returncode is None:
            await _end(process, grace)


def _apart() -> dict[str, Any]:
    """Keep it off the terminal: neither its keys nor its screen are the child's."""
    if sys.platform == "win32":
        return {"creationflags": subprocess.CREATE_NEW_PROCESS_GROUP | subprocess.CREATE_NO_WINDOW}
    return {"start_new_session": True}


def on_terminal(command: Sequence[str], environ: Mapping[str, str]) -> str:
    """Run the command on the terminal, without a shell, and wait; return why it failed, or ""."""
    try:
        return _told(subprocess.run(command, env=environ, check=False).returncode)  # noqa: S603
    except (OSError, ValueError) as error:
        return safe(getattr(error, "strerror", None) or str(error))


def _told(status: int) -> str:
    if status < 0:
        return _("killed by signal {n}").format(n=-status)
    return _("exit status {n}").format(n=status) if status else ""


async def _end(process: Process, grace: float) -> None:
    try:
        _terminate(process)
        await _gone(process, grace)
    finally:
        # Also where a second cancellation cuts the wait, and for children of the child.
        _kill(process)
    await _gone(process, grace)


async def _gone(process: Process, seconds: float) -> None:
    with suppress(TimeoutError):
        async with asyncio.timeout(seconds):
            await process.wait()


def _terminate(process: Process) -> None:
    with suppress(ProcessLookupError, PermissionError):
        if sys.platform == "win32":
            process.terminate()
        else:
            os.killpg(process.pid, signal.SIGTERM)


def _kill(process: Process) -> None:
    with suppress(ProcessLookupError, PermissionError):
        if sys.platform == "win32":
            process.kill()
        else:
            os.killpg(process.pid, signal.SIGKILL)
