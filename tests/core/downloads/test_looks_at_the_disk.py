"""How much of the disk a look reads: a file that was touched, once, and for a second at most."""

import os
from pathlib import Path

import pytest

from seedance_tui.api.links import Kind
from seedance_tui.api.transfer import same_file
from seedance_tui.core.downloads._saved_files import SavedFiles
from seedance_tui.core.downloads.ledger import Decision, Key, Record
from seedance_tui.core.model.file_states import Saved, Stamp
from seedance_tui.core.naming.template import file_name
from seedance_tui.demo.clips import clip
from tests.core.conftest import Clock

VIDEO = clip("original.mp4")
CRC64 = 11051210869376104954
"""Of 123456789, as the .xz format computes it."""
IDS = ("a", "b", "c")


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock()
    monkeypatch.setattr("time.monotonic", clock)
    return clock


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch, clock: Clock) -> list[str]:
    """Which files were read through; each takes 0.6 seconds."""
    names: list[str] = []
    is_same = same_file.is_same

    def noting(path: Path, *rest: object) -> bool:
        names.append(path.name)
        clock.turn(0.6)
        return is_same(path, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(same_file, "is_same", noting)
    return names


def touched(folder: Path, content: bytes = b"123456789") -> dict[Key, Record]:
    """Three saved files, all touched since."""
    records = {}
    for name in IDS:
        path = folder / f"{name} elsewhere.mp4"
        path.write_bytes(content)
        stamp = Stamp(9, CRC64, path.stat().st_mtime_ns - 1)
        records[name, Kind.RESULT] = Record((name, Kind.RESULT), Decision.SAVED, path, stamp=stamp)
    return records


def names(found: dict[Key, Saved]) -> set[str]:
    return {task_id for task_id, _kind in found}


def test_a_look_reads_for_a_second_and_leaves_the_rest_to_the_next(
    tmp_path: Path, read: list[str]
) -> None:
    files, records = SavedFiles(tmp_path), touched(tmp_path, b"123456780")
    found = files.find(IDS, records)
    assert (len(read), names(found.saved)) == (2, {"c"}), "until it is read it counts as ours"
    found = files.find(IDS, records)
    assert (len(read), names(found.saved)) == (3, set())
    assert found.spoiled == tuple(records.values())


def test_a_file_is_read_again_only_after_it_has_changed_again(
    tmp_path: Path, read: list[str]
) -> None:
    files, records = SavedFiles(tmp_path), dict([next(iter(touched(tmp_path).items()))])
    for _ in range(3):
        assert names(files.find(IDS, records).saved) == {"a"}
    assert len(read) == 1
    os.utime(tmp_path / "a elsewhere.mp4", (5, 5))
    assert names(files.find(IDS, records).saved) == {"a"}
    assert len(read) == 2


def test_a_file_that_was_not_touched_is_not_read(tmp_path: Path, read: list[str]) -> None:
    path = tmp_path / "tea.mp4"
    path.write_bytes(b"123456780")
    stamp = Stamp(9, CRC64, path.stat().st_mtime_ns)
    record = Record(("a", Kind.RESULT), Decision.SAVED, path, stamp=stamp)
    assert names(SavedFiles(tmp_path).find(IDS, {record.key: record}).saved) == {"a"}
    assert read == []


def test_what_is_known_of_tasks_that_are_not_asked_about_is_left_alone(tmp_path: Path) -> None:
    records = touched(tmp_path, b"other")
    found = SavedFiles(tmp_path).find(("b",), records)
    assert found.spoiled == (records["b", Kind.RESULT],)


def test_a_file_without_a_stamp_counts_where_it_is_a_whole_video(tmp_path: Path) -> None:
    path, record = tmp_path / "old.mp4", ("a", Kind.RESULT)
    records = {record: Record(record, Decision.SAVED, path)}
    path.write_bytes(VIDEO[:-1])
    assert SavedFiles(tmp_path).find(IDS, records).spoiled == tuple(records.values())
    path.write_bytes(VIDEO)
    assert SavedFiles(tmp_path).find(IDS, records).saved == {record: Saved(path)}


def test_a_file_that_cannot_be_read_counts_as_ours(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> bool:
        raise OSError(5, "Input/output error")

    monkeypatch.setattr(same_file, "is_same", refuse)
    assert names(SavedFiles(tmp_path).find(IDS, touched(tmp_path)).saved) == set(IDS)


def test_the_name_beside_another_file_counts_only_where_that_is_there(tmp_path: Path) -> None:
    beside = tmp_path / file_name("a", Kind.RESULT, ".mp4", distinct=True)
    beside.write_bytes(VIDEO)
    files = SavedFiles(tmp_path)
    assert files.find(IDS, {}).saved == {}
    (tmp_path / "a.mp4").write_bytes(b"mine")
    assert files.find(IDS, {}).saved[("a", Kind.RESULT)].path == beside


def test_of_two_whole_files_the_one_with_the_usual_name_counts(tmp_path: Path) -> None:
    for name in ("a.mp4", file_name("a", Kind.RESULT, ".mp4", distinct=True)):
        (tmp_path / name).write_bytes(VIDEO)
    found = SavedFiles(tmp_path).find(IDS, {}).saved
    assert found == {("a", Kind.RESULT): Saved(tmp_path / "a.mp4")}


def test_another_list_is_looked_for_also_where_the_folder_has_not_changed(tmp_path: Path) -> None:
    for name in ("a.mp4", "b.mp4"):
        (tmp_path / name).write_bytes(VIDEO)
    files = SavedFiles(tmp_path)
    assert names(files.find(("a",), {}).saved) == {"a"}
    assert names(files.find(("a", "b"), {}).saved) == {"a", "b"}
