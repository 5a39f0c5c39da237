"""How a command that never ends by itself is ended: by a signal, or by a reader who has gone."""

from __future__ import annotations

import asyncio
import select
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from ..core.model.codes import Exit


class Ending:
    """Comes when it is set, with the exit status that it means."""

    def __init__(self) -> None:
        self.code = Exit.WELL
        self._event = asyncio.Event()

    def set(self, code: Exit) -> None:
        """End; the first reason counts."""
        if not self._event.is_set():
            self.code = code
            self._event.set()

    async def wait(self) -> None:
        """Wait until it comes."""
        await self._event.wait()


@contextmanager
def ended_by_signals(ending: Ending) -> Iterator[None]:
    """Let SIGTERM and the terminal's end come well, ctrl+c with 130; a second one breaks off.

    A signal that is ignored stays so: `nohup` starts programs like that.
    """
    loop, taken = asyncio.get_running_loop(), []
    if sys.platform != "win32":
        meanings = {
            signal.SIGTERM: Exit.WELL,
            signal.SIGHUP: Exit.WELL,
            signal.SIGINT: Exit.INTERRUPTED,
        }
        for number, code in meanings.items():
            if signal.getsignal(number) is not signal.SIG_IGN:
                loop.add_signal_handler(number, ending.set, code)
                taken.append(number)
    try:
        yield
    finally:
        for number in taken:
            loop.remove_signal_handler(number)


def reader_is_gone() -> bool:
    """Whether nobody reads standard output any more: a pipe tells so before it is written to."""
    if sys.platform == "win32":
        return False
    try:
        poll = select.poll()
        poll.register(sys.stdout.fileno(), 0)
        return any(state & (select.POLLERR | select.POLLNVAL) for _fd, state in poll.poll(0))
    except (OSError, ValueError):
        return False
