"""Files and links handed to the system's own program."""

import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from seedance_tui.ui.terminal import opener as opening


@pytest.fixture
def opener(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """A program in the place of the system's; it writes down what it was given."""
    program = tmp_path / "opener"
    program.write_text(f'#!/bin/sh\nprintf "%s" "$1" > "{tmp_path}/given.tmp"\n')
    with program.open("a") as file:
        file.write(f'mv "{tmp_path}/given.tmp" "{tmp_path}/given"\n')
    program.chmod(0o700)
    monkeypatch.setattr(opening, "_command", lambda environ: str(program))
    return tmp_path / "given"


def until(holds: Callable[[], object]) -> None:
    limit = time.monotonic() + 20
    while not holds():
        assert time.monotonic() < limit
        os.sched_yield()


@pytest.mark.skipif(sys.platform == "win32", reason="the opener is a shell script")
def test_what_is_opened_reaches_the_program_and_leaves_no_zombie(
    opener: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun: list[subprocess.Popen[bytes]] = []
    popen = subprocess.Popen

    def start(*arguments: Any, **options: Any) -> subprocess.Popen[bytes]:
        begun.append(popen(*arguments, **options))
        return begun[-1]

    monkeypatch.setattr(subprocess, "Popen", start)
    assert opening.open_outside("https://a b;$(x)", {}) == ""
    until(opener.exists)
    assert opener.read_text() == "https://a b;$(x)"
    until(lambda: begun[0].returncode == 0)


def test_a_program_that_cannot_be_started_says_why(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(opening, "_command", lambda environ: str(tmp_path / "none"))
    monkeypatch.setattr("sys.platform", "linux")
    assert opening.open_outside("x", {}) == "No such file or directory"


def test_a_refusal_of_windows_is_told_and_not_raised(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(target: str) -> None:
        raise OSError(1155, "No application is associated")

    monkeypatch.setattr("sys.platform", "win32")
    monkeypatch.setattr(os, "startfile", refuse, raising=False)
    assert opening.open_outside("x", {}) == "No application is associated"


def test_what_is_started_gets_no_key(
    opener: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    program = tmp_path / "opener"
    program.write_text(program.read_text().replace('printf "%s" "$1"', "/usr/bin/env"))
    monkeypatch.setenv("ANYFAST_API_KEY", "sk-secret")
    monkeypatch.setenv("OTHER", "stays")
    assert opening.open_outside("x", {}) == ""
    until(opener.exists)
    assert "OTHER=stays" in opener.read_text()
    assert "sk-secret" not in opener.read_text()


def test_on_windows_the_key_is_away_while_something_is_started(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    seen: list[str | None] = []

    def start(target: str) -> None:
        seen.append(os.environ.get("ANYFAST_API_KEY"))
        raise OSError(5, "Access is denied")

    monkeypatch.setenv("ANYFAST_API_KEY", "sk-secret")
    monkeypatch.setattr("sys.platform", "win32")
    monkeypatch.setattr(os, "startfile", start, raising=False)
    assert opening.open_outside("x", {}) == "Access is denied"
    assert seen == [None]
    assert os.environ["ANYFAST_API_KEY"] == "sk-secret"
