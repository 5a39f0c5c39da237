"""Whose saved file stands at a path, also in the moment before that is noted."""

import os
from pathlib import Path

import pytest

from seedance_tui.api.links import Kind
from seedance_tui.core.downloads._owners import is_of_another
from seedance_tui.core.downloads.ledger import Decision, Ledger, Record
from tests.core.conftest import Clock

A, B = ("a", Kind.RESULT), ("b", Kind.RESULT)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "tea.mp4"
    path.write_bytes(b"video")
    return path


@pytest.fixture
def ledger(tmp_path: Path) -> Ledger:
    return Ledger(tmp_path / "x.db")


@pytest.fixture
def machine(path: Path, monkeypatch: pytest.MonkeyPatch) -> Clock:
    """The machine's time since the file got its name, which passes only while somebody waits."""
    born = path.stat().st_ctime
    clock = Clock(0.0)
    monkeypatch.setattr("time.time", lambda: born + clock())
    monkeypatch.setattr("time.sleep", clock.turn)
    return clock


def saved(ledger: Ledger, *keys: tuple[str, Kind], path: Path) -> None:
    ledger.write(Record(key, Decision.SAVED, path) for key in keys)


@pytest.mark.parametrize(("owners", "is_another"), [((A,), False), ((B,), True), ((A, B), True)])
def test_a_file_that_is_noted_is_its_owners_at_once(
    ledger: Ledger,
    path: Path,
    machine: Clock,
    owners: tuple[tuple[str, Kind], ...],
    is_another: bool,
) -> None:
    saved(ledger, *owners, path=path)
    assert is_of_another(ledger, path, A) is is_another
    assert machine() == 0.0


def test_another_kind_of_the_same_task_is_another_file(
    ledger: Ledger, path: Path, machine: Clock
) -> None:
    saved(ledger, ("a", Kind.ORIGINAL), path=path)
    assert is_of_another(ledger, path, A)


@pytest.mark.parametrize("age", [10.0, 3600.0])
def test_an_old_file_that_nobody_has_noted_is_nobodys(
    ledger: Ledger, path: Path, machine: Clock, age: float
) -> None:
    machine.turn(age)
    assert not is_of_another(ledger, path, A)
    assert machine() == age


@pytest.mark.parametrize("age", [0.0, 9.0])
def test_a_young_file_is_looked_at_until_it_is_ten_seconds_old(
    ledger: Ledger, path: Path, machine: Clock, age: float
) -> None:
    machine.turn(age)
    assert not is_of_another(ledger, path, A)
    assert machine() == pytest.approx(10.0, abs=0.06)


def test_an_owner_who_notes_it_meanwhile_is_seen_within_a_twentieth_of_a_second(
    ledger: Ledger, path: Path, machine: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    pauses: list[float] = []

    def note(seconds: float) -> None:
        machine.turn(seconds)
        pauses.append(seconds)
        if len(pauses) == 3:
            saved(ledger, B, path=path)

    monkeypatch.setattr("time.sleep", note)
    assert is_of_another(ledger, path, A)
    assert pauses == [0.05] * 3


def test_a_file_that_is_not_there_is_nobodys(ledger: Ledger, path: Path, machine: Clock) -> None:
    saved(ledger, B, path=path)
    os.unlink(path)
    assert not is_of_another(ledger, path, A)


def test_where_the_record_cannot_be_read_nobody_is_waited_for(
    ledger: Ledger, path: Path, machine: Clock, tmp_path: Path
) -> None:
    (tmp_path / "x.db").write_bytes(b"no database" * 100)
    assert not is_of_another(ledger, path, A)
    assert machine() == 0.0
