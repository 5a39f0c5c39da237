"""The window is closed, or its terminal takes and gives nothing any more."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from seedance_tui.demo import running_demo

if sys.platform == "win32":
    pytest.skip("there are no pseudo-terminals", allow_module_level=True)

from tests.ui.terminal.window import Window

NEW = "asyntask_newNEWnewNEWnewNEWnewNEWnewN0009"
SECOND = 1.5
"""A second, and what a busy machine adds."""


@pytest.fixture
def window(tmp_path: Path) -> Iterator[Window]:
    with running_demo() as demo:
        window = Window(tmp_path, demo)
        window.until_shown("No tasks")
        yield window
        if window.process.poll() is None:
            window.process.kill()
            window.process.wait()


def test_a_closed_window_ends_the_program_within_a_second(window: Window) -> None:
    os.write(window.fd, f"\x1b[200~{NEW}\x1b[201~".encode())
    window.until_shown("1 new")
    os.write(window.fd, b"\r")
    window.until_shown("added")
    os.close(window.fd)
    assert window.ended_after() < SECOND
    assert window.process.returncode == 129
    assert NEW in window.watchlist.read_text()


def test_a_terminal_that_takes_nothing_holds_the_end_up_no_longer(window: Window) -> None:
    os.write(window.fd, b"??" * 200)  # help opens and closes, and nobody reads what is drawn
    window.process.send_signal(signal.SIGHUP)
    assert window.ended_after() < SECOND
    assert window.process.returncode == 129


def test_a_window_closed_while_it_was_stopped_ends_it_when_it_goes_on(
    window: Window,
) -> None:
    window.process.send_signal(signal.SIGSTOP)
    os.close(window.fd)
    window.process.send_signal(signal.SIGCONT)
    assert window.ended_after() < SECOND
