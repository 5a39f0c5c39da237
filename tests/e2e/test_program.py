"""The program as a person runs it."""

import os
import re
import signal
import stat
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from seedance_tui.demo import Demo
from seedance_tui.demo.clips import clip
from seedance_tui.demo.faults import Answer
from seedance_tui.demo.scenario import SUNRISE, TEA
from tests.e2e.conftest import Run

PAYLOADS = Path(__file__).parent.parent / "payloads"
LEFT_THE_SCREEN = b"\x1b[?1049l"


def watchlist(tmp_path: Path) -> Path:
    return tmp_path / ".local" / "share" / "seedance-tui" / "watchlist.toml"


def test_from_an_id_on_the_command_line_to_a_saved_file_and_back_again(
    run: Run, tmp_path: Path
) -> None:
    terminal = run(SUNRISE.id, TEA.id)
    terminal.shows("● Done")
    terminal.shows("○ Queued")
    terminal.press("d")
    terminal.shows("Done saved")
    saved = tmp_path / "videos" / f"{SUNRISE.id}.mp4"
    assert saved.read_bytes() == clip("upscaled.mp4")
    terminal.press("Do")
    terminal.shows("_original.mp4")
    original = tmp_path / "videos" / f"{SUNRISE.id}_original.mp4"
    terminal.until(original.exists)
    assert original.read_bytes() == clip("original.mp4")
    # Until it is said to be saved, the program asks whether to leave without it.
    terminal.shows("Original: saved as ")
    terminal.press("q")
    assert terminal.end() == 0
    assert LEFT_THE_SCREEN in terminal.written

    path = watchlist(tmp_path)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    document = tomllib.loads(path.read_text())
    assert document["version"] == 1
    assert [task["id"] for task in document["tasks"]] == [SUNRISE.id, TEA.id]

    again = run()
    again.shows("2 tasks")
    again.shows("Done saved")
    again.press("q")
    assert again.end() == 0


def test_the_demo_runs_without_a_key_and_touches_no_file(
    run: Run, environ: dict[str, str], tmp_path: Path
) -> None:
    for name in ("ANYFAST_API_KEY", "ANYFAST_BASE_URL"):
        del environ[name]
    terminal = run("--demo")
    terminal.shows("抚")
    terminal.shows("● Done")
    terminal.shows("◌ Not started")
    terminal.press("q")
    assert terminal.end() == 0
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


@pytest.mark.parametrize(("number", "code"), [(signal.SIGTERM, 143), (signal.SIGHUP, 129)])
def test_a_signal_restores_the_terminal(run: Run, number: int, code: int) -> None:
    terminal = run(SUNRISE.id)
    terminal.shows("● Done")
    os.kill(terminal.process.pid, number)
    assert terminal.end() == code
    assert LEFT_THE_SCREEN in terminal.written


def test_a_terminal_that_is_closed_ends_the_program(run: Run) -> None:
    terminal = run(SUNRISE.id)
    terminal.shows("● Done")
    terminal.process.ptyproc.fileobj.close()
    end = os.waitid(os.P_PID, terminal.process.pid, os.WEXITED | os.WNOWAIT)
    assert end
    assert (end.si_code, end.si_status) == (os.CLD_EXITED, 129)


def test_hostile_text_reaches_the_terminal_as_pictures_only(run: Run, demo: Demo) -> None:
    hostile = (PAYLOADS / "200_failure_hostile_text.json").read_bytes()
    hostile = re.sub(rb'"task_id": ?"[^"]*"', b'"task_id":"%s"' % TEA.id.encode(), hostile)
    json_type = {"Content-Type": "application/json"}
    demo.gateway.answer(TEA.id, Answer(200, json_type, hostile))
    terminal = run(TEA.id, size=(120, 60))
    terminal.shows("✕ Failed")
    terminal.shows("pwned")
    terminal.press("m")
    terminal.shows('"fail_reason"')
    terminal.press("q")
    terminal.end()
    assert b"\x1b]52;" not in terminal.written
    assert b"\x1b]0;pwned" not in terminal.written
    assert b"\x1b]8;;https://evil" not in terminal.written
    assert "\u202e".encode() not in terminal.written


def test_without_a_terminal_it_says_so_and_ends_with_2() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "seedance_tui"], stdin=subprocess.DEVNULL, capture_output=True
    )
    assert done.returncode == 2
    assert b"needs a terminal" in done.stderr


def test_version_and_help_need_neither_terminal_nor_textual() -> None:
    code = (
        "import sys, seedance_tui.cli as cli\n"
        "try: cli.main(['--help'])\n"
        "except SystemExit as end: assert end.code == 0\n"
        "assert not {'textual', 'rich', 'httpx'} & set(sys.modules), 'imported too early'"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert "--demo" in done.stdout
