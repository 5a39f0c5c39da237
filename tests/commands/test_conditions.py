"""Each condition once with a process of its own: exit status and both streams."""

import json
import os
import subprocess
import sys
from collections.abc import Sequence

import pytest

from seedance_tui.command_line.json_schema import schema
from seedance_tui.demo import Demo
from tests.commands.conftest import Program, Shell
from tests.commands.schemas import faults

LIMIT = ("asyntask_done1", "--timeout", "1")
CONDITIONS: Sequence[tuple[str, dict[str, str], tuple[str, ...], int]] = (
    ("ok", {}, ("show", "asyntask_done1"), 0),
    ("not found", {}, ("show", "asyntask_none1"), 4),
    ("no key", {"ANYFAST_API_KEY": ""}, ("show", "asyntask_done1"), 3),
    ("refused key", {"ANYFAST_API_KEY": "wrong"}, ("wait", "asyntask_done1"), 3),
    ("no network", {"ANYFAST_BASE_URL": "http://127.0.0.1:9"}, ("wait", *LIMIT), 7),
    ("failed task", {}, ("wait", "asyntask_failed1"), 5),
    ("dead link", {}, ("download", "asyntask_expired1"), 9),
    ("no ID", {}, ("link", "nonsense"), 2),
    ("Chinese", {"LC_ALL": "zh_CN.UTF-8"}, ("show", "asyntask_none1"), 4),
)


@pytest.mark.parametrize(
    ("environ", "argv", "code"),
    [one[1:] for one in CONDITIONS],
    ids=[one[0] for one in CONDITIONS],
)
def test_a_process_ends_as_the_condition_says(
    demo: Demo, program: Program, environ: dict[str, str], argv: tuple[str, ...], code: int
) -> None:
    process = program(*argv, "--json", env={**os.environ, **environ})
    out, err = process.communicate(timeout=30)
    assert process.returncode == code, err
    shapes = json.loads(out) if out.startswith("[") else map(json.loads, out.splitlines())
    assert not [fault for one in shapes for fault in faults(one, schema("task"))]  # type: ignore[arg-type]
    lines = [line for line in err.splitlines() if line.startswith("{")]
    assert not [f for line in lines for f in faults(json.loads(line), schema("error"))]  # type: ignore[arg-type]
    assert bool(lines) == (code != 0)


INTERRUPTED = """
import os, signal, sys

class Interrupt:
    module = sys.argv.pop(1)

    def find_spec(self, name, path=None, target=None):
        if name == self.module:
            os.kill(os.getpid(), signal.SIGINT)

sys.meta_path.insert(0, Interrupt())
from seedance_tui.__main__ import start
start()
"""


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGINT for one process")
@pytest.mark.parametrize("module", ["cli", "core.config", "command_line.run", "core.session"])
def test_an_interrupt_while_the_program_starts_is_130_without_a_word(
    demo: Demo, module: str
) -> None:
    done = subprocess.run(
        [sys.executable, "-c", INTERRUPTED, f"seedance_tui.{module}", "wait", "asyntask_open1"],
        capture_output=True,
        text=True,
        timeout=30,
        check=False,
    )
    assert (done.returncode, done.stderr) == (130, "")


@pytest.mark.skipif(os.name != "posix", reason="a shell closes the streams")
def test_a_full_disk_behind_standard_output_is_6(
    demo: Demo, shell: Shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("SEEDANCE_TUI_INTERVAL")
    shell("add", "asyntask_done1")
    with open("/dev/full", "w", encoding="utf-8") as full:
        done = subprocess.run(
            [sys.executable, "-m", "seedance_tui", "list", "--offline"],
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            timeout=30,
            check=False,
        )
    assert (done.returncode, done.stderr.count("\n")) == (6, 1)
