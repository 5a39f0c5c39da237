"""Files of tasks are found in the folder by their records, or whole by their own names."""

import os
from dataclasses import replace
from pathlib import Path

import pytest

from seedance_tui.api.file_types import Remark
from seedance_tui.api.links import Kind
from seedance_tui.core.downloads._saved_files import SavedFiles
from seedance_tui.core.downloads.ledger import Decision, Key, Record
from seedance_tui.core.model.file_states import Saved, Stamp
from seedance_tui.core.naming.template import file_name
from seedance_tui.demo.clips import clip

A = "asyntask_h81efT0qwtLnzyt6VENmCZ6VXSfNxE2E"
KEY = (A, Kind.RESULT)
VIDEO = clip("original.mp4")
FRAME = clip("last_frame.jpg")
CRC64 = 11051210869376104954
"""Of 123456789, as the .xz format computes it."""


@pytest.fixture
def files(tmp_path: Path) -> SavedFiles:
    return SavedFiles(tmp_path)


def recorded(path: Path, size: int, crc64: int | None = None) -> dict[Key, Record]:
    stamp = Stamp(size, crc64, path.stat().st_mtime_ns)
    return {KEY: Record(KEY, Decision.SAVED, path, stamp=stamp, remarks=(Remark.SOUND_ONLY,))}


def test_whole_files_are_found_by_the_tasks_own_names(tmp_path: Path, files: SavedFiles) -> None:
    there = {
        f"{A}.mp4": VIDEO,
        "b_original.mov": VIDEO,
        "b_last_frame.jpg": FRAME,
        "c.mp4.part": VIDEO,
        "d.txt": VIDEO,
        "e_original.mp4": VIDEO,
    }
    for name, content in there.items():
        (tmp_path / name).write_bytes(content)
    assert files.find((A, "b", "c", "d"), {}).saved == {
        KEY: Saved(tmp_path / f"{A}.mp4"),
        ("b", Kind.ORIGINAL): Saved(tmp_path / "b_original.mov"),
        ("b", Kind.LAST_FRAME): Saved(tmp_path / "b_last_frame.jpg"),
    }


def test_the_second_video_of_a_task_is_not_the_video_of_a_task_of_that_name(
    tmp_path: Path,
) -> None:
    second = tmp_path / "job1_2.mp4"
    second.write_bytes(VIDEO)
    owned: dict[Path, frozenset[tuple[str, str]]] = {}
    files = SavedFiles(tmp_path, lambda path: owned.get(path, frozenset()))
    assert files.find(("job1_2",), {}).saved == {("job1_2", Kind.RESULT): Saved(second)}
    owned[second] = frozenset({("job1", "result 2")})
    assert files.find(("job1_2",), {}).saved == {}
    owned[second] = frozenset({("job1_2", "result")})
    assert files.find(("job1_2",), {}).saved == {("job1_2", Kind.RESULT): Saved(second)}


@pytest.mark.parametrize(
    "content",
    [b"", b"video", VIDEO[: len(VIDEO) // 3], VIDEO[:-1], VIDEO + b"x", b"<html></html>"],
    ids=["empty", "text", "a third", "a byte short", "a byte long", "page"],
)
def test_what_is_not_whole_is_somebodys_file(
    tmp_path: Path, files: SavedFiles, content: bytes
) -> None:
    (tmp_path / f"{A}.mp4").write_bytes(content)
    found = files.find((A,), {})
    assert (found.saved, found.spoiled) == ({}, ())


def test_a_file_that_grows_whole_in_its_place_is_found(tmp_path: Path, files: SavedFiles) -> None:
    path = tmp_path / f"{A}.mp4"
    path.write_bytes(VIDEO[:1000])
    changed = tmp_path.stat()
    assert files.find((A,), {}).saved == {}
    path.write_bytes(VIDEO)
    os.utime(tmp_path, ns=(changed.st_atime_ns, changed.st_mtime_ns))
    assert files.find((A,), {}).saved == {KEY: Saved(path)}


def test_a_video_beside_somebodys_file_is_found_without_a_record(
    tmp_path: Path, files: SavedFiles
) -> None:
    (tmp_path / f"{A}.mp4").write_bytes(b"mine")
    beside = tmp_path / file_name(A, Kind.RESULT, ".mp4", distinct=True)
    beside.write_bytes(VIDEO)
    assert files.find((A,), {}).saved == {KEY: Saved(beside, (Remark.BESIDE,))}


def test_a_recorded_file_needs_its_length_and_nothing_of_a_name(
    tmp_path: Path, files: SavedFiles
) -> None:
    path = tmp_path / "tea.mp4"
    path.write_bytes(b"123456789")
    assert files.find((A,), recorded(path, 9)).saved == {KEY: Saved(path, (Remark.SOUND_ONLY,))}
    path.write_bytes(b"1234567890")
    record = recorded(path, 9)
    found = files.find((A,), record)
    assert (found.saved, found.spoiled) == ({}, tuple(record.values()))


def test_a_record_that_does_not_fit_is_not_made_good_by_the_name(
    tmp_path: Path, files: SavedFiles
) -> None:
    path = tmp_path / f"{A}.mp4"
    path.write_bytes(VIDEO)
    assert files.find((A,), recorded(path, len(VIDEO) + 1)).saved == {}


@pytest.mark.parametrize(("content", "fits"), [(b"123456789", True), (b"123456780", False)])
def test_a_file_that_was_touched_is_read_through(
    tmp_path: Path, files: SavedFiles, content: bytes, fits: bool
) -> None:
    path = tmp_path / "tea.mp4"
    path.write_bytes(b"123456789")
    record = recorded(path, 9, CRC64)
    path.write_bytes(content)
    os.utime(path, (1, 1))
    for _ in range(2):
        found = files.find((A,), record)
        assert (KEY in found.saved, bool(found.spoiled)) == (fits, not fits)


def test_that_a_file_is_whole_says_nothing_of_its_checksum(
    tmp_path: Path, files: SavedFiles
) -> None:
    path = tmp_path / f"{A}.mp4"
    path.write_bytes(VIDEO)
    assert KEY in files.find((A,), {}).saved
    record = recorded(path, len(VIDEO), CRC64)
    touched = replace(record[KEY], stamp=Stamp(len(VIDEO), CRC64, 1))
    assert files.find((A,), {KEY: touched}).saved == {}


def test_a_recorded_file_that_is_gone_is_neither_saved_nor_spoiled(
    tmp_path: Path, files: SavedFiles
) -> None:
    path = tmp_path / "tea.mp4"
    path.write_bytes(b"x")
    record = recorded(path, 1)
    path.unlink()
    found = files.find((A,), record)
    assert (found.saved, found.spoiled) == ({}, ())


def test_a_folder_and_a_pipe_of_that_name_are_no_files(tmp_path: Path, files: SavedFiles) -> None:
    (tmp_path / f"{A}.mp4").mkdir()
    if hasattr(os, "mkfifo"):
        os.mkfifo(tmp_path / "b.mp4")
    assert files.find((A, "b"), {}).saved == {}


def test_without_a_folder_nothing_is_saved(tmp_path: Path) -> None:
    assert SavedFiles(tmp_path / "none").find((A,), {}).saved == {}
    (tmp_path / "file").touch()
    assert SavedFiles(tmp_path / "file").find((A,), {}).saved == {}
