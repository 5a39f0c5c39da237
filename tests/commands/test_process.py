"""The verbs as processes of their own: what they import, and how they end."""

import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from seedance_tui.demo import EVERY, Blob, Demo
from seedance_tui.demo.faults import Stall
from tests.commands.conftest import Program, Shell

IMPORT_ALL = """
import importlib, sys
from seedance_tui import cli
from seedance_tui.command_line import run as verbs
for verb in verbs.COMMANDS:
    importlib.import_module(f"seedance_tui.commands.{verb}")
assert not {"textual", "rich", "httpx"} & sys.modules.keys(), sorted(sys.modules)
"""

RUN_ALL = """
import sys
sys.modules["click"] = None  # with it httpx imports rich, for a command line of its own
from seedance_tui import cli
for argv in (["list"], ["download"], ["doctor"], ["export"], ["wait", "asyntask_done1"]):
    try:
        cli.main(argv)
    except SystemExit as end:
        assert end.code == 0, (argv, end.code)
assert not {"textual", "rich"} & sys.modules.keys()
"""


@pytest.mark.parametrize("code", [IMPORT_ALL, RUN_ALL], ids=["imported", "run"])
def test_no_verb_brings_the_screen_along(demo: Demo, shell: Shell, code: str) -> None:
    shell("add", "asyntask_done1", "asyntask_open1")
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, timeout=30, check=False
    )
    assert done.returncode == 0, done.stderr


def test_standard_input_is_read_by_the_program(program: Program, shell: Shell) -> None:
    process = program("add", "-", "--label", "x")
    out, err = process.communicate("asyntask_a1 asyntask_b2\n", timeout=30)
    assert (process.returncode, err) == (0, "")
    assert len(out.splitlines()) == 2
    assert len(shell("list", "--offline").lines) == 2


def test_a_reader_that_goes_away_is_no_drama(program: Program, shell: Shell) -> None:
    shell("add", *(f"asyntask_{number}" for number in range(3000)))
    process = program("list", "--offline")
    assert process.stdin
    assert process.stdout
    assert process.stderr
    process.stdout.readline()
    process.stdout.close()
    assert process.wait(timeout=30) == 141
    assert process.stderr.read() == ""
    process.stderr.close()
    process.stdin.close()


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGINT for one process")
def test_an_interrupt_ends_it_quietly_with_130(demo: Demo, program: Program) -> None:
    process = program("wait", "asyntask_open1")
    assert process.stdout
    assert "QUEUED" in process.stdout.readline()
    process.send_signal(signal.SIGINT)
    _, err = process.communicate(timeout=30)
    assert (process.returncode, err) == (130, "")


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGINT for one process")
def test_an_interrupt_ends_a_stalled_download_at_once_with_130(
    demo: Demo, program: Program, home: Path
) -> None:
    task = demo.gateway.tasks["asyntask_done1"]
    demo.add(task, video=Blob.virtual(300_000))
    demo.store.faults.push(EVERY, Stall(100_000), times=None)
    part = home / "videos" / "asyntask_done1.mp4.part"
    process = program("download", "asyntask_done1")
    deadline = time.monotonic() + 30
    while not part.exists() or part.stat().st_size < 100_000:
        assert time.monotonic() < deadline
        time.sleep(0.01)
    began = time.monotonic()
    process.send_signal(signal.SIGINT)
    _, err = process.communicate(timeout=30)
    assert (process.returncode, err) == (130, "")
    assert time.monotonic() - began < 2
    assert part.stat().st_size == 100_000


def test_a_wrong_option_is_2_in_one_line(program: Program) -> None:
    process = program("list", "--nonsense")
    _, err = process.communicate(timeout=30)
    assert process.returncode == 2
    assert err.startswith("seedance-tui: list: ")
    assert err.count("\n") == 1


def test_an_output_of_few_characters_shows_question_marks_for_those_of_chinese(
    program: Program, shell: Shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    shell("add", "asyntask_a1", "--label", "日出")
    monkeypatch.setenv("PYTHONIOENCODING", "ascii")
    process = program("list", "--offline")
    out, err = process.communicate(timeout=30)
    assert (process.returncode, err) == (0, "")
    assert out.split("\t")[4] == "??"
