"""What a later run must know of the files is on the disk, and in order."""

import sqlite3
import stat
from contextlib import closing
from pathlib import Path

import pytest

from seedance_tui.api.errors import ApiError, LinkExpired
from seedance_tui.api.file_types import Remark
from seedance_tui.api.links import Kind
from seedance_tui.core.downloads.ledger import _SCHEMA, Decision, Ledger, Record
from seedance_tui.core.model.file_states import Stamp
from seedance_tui.core.model.outcomes import Problem
from seedance_tui.core.storage.sqlite import DatabaseUnusable

A, B = ("a", Kind.RESULT), ("b", Kind.ORIGINAL)


def test_records_come_back_in_the_order_of_the_queue(tmp_path: Path) -> None:
    ledger = Ledger(tmp_path / "state" / "x.db")
    ledger.write(
        [Record(A, Decision.WANTED, tmp_path / "a.mp4", 1), Record(B, Decision.HELD, None, 0)]
    )
    later = Ledger(tmp_path / "state" / "x.db")
    assert [record.key for record in later.records()] == [B, A]
    assert later.records()[1] == Record(A, Decision.WANTED, tmp_path / "a.mp4", 1)


def test_the_last_word_about_a_file_counts(tmp_path: Path) -> None:
    ledger = Ledger(tmp_path / "x.db")
    ledger.write([Record(A, Decision.WANTED)])
    ledger.write([Record(A, Decision.DECLINED)])
    assert [record.decision for record in ledger.records()] == [Decision.DECLINED]


def test_only_its_owner_reads_it(tmp_path: Path) -> None:
    Ledger(tmp_path / "x.db").records()
    assert stat.S_IMODE((tmp_path / "x.db").stat().st_mode) == 0o600


def test_halves_of_characters_are_no_reason_to_lose_the_rest(tmp_path: Path) -> None:
    ledger = Ledger(tmp_path / "x.db")
    ledger.write([Record(("\ud800", Kind.RESULT), Decision.WANTED), Record(A, Decision.WANTED)])
    assert [record.key for record in ledger.records()] == [("?", Kind.RESULT), A]


def test_a_damaged_file_is_named(tmp_path: Path) -> None:
    (tmp_path / "x.db").write_bytes(b"no database at all, and long enough to be taken for one" * 9)
    with pytest.raises(DatabaseUnusable):
        Ledger(tmp_path / "x.db").records()


PROBLEM = Problem(LinkExpired, "gone\u2026", 12.5, 403, 3.0, "trace", 7, passing=True)


def test_all_that_is_known_of_a_saved_and_a_failed_file_comes_back(tmp_path: Path) -> None:
    records = (
        Record(
            A,
            Decision.SAVED,
            tmp_path / "a.mp4",
            stamp=Stamp(2**40, 2**64 - 1, 1_784_600_000_123_456_789),
            remarks=(Remark.BESIDE, Remark.SOUND_ONLY),
            source="data.result_url (store.example)",
        ),
        Record(B, Decision.FAILED, tmp_path / "b.mp4", 3, problem=PROBLEM),
    )
    Ledger(tmp_path / "x.db").write(records)
    assert Ledger(tmp_path / "x.db").records() == records


@pytest.mark.parametrize(
    "text", ["", "{", "[]", '{"kind": 5}', '{"kind": "Gone", "text": "x"}', '{"at": 1}', "null"]
)
def test_a_reason_that_cannot_be_read_is_still_a_failure(tmp_path: Path, text: str) -> None:
    ledger = Ledger(tmp_path / "x.db")
    ledger.write([Record(A, Decision.FAILED, problem=PROBLEM)])
    with closing(sqlite3.connect(tmp_path / "x.db")) as database, database:
        database.execute("UPDATE files SET problem = ?", (text,))
    (record,) = ledger.records()
    assert record.decision is Decision.FAILED
    assert record.problem is None or record.problem.kind is ApiError


def test_the_records_of_an_earlier_version_are_taken_over(tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "x.db")) as database, database:
        database.executescript(_SCHEMA + ";PRAGMA user_version = 1")
        database.execute("INSERT INTO files VALUES ('a', 'result', 'saved', '/v/a.mp4', 0)")
    (record,) = Ledger(tmp_path / "x.db").records()
    assert record == Record(A, Decision.SAVED, Path("/v/a.mp4"))


def test_whose_file_stands_at_a_path_is_known(tmp_path: Path) -> None:
    ledger, path = Ledger(tmp_path / "x.db"), tmp_path / "tea.mp4"
    ledger.write([Record(A, Decision.SAVED, path), Record(B, Decision.WANTED, path)])
    assert ledger.owners(path) == {("a", "result")}
    assert ledger.owners(tmp_path / "else.mp4") == frozenset()


@pytest.mark.parametrize("column", ["kind", "fate", "crc64", "remarks"])
def test_a_row_that_cannot_be_read_is_passed_over_and_the_others_stay(
    tmp_path: Path, column: str
) -> None:
    ledger, stamp = Ledger(tmp_path / "x.db"), Stamp(9, 7, 5)
    ledger.write([Record(A, Decision.SAVED, stamp=stamp), Record(B, Decision.WANTED, place=1)])
    with closing(sqlite3.connect(tmp_path / "x.db")) as database, database:
        database.execute(f"UPDATE files SET {column} = 'of a later version' WHERE place = 0")
    assert [record.key for record in ledger.records()] == [B]


def test_of_some_tasks_alone_the_records_are_read(tmp_path: Path) -> None:
    ledger, c = Ledger(tmp_path / "x.db"), ("c", Kind.RESULT)
    ledger.write(Record(key, Decision.WANTED, place=n) for n, key in enumerate((c, A, B)))
    assert [record.key for record in ledger.records(["a", "c", "unknown"])] == [c, A]


@pytest.mark.parametrize("stamp", [None, Stamp(0, 0, 0), Stamp(9), Stamp(9, None, 5)])
def test_a_file_is_known_again_by_all_that_was_noted_of_it(
    tmp_path: Path, stamp: Stamp | None
) -> None:
    record = Record(A, Decision.SAVED, tmp_path / "a.mp4", stamp=stamp)
    Ledger(tmp_path / "x.db").write([record])
    assert Ledger(tmp_path / "x.db").records() == (record,)
