"""What a command does not need is not loaded for it: loading is most of what a short one takes."""

import subprocess
import sys

import pytest

from seedance_tui.demo import Demo
from tests.commands.conftest import Shell

RUN = """
import sys
from seedance_tui import cli
try:
    cli.main(sys.argv[1:])
except SystemExit as end:
    print(*sorted(sys.modules), sep="\\n", file=sys.stderr)
    sys.exit(end.code)
"""


def loaded(*words: str) -> set[str]:
    """The modules that are there when the command ends."""
    done = subprocess.run(
        [sys.executable, "-c", RUN, *words], capture_output=True, text=True, timeout=30, check=False
    )
    assert done.returncode == 0, done.stderr
    return set(done.stderr.split("\n")) - {""}


def own(names: set[str]) -> set[str]:
    return {name for name in names if name.startswith("seedance_tui.")}


@pytest.mark.parametrize("words", [("--help",), ("--version",), ("--help", "--lang", "zh")])
def test_help_of_the_monitor_loads_what_reads_a_command_line_and_no_more(
    shell: Shell, words: tuple[str, ...]
) -> None:
    names = loaded(*words)
    assert not names & {"asyncio", "dataclasses", "datetime", "httpx", "logging", "subprocess"}
    assert not names & {"seedance_tui.core.config", "seedance_tui.core.storage.log"}
    assert not {name for name in names if name.startswith("seedance_tui.api")}
    assert len(own(names)) <= 17, sorted(own(names))


@pytest.mark.parametrize("shell_name", ["bash", "zsh", "fish"])
def test_a_completion_script_is_there_at_once(shell: Shell, shell_name: str) -> None:
    names = loaded("completion", shell_name)
    assert not names & {"asyncio", "dataclasses", "datetime", "httpx", "logging", "ssl", "sqlite3"}
    assert not {name for name in names if name.startswith("seedance_tui.api")}
    assert len(own(names)) <= 24, sorted(own(names))


def test_paths_loads_the_settings_and_nothing_of_the_tasks(shell: Shell) -> None:
    names = loaded("paths")
    rooms = {".".join(name.split(".")[:3]) for name in own(names)}
    assert not names & {"asyncio", "httpx", "sqlite3", "tomli_w", "hashlib"}
    assert not rooms & {
        f"seedance_tui.core.{room}"
        for room in ("session", "downloads", "history", "listing", "naming", "polling", "watchlist")
    }
    assert not rooms & {"seedance_tui.api.links", "seedance_tui.api.models"}
    assert len(own(names)) <= 45, sorted(own(names))


def test_a_completion_asked_for_while_somebody_waits_loads_the_watch_list_alone(
    shell: Shell,
) -> None:
    shell("add", "asyntask_a1")
    names = loaded("completion", "ids")
    assert not names & {"asyncio", "httpx", "sqlite3"}
    assert "seedance_tui.command_line.command_specs" not in names


def test_asking_about_one_task_loads_no_command_line_of_another_library(
    shell: Shell, demo: Demo
) -> None:
    names = loaded("show", "asyntask_done1", "--json")
    assert "httpx" in names
    assert not names & {"click", "rich", "pygments", "textual"}
    assert not names & {f"seedance_tui.core.listing.{one}" for one in ("listing", "views")}
    assert len(own(names)) <= 150, len(own(names))
