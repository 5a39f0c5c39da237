"""A database of ours works where nothing but plain files does."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from seedance_tui.core.storage import sqlite
from seedance_tui.core.storage.sqlite import Database

STEPS = ("CREATE TABLE notes (words TEXT)",)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "notes.db"


def of_an_earlier_version(path: Path) -> sqlite3.Connection:
    """Open a file that is kept with a write-ahead log, and has something in it."""
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.executescript(f"{STEPS[0]}; PRAGMA user_version = 1")
    with connection:
        connection.execute("INSERT INTO notes VALUES ('kept')")
    return connection


def mode(path: Path) -> str:
    with closing(sqlite3.connect(path)) as connection:
        return str(connection.execute("PRAGMA journal_mode").fetchone()[0])


def test_no_memory_is_shared_and_what_is_written_is_on_the_disk(path: Path) -> None:
    with Database(path, STEPS).opened() as database, database:
        database.execute("INSERT INTO notes VALUES ('words')")
        assert database.execute("PRAGMA synchronous").fetchone() == (2,), "FULL"
        beside = {file.name for file in path.parent.iterdir()} - {path.name}
        assert beside == {f"{path.name}-journal"}
    assert mode(path) == "delete"


def test_a_write_ahead_log_of_an_earlier_version_is_given_up(path: Path) -> None:
    of_an_earlier_version(path).close()
    assert mode(path) == "wal"
    with Database(path, STEPS).opened() as database:
        assert database.execute("SELECT words FROM notes").fetchall() == [("kept",)]
    assert mode(path) == "delete"


def test_while_an_earlier_version_has_it_open_both_go_on(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sqlite, "_BUSY_SECONDS", 0.01)
    with closing(of_an_earlier_version(path)) as earlier:
        with Database(path, STEPS).opened() as database, database:
            database.execute("INSERT INTO notes VALUES ('ours')")
        assert len(earlier.execute("SELECT words FROM notes").fetchall()) == 2
