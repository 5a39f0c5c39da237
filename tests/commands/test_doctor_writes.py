"""`doctor` tries to write what the program has to write, and leaves nothing behind."""

import os
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from seedance_tui.demo import Demo

Shell = Callable[..., Any]


def finding(shell: Shell, subject: str) -> tuple[str, str]:
    """The level of a subject, and what is said of it."""
    for line in shell("doctor", "--json").json:
        if line["subject"] == subject:
            return line["level"], line["text"]
    raise AssertionError(subject)


def state_of(folder: Path) -> dict[str, bytes]:
    return {str(path): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def path_of(shell: Shell, name: str) -> Path:
    return Path(shell("paths", "--json").json[name])


@pytest.mark.parametrize("name", ["watchlist", "history"])
def test_what_is_not_there_can_be_made_and_is_not_made(demo: Demo, shell: Shell, name: str) -> None:
    subject = {"watchlist": "watch list", "history": "history"}[name]
    assert finding(shell, subject)[0] == "ok"
    assert not path_of(shell, name).exists()


def test_what_is_there_can_be_written_and_stays_as_it_was(watched: Demo, shell: Shell) -> None:
    shell("show", "asyntask_done1")
    shell("doctor")
    watchlist = path_of(shell, "watchlist")
    before = state_of(watchlist.parent)
    assert finding(shell, "watch list")[0] == "ok"
    assert finding(shell, "history")[0] == "ok"
    assert state_of(watchlist.parent) == before


@pytest.mark.parametrize("name", ["watchlist", "history"])
def test_a_file_where_its_folder_should_be_is_a_failure(
    demo: Demo, shell: Shell, name: str
) -> None:
    path = path_of(shell, name)
    path.parent.parent.mkdir(parents=True, exist_ok=True)
    path.parent.write_text("in the way")
    subject = {"watchlist": "watch list", "history": "history"}[name]
    assert finding(shell, subject)[0] == "fail"


@pytest.mark.skipif(os.name != "posix", reason="modes are of POSIX")
@pytest.mark.parametrize("name", ["watchlist", "history"])
@pytest.mark.parametrize("mode", [0o666, 0o644, 0o660])
def test_a_file_that_others_can_read_is_warned_of(
    demo: Demo, shell: Shell, name: str, mode: int
) -> None:
    path = path_of(shell, name)
    path.parent.mkdir(parents=True)
    path.touch()
    path.chmod(mode)
    level, text = finding(shell, {"watchlist": "watch list", "history": "history"}[name])
    assert level == "warn"
    assert f"chmod 600 {path}" in text


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="the system's owner may all")
@pytest.mark.parametrize("name", ["watchlist", "history"])
def test_a_folder_that_cannot_be_written_is_a_failure(demo: Demo, shell: Shell, name: str) -> None:
    path = path_of(shell, name)
    path.parent.mkdir(parents=True)
    path.parent.chmod(0o500)
    try:
        assert finding(shell, {"watchlist": "watch list", "history": "history"}[name])[0] == "fail"
    finally:
        path.parent.chmod(0o700)


def test_a_history_that_is_broken_or_held_is_a_failure(
    demo: Demo, shell: Shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("seedance_tui.core.storage.sqlite._BUSY_SECONDS", 0.01)
    path = path_of(shell, "history")
    path.parent.mkdir(parents=True)
    shell("list", "--offline")
    with sqlite3.connect(path, isolation_level=None) as other:
        other.execute("BEGIN EXCLUSIVE")
        level, text = finding(shell, "history")
        assert (level, "locked" in text) == ("fail", True)
        other.execute("ROLLBACK")
    other.close()
    path.write_bytes(b"no database at all, and long enough to be looked at" * 100)
    assert finding(shell, "history")[0] == "fail"


def test_a_disk_that_is_full_is_a_failure(
    demo: Demo, shell: Shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    level, text = finding(shell, "watch list")
    assert (level, "No space left" in text) == ("fail", True)
