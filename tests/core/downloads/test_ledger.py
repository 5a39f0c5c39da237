"""What a later run must know of the files is on the disk, and in order."""

import stat
from pathlib import Path

import pytest

from seedance_tui.api.links import Kind
from seedance_tui.core.downloads.ledger import Decision, Ledger, Record
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
