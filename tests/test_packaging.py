"""What is published: the wheel runs alone, and the sdist holds its own tests."""

import os
import re
import shutil
import subprocess
import sys
import tarfile
from dataclasses import dataclass
from pathlib import Path
from zipfile import ZipFile

import pytest

from seedance_tui import __version__

ROOT = Path(__file__).parent.parent
NAME = f"seedance_tui-{__version__}"
SHIPPED_FOLDERS = (".github", "screenshots", "seedance_tui", "tests")
NOT_IN_THE_WHEEL = {
    "seedance_tui/ARCHITECTURE.md",
    *(
        f"seedance_tui/command_line/completion/generator/{name}.py"
        for name in ("__init__", "__main__", "_bash", "_fish", "_tables", "_zsh", "scripts")
    ),
    "seedance_tui/demo/clips/make.py",
    "seedance_tui/locale/zh/LC_MESSAGES/seedance_tui.po",
}


@dataclass(frozen=True)
class Built:
    """The two archives that a release consists of."""

    wheel: Path
    sdist: Path


def run(*command: str | Path, folder: Path, package: Path | None = None) -> str:
    """Return what a command prints; `package` holds the seedance_tui that it imports."""
    environment = os.environ | {"PYTHONUTF8": "1", "PYTHONPATH": str(package or "")}
    done = subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, encoding="utf-8", check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def files_below(folder: str) -> set[str]:
    """The files of a folder of the checkout, as paths from its root."""
    files = (path.relative_to(ROOT) for path in (ROOT / folder).rglob("*") if path.is_file())
    return {path.as_posix() for path in files if "__pycache__" not in path.parts}


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """Build both with the backend of this environment, which needs no network."""
    folder = tmp_path_factory.mktemp("dist")
    run(sys.executable, "-m", "hatchling", "build", "-d", folder, folder=ROOT)
    return Built(folder / f"{NAME}-py3-none-any.whl", folder / f"{NAME}.tar.gz")


@pytest.fixture(scope="module")
def unpacked(built: Built, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The root of the sdist, unpacked far from the checkout and from any git."""
    folder = tmp_path_factory.mktemp("unpacked")
    with tarfile.open(built.sdist) as archive:
        archive.extractall(folder, filter="data")
    return folder / NAME


def test_the_wheel_holds_what_the_program_reads_and_nothing_else(built: Built) -> None:
    with ZipFile(built.wheel) as archive:
        names = {name for name in archive.namelist() if ".dist-info/" not in name}
    assert names == files_below("seedance_tui") - NOT_IN_THE_WHEEL


def test_the_installed_wheel_runs_without_the_checkout(
    built: Built, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path / "home"))  # of the program's log
    pip = (sys.executable, "-m", "pip", "--isolated", "--no-cache-dir", "install")
    run(*pip, "--no-deps", "--no-index", "--target", tmp_path, built.wheel, folder=tmp_path)
    program = shutil.which("seedance-tui", path=tmp_path / "bin")
    assert program, "the wheel declares no command"
    assert __version__ in run(program, "--version", folder=tmp_path, package=tmp_path)
    assert "--demo" in run(program, "--help", folder=tmp_path, package=tmp_path)
    chinese = run(program, "--lang", "zh", "--help", folder=tmp_path, package=tmp_path)
    assert re.search("[一-鿿]", chinese), "the compiled catalogue is not in the wheel"


def test_the_sdist_holds_all_that_its_tests_read(unpacked: Path) -> None:
    files = {p.relative_to(unpacked).as_posix() for p in unpacked.rglob("*") if p.is_file()}
    alone = {".gitignore", "PKG-INFO", "README.md", "pyproject.toml"}
    assert files == alone.union(*map(files_below, SHIPPED_FOLDERS))


def test_what_reads_files_beside_the_program_passes_in_the_sdist(unpacked: Path) -> None:
    """The other tests import alone, and all of them are there."""
    readers = ("test_github.py", "test_readme.py", "test_wild.py", "api/test_payloads.py")
    tests = [f"tests/{name}" for name in readers]
    # What is asserted is not rewritten: that would take most of the time.
    command = (sys.executable, "-m", "pytest", "-n0", "-q", "--assert=plain")
    run(*command, *tests, folder=unpacked, package=unpacked)


def test_a_wheel_built_from_the_sdist_is_the_same(
    built: Built, unpacked: Path, tmp_path: Path
) -> None:
    build = (sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", tmp_path)
    run(*build, folder=unpacked)
    assert (tmp_path / built.wheel.name).read_bytes() == built.wheel.read_bytes()
