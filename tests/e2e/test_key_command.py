"""A command that prints the key never keeps the screen waiting, and says what is wrong with it."""

import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from seedance_tui.demo import Demo
from seedance_tui.demo.scenario import SUNRISE
from tests.e2e.conftest import Run

pytestmark = pytest.mark.skipif(os.name != "posix", reason="FIFOs and terminals")


WriteCommand = Callable[[str], None]


@pytest.fixture
def command(environ: dict[str, str], tmp_path: Path) -> WriteCommand:
    """Sets the command that prints the key, a line of the shell."""

    def set_to(line: str) -> None:
        environ.pop("ANYFAST_API_KEY", None)
        path = tmp_path / "config.toml"
        path.write_text(f"api_key_command = ['sh', '-c', '''{line}''']\n")
        environ["SEEDANCE_TUI_CONFIG"] = str(path)

    return set_to


def test_the_screen_stands_before_the_command_has_ended(
    run: Run, command: WriteCommand, demo: Demo, tmp_path: Path
) -> None:
    os.mkfifo(tmp_path / "key")
    command(f"cat {tmp_path / 'key'}")
    terminal = run(SUNRISE.id)
    terminal.shows(SUNRISE.id[:12])
    terminal.shows("1 task")
    assert "API key" not in terminal.text
    descriptor = os.open(tmp_path / "key", os.O_WRONLY | os.O_NONBLOCK)
    os.write(descriptor, demo.key.encode())
    os.close(descriptor)
    terminal.shows("● Done")
    terminal.press("q")
    assert terminal.end() == 0


def test_a_command_that_fails_is_told_on_the_screen_and_so_is_what_helps(
    run: Run, command: WriteCommand
) -> None:
    command("exit 3")
    terminal = run(SUNRISE.id)
    terminal.shows("No API key")
    told = " ".join(terminal.text.split())
    assert "(api_key_command failed: exit status 3" in told
    assert "run `seedance-tui doctor` to unlock it)" in told
    terminal.press("q")
    assert terminal.end() == 0


def test_a_command_that_reads_the_terminal_takes_no_key_from_the_screen(
    run: Run, command: WriteCommand
) -> None:
    command("cat /dev/tty; cat; echo sk-x")
    terminal = run(SUNRISE.id)
    terminal.shows("1 task")
    terminal.press("P")
    terminal.shows("paused")
    terminal.press("q")
    assert terminal.end() == 0


def test_leaving_does_not_wait_for_the_command(
    run: Run, command: WriteCommand, tmp_path: Path
) -> None:
    os.mkfifo(tmp_path / "never")
    command(f"touch {tmp_path / 'runs'}; cat {tmp_path / 'never'}")
    terminal = run(SUNRISE.id)
    terminal.until((tmp_path / "runs").exists)
    terminal.shows("1 task")
    pressed = time.monotonic()
    terminal.press("q")
    assert terminal.end() == 0
    assert time.monotonic() - pressed < 8, "the last resort comes after ten seconds"


@pytest.mark.parametrize(("verb", "code"), [("link", 3), ("show", 3), ("wait", 3), ("doctor", 3)])
def test_a_verb_ends_with_3_and_says_why(
    environ: dict[str, str], command: WriteCommand, verb: str, code: int
) -> None:
    command("exit 3")
    ids = [SUNRISE.id] if verb != "doctor" else []
    done = subprocess.run(
        [sys.executable, "-m", "seedance_tui", verb, *ids],
        env=environ,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == code
    assert "api_key_command failed" in done.stderr + done.stdout


def test_a_verb_lets_the_command_ask_on_the_terminal(
    run: Run, command: WriteCommand, demo: Demo
) -> None:
    command("printf passphrase: > /dev/tty; read line < /dev/tty; echo $line")
    terminal = run("show", SUNRISE.id)
    terminal.shows("passphrase:")
    terminal.press(f"{demo.key}\r")
    terminal.until(lambda: b"SUCCESS" in terminal.written)
    assert terminal.end() == 0
