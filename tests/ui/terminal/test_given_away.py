"""While another program has the terminal its ctrl+c is its own."""

from __future__ import annotations

import asyncio
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, cast

import pytest
from textual.app import App

from seedance_tui.ui.terminal.given_away import given_away

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="there are no such signals")


class Suspended:
    """An application that gives the terminal away."""

    @contextmanager
    def suspend(self) -> Iterator[None]:
        yield


@pytest.mark.parametrize(
    ("number", "ends"), [(signal.SIGINT, False), (signal.SIGTERM, True)], ids=["ctrl+c", "kill"]
)
async def test_only_what_tells_the_program_to_end_ends_it_once_the_terminal_is_back(
    number: signal.Signals, ends: bool
) -> None:
    loop, heard = asyncio.get_running_loop(), list[signal.Signals]()
    for one in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(one, heard.append, one)
    try:
        with given_away(cast("App[Any]", Suspended())):
            signal.raise_signal(number)
            assert not heard
        await turns()
        assert heard == [number] * ends
        heard.clear()
        signal.raise_signal(number)  # and afterwards all is as it was
        await turns()
        assert heard == [number]
    finally:
        for one in (signal.SIGINT, signal.SIGTERM):
            loop.remove_signal_handler(one)


async def turns() -> None:
    """Let the loop hear of what was written to its file, and call what waits for it."""
    for _ in range(20):
        await asyncio.sleep(0)
