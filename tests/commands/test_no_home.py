"""Where nobody has a home, as in some containers, it is said what to set."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

pytestmark = pytest.mark.skipif(os.name != "posix", reason="on Windows the profile is known")

HOMELESS = """
import pwd, sys
def nobody(uid):
    raise KeyError(uid)
pwd.getpwuid = nobody
from seedance_tui.cli import main
main(sys.argv[1:])
"""
Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def run(tmp_path: Path) -> Run:
    """Runs the program without HOME and with no entry for the user in the system's list."""

    def run(*argv: str, **variables: str) -> subprocess.CompletedProcess[str]:
        kept = {name: os.environ[name] for name in ("PATH", "PYTHONPATH") if name in os.environ}
        command = [sys.executable, "-c", HOMELESS, *argv]
        environ = kept | variables
        return subprocess.run(command, env=environ, capture_output=True, text=True, check=False)

    return run


@pytest.mark.parametrize("argv", [("--help",), ("--version",), ("list", "--help")])
def test_help_needs_no_home(run: Run, argv: tuple[str, ...]) -> None:
    done = run(*argv)
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize("verb", ["list", "paths", "add"])
def test_a_verb_says_what_to_set(run: Run, verb: str) -> None:
    done = run(verb, *(["asyntask_1234567890"] if verb == "add" else []))
    assert done.returncode == 2
    assert done.stderr.startswith("seedance-tui: no home directory: set HOME")
    assert len(done.stderr.splitlines()) == 1


def test_with_all_places_named_no_home_is_needed(run: Run, tmp_path: Path) -> None:
    places = {f"XDG_{name}_HOME": str(tmp_path / name) for name in ("CONFIG", "DATA", "STATE")}
    videos = str(tmp_path / "videos")
    assert run("add", "asyntask_1234567890", **places).returncode == 2, "the videos have no place"
    done = run("add", "asyntask_1234567890", **places, SEEDANCE_TUI_DOWNLOAD_DIR=videos)
    assert (done.returncode, done.stderr) == (0, "")
    assert (tmp_path / "DATA" / "seedance-tui" / "watchlist.toml").exists()
