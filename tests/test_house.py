"""The house itself: style, types, layers, and what headless parts may import."""

import ast
import pkgutil
import re
import shutil
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest

import seedance_tui

ROOT = Path(__file__).parent.parent
BIN = Path(sys.executable).parent


def run(*command: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)


@pytest.mark.timeout(180)  # mypy reads everything anew where it keeps no cache
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
def test_the_tools_are_content(command: tuple[str, ...]) -> None:
    tool = shutil.which(command[0], path=str(BIN))
    assert tool, f"{command[0]} is not installed: pip install -e '.[test]'"
    done = run(tool, *command[1:])
    assert done.returncode == 0, done.stdout + done.stderr


@cache
def modules() -> dict[str, Path]:
    """Every module of the program by its full name."""
    files = {path: path.relative_to(ROOT) for path in (ROOT / "seedance_tui").rglob("*.py")}
    return {
        ".".join(part for part in file.with_suffix("").parts if part != "__init__"): path
        for path, file in files.items()
    }


@cache
def imported(name: str, path: Path) -> set[str]:
    """The full names of what a module imports, with the names taken out of it."""
    package = name.split(".") if path.name == "__init__.py" else name.split(".")[:-1]
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom):
            above = package[: len(package) + 1 - node.level] if node.level else []
            base = ".".join([*above, *([node.module] if node.module else [])])
            found |= {base, *(f"{base}.{alias.name}" for alias in node.names)}
    return found


def test_a_private_module_is_imported_in_its_own_room_alone() -> None:
    known = modules()
    private = {name for name in known if name.rpartition(".")[2].startswith("_")}
    private = {name for name in private if not name.endswith("__main__")}
    assert private, "the rooms have business of their own"
    strangers = [
        f"{name} imports {other}"
        for name, path in known.items()
        for other in imported(name, path) & private
        if name.rpartition(".")[0] != other.rpartition(".")[0]
    ]
    assert strangers == []


def rooms() -> list[Path]:
    """The rooms whose doors are named one by one."""
    source = ROOT / "seedance_tui"
    core = [path.parent for path in (source / "core").glob("*/__init__.py")]
    others = ["api/transfer", "files", "ui/keys", "ui/drawing", "ui/terminal", "ui/detail"]
    return [*core, *(source / name for name in others)]


@pytest.mark.parametrize("room", rooms(), ids=lambda room: room.name)
def test_a_room_names_its_doors_and_hands_nothing_on(room: Path) -> None:
    tree = ast.parse((room / "__init__.py").read_text(encoding="utf-8"))
    (only,) = tree.body
    assert isinstance(only, ast.Expr), "no code"
    match = re.search(r"Doors?: ([^.]*)\.\nIt", ast.get_docstring(tree) or "")
    assert match, "purpose, doors, what it imports"
    public = {path.stem for path in room.glob("*.py") if not path.stem.startswith("_")}
    assert set(re.findall(r"`(\w+)`", match[1])) == public
    name = ".".join(room.relative_to(ROOT).parts)
    unlisted = set().union(
        *(imported(m, p) for m, p in modules().items() if not m.startswith(f"{name}."))
    )
    assert {door for door in public if f"{name}.{door}" not in unlisted} == set(), "nobody enters"


MOST_MODULES = 144
"""Modules of our own that the monitor imports before its first frame: it may only fall."""


def test_no_more_modules_are_imported_before_the_first_frame() -> None:
    code = (
        "import sys, seedance_tui.ui.app\n"
        "print(sum(name.split('.')[0] == 'seedance_tui' for name in sys.modules))"
    )
    assert int(run(sys.executable, "-c", code).stdout) <= MOST_MODULES


def headless_modules() -> list[str]:
    names = [m.name for m in pkgutil.walk_packages(seedance_tui.__path__, "seedance_tui.")]
    rooms = ("api", "core", "files", "commands", "command_line", "demo", "cli")
    skipped = ("__main__", "clips.make")
    return [n for n in names if n.split(".")[1] in rooms and not n.endswith(skipped)]


def test_no_headless_module_imports_textual() -> None:
    code = (
        f"import importlib, sys\nfor name in {headless_modules()!r}:\n"
        "    importlib.import_module(name)\n"
        "assert 'textual' not in sys.modules"
    )
    done = run(sys.executable, "-c", code)
    assert done.returncode == 0, done.stderr


def test_nothing_but_what_the_user_asked_for_stands_at_the_top_level() -> None:
    allowed = {"pyproject.toml", "README.md", "seedance_tui", "tests", "screenshots"}
    tracked = run("git", "ls-files").stdout.split("\n") if (ROOT / ".git").exists() else []
    tops = {path.split("/")[0] for path in tracked if path and not path.startswith(".")}
    assert tops <= allowed


OF_THE_WHOLE_PROGRAM = {"e2e", "faults", "snapshots"}
"""Folders of tests that test no room of their own."""


def test_a_folder_of_tests_is_the_folder_of_what_it_tests() -> None:
    tests = ROOT / "tests"
    folders = {path.parent.relative_to(tests) for path in tests.glob("*/**/test_*.py")}
    rooms = {folder for folder in folders if folder.parts[0] not in OF_THE_WHOLE_PROGRAM}
    assert len(rooms) > 20, "the tests were found"
    assert [str(room) for room in rooms if not (ROOT / "seedance_tui" / room).is_dir()] == []


def test_every_room_of_core_and_ui_has_tests_of_its_own() -> None:
    source = ROOT / "seedance_tui"
    held = [file.parent for name in ("core", "ui") for file in (source / name).rglob("__init__.py")]
    without = [
        str(room.relative_to(source))
        for room in held
        if not any((ROOT / "tests" / room.relative_to(source)).glob("test_*.py"))
    ]
    assert without == []


def public_classes(path: Path) -> list[str]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    names = [node.name for node in tree.body if isinstance(node, ast.ClassDef)]
    return [name for name in names if not name.startswith("_")]


def test_no_two_things_bear_one_name() -> None:
    places: dict[str, list[str]] = {}
    for module, path in modules().items():
        for name in public_classes(path):
            places.setdefault(name, []).append(module)
    assert {name: where for name, where in places.items() if len(where) > 1} == {}


def test_no_file_and_no_function_has_outgrown_its_room() -> None:
    for name, path in modules().items():
        source = path.read_text(encoding="utf-8")
        assert len(source.splitlines()) <= 250, name
        for node in ast.walk(ast.parse(source)):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                assert node.end_lineno is not None
                assert node.end_lineno - node.lineno < 40, f"{name}.{node.name}"
