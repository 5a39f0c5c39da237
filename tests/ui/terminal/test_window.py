"""What only a real window shows: its normal screen, a paste without brackets, the shell below."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from seedance_tui.demo import Demo, DemoTask, running_demo
from seedance_tui.demo import Stage as State

if sys.platform == "win32":
    pytest.skip("there are no pseudo-terminals", allow_module_level=True)

from tests.ui.terminal.window import Window

DONE = "asyntask_doneDONEdoneDONEdoneDONEdone0001"
LEAVE_FULL_SCREEN, FULL_SCREEN = b"\x1b[?1049l", b"\x1b[?1049h"


@pytest.fixture
def window(tmp_path: Path) -> Iterator[Window]:
    task = DemoTask(DONE, "", (State(-100, "SUCCESS"),))
    with running_demo(Demo(scenario=(task,))) as demo:
        window = Window(tmp_path, demo, DONE)
        window.until_shown("Done")
        yield window
        window.process.kill()
        window.process.wait()


def test_the_full_link_is_printed_on_the_normal_screen_and_enter_comes_back(
    window: Window,
) -> None:
    os.write(window.fd, b"Y")
    window.until_shown("Full link")
    os.write(window.fd, b"l")
    _drawn, left, printed = window.until_shown("Enter: back").partition(LEAVE_FULL_SCREEN)
    assert left
    link = next(line for line in printed.splitlines() if line.startswith(b"http"))
    assert b"\x1b" not in link
    os.write(window.fd, b"\r")
    assert FULL_SCREEN in window.until_shown("seedance  ")


def test_ids_that_are_pasted_without_brackets_are_a_paste(window: Window) -> None:
    ids = [f"asyntask_pasted{n:027}" for n in range(150)]
    os.write(window.fd, "\r".join(ids).encode())
    window.until_shown("150 new")


def test_ctrl_z_suspends_and_the_shell_brings_it_back(window: Window) -> None:
    os.write(window.fd, b"\x1a")
    window.until_shown(LEAVE_FULL_SCREEN.decode())
    _pid, status = os.waitpid(window.process.pid, os.WUNTRACED)
    assert os.WIFSTOPPED(status)
    window.process.send_signal(signal.SIGCONT)
    assert FULL_SCREEN in window.until_shown("seedance  ")
