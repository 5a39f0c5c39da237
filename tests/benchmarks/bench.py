"""A copy of the tree in which the tests are run on one mutant after the other."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from mutants import ROOT, Mutant, source_of

_LARGEST = 4 * 1024**3
"""Bytes of memory that the tests of a mutant may take."""


class Bench:
    """A copy of the tree, in which one mutant after the other is tried."""

    def __init__(self, folder: Path) -> None:
        self._tree = folder / "tree"
        self._home = folder / "home"
        self._home.mkdir(parents=True)
        unwanted = shutil.ignore_patterns(".*", "__pycache__", "*.png")
        shutil.copytree(ROOT, self._tree, ignore=unwanted)
        self._moment = int(time.time())

    def kills(self, mutant: Mutant, tests: Sequence[str], limit: float) -> bool | None:
        """Return whether a test fails; None if they came to no end."""
        path = self._tree / mutant.file
        try:
            self._write(path, mutant.code or "")
            return self.fails(tests, limit)
        finally:
            self._write(path, source_of(mutant.file))

    def fails(self, tests: Sequence[str], limit: float | None = None) -> bool | None:
        """Run the tests until the first one fails; None if they came to no end."""
        command = [sys.executable, "-m", "pytest", "-x", "--numprocesses=0", "--tb=no"]
        environ = os.environ | {"PYTHONPATH": str(self._tree), "HOME": str(self._home)}
        process = subprocess.Popen(
            [*command, f"--basetemp={self._home / 'tests'}", *tests],
            cwd=self._tree,
            env=environ,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        _limit_memory(process.pid)
        try:
            return process.wait(limit) != 0
        except subprocess.TimeoutExpired:
            return None
        finally:
            _end(process)

    def _write(self, path: Path, code: str) -> None:
        """Write it as of another second each time: Python compiles it anew by its age alone."""
        path.write_text(code, encoding="utf-8")
        self._moment += 2
        os.utime(path, (self._moment, self._moment))


def _limit_memory(pid: int) -> None:
    if sys.platform == "linux":
        import resource

        with suppress(ProcessLookupError):
            resource.prlimit(pid, resource.RLIMIT_AS, (_LARGEST, _LARGEST))


def _end(process: subprocess.Popen[bytes]) -> None:
    """End the tests and all that they have started."""
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()
