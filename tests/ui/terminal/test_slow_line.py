"""A terminal that does not take what it is given is felt, and one that does is not."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from io import TextIOWrapper

import pytest

if sys.platform == "win32":
    pytest.skip("Windows has a driver of its own", allow_module_level=True)

from seedance_tui.ui.textual_driver import TerminalDriver
from seedance_tui.ui.textual_private import QuietApp
from tests.textual_insides import begin_to_write

MORE_THAN_A_PIPE_HOLDS = 300_000


@pytest.fixture
def pipe(monkeypatch: pytest.MonkeyPatch) -> Iterator[int]:
    """What is written to the terminal comes out here."""
    out, into = os.pipe()
    with os.fdopen(into, "wb") as raw:
        monkeypatch.setattr(sys, "__stderr__", TextIOWrapper(raw, "utf-8"))
        yield out
    os.close(out)


async def test_a_line_is_slow_as_long_as_it_takes_nothing(pipe: int) -> None:
    driver = TerminalDriver(QuietApp(), size=(80, 24))
    assert not driver.is_behind
    begin_to_write(driver)
    driver.write("x" * MORE_THAN_A_PIPE_HOLDS)
    assert driver.is_behind
    taken = 0
    while taken < MORE_THAN_A_PIPE_HOLDS:
        taken += len(os.read(pipe, 65_536))
    driver.close()
    assert not driver.is_behind
