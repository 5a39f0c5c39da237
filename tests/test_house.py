"""The house itself: style, types, layers, and what headless parts may import."""

import pkgutil
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import seedance_tui

ROOT = Path(__file__).parent.parent
BIN = Path(sys.executable).parent


def run(*command: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)


@pytest.mark.parametrize(
    "command",
    [
        ("ruff", "check", "--no-cache", "."),
        ("ruff", "format", "--no-cache", "--check", "."),
        ("mypy",),
        ("lint-imports", "--no-cache"),
    ],
    ids=["ruff check", "ruff format", "mypy", "import-linter"],
)
def test_the_tools_are_content(command):
    tool = shutil.which(command[0], path=str(BIN))
    assert tool, f"{command[0]} is not installed: pip install -e '.[test]'"
    done = run(tool, *command[1:])
    assert done.returncode == 0, done.stdout + done.stderr


def headless_modules() -> list[str]:
    names = [m.name for m in pkgutil.walk_packages(seedance_tui.__path__, "seedance_tui.")]
    rooms = ("api", "core", "files", "verbs", "demo", "cli")
    skipped = ("__main__", "clips.make")
    return [n for n in names if n.split(".")[1] in rooms and not n.endswith(skipped)]


def test_no_headless_module_imports_textual():
    code = (
        f"import importlib, sys\nfor name in {headless_modules()!r}:\n"
        "    importlib.import_module(name)\n"
        "assert 'textual' not in sys.modules"
    )
    done = run(sys.executable, "-c", code)
    assert done.returncode == 0, done.stderr


def test_nothing_but_what_the_user_asked_for_stands_at_the_top_level():
    allowed = {"pyproject.toml", "README.md", "seedance_tui", "tests", "screenshots"}
    tracked = run("git", "ls-files").stdout.split("\n") if (ROOT / ".git").exists() else []
    tops = {path.split("/")[0] for path in tracked if path and not path.startswith(".")}
    assert tops <= allowed
