"""What saved files are called, on any system."""

import re
from pathlib import Path, PureWindowsPath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from seedance_tui.api.links import Kind
from seedance_tui.core.naming import file_name, find_saved

A = "asyntask_h81efT0qwtLnzyt6VENmCZ6VXSfNxE2E"


@pytest.mark.parametrize(
    ("kind", "extension", "name"),
    [
        (Kind.RESULT, ".mp4", f"{A}.mp4"),
        (Kind.ORIGINAL, ".mp4", f"{A}_original.mp4"),
        (Kind.RESULT, ".mov", f"{A}.mov"),
        (Kind.LAST_FRAME, ".png", f"{A}_last_frame.png"),
    ],
)
def test_a_file_is_named_as_the_interface_says(kind: Kind, extension: str, name: str):
    assert file_name(A, kind, extension) == name


@pytest.mark.parametrize(
    ("task_id", "name"),
    [
        ("../../etc/passwd", "_.._etc_passwd.mp4"),
        ("C:\\x", "C__x.mp4"),
        ("a:b*c?d", "a_b_c_d.mp4"),
        ("..", "_.mp4"),
        ("", "_.mp4"),
        (" . ", "_.mp4"),
        (".hidden", "hidden.mp4"),
        ("CON", "_CON.mp4"),
        ("com1.x", "_com1.x.mp4"),
        ("console", "console.mp4"),
        ("a\nb\x1b", "a b_.mp4"),
        ("\u202egpj", "gpj.mp4"),
        ("茶", "茶.mp4"),
    ],
)
def test_an_id_of_any_kind_makes_a_harmless_name(task_id: str, name: str):
    made = file_name(task_id, Kind.RESULT, ".mp4")
    assert re.sub(r"-[0-9a-f]{6}(?=\.mp4$)", "", made) == name
    assert (made == name) == (name == f"{task_id}.mp4")


def test_two_tasks_never_share_a_name():
    ids = ("a/b", "a_b", "a:b", "x", "x_original", "x_last_frame", "CON", "_CON")
    names = [file_name(task_id, kind, ".mp4") for task_id in ids for kind in Kind]
    assert len({name.lower() for name in names}) == len(names)


@given(st.text(st.characters(exclude_categories=()), max_size=300), st.sampled_from(Kind))
def test_a_name_stays_in_its_folder_and_fits_with_its_part_suffix(task_id: str, kind: Kind):
    name = file_name(task_id, kind, ".mp4")
    assert len((name + ".part").encode("utf-8")) <= 255
    assert Path(name).name == name == PureWindowsPath(name).name
    assert not PureWindowsPath(name).is_reserved()
    assert name.isprintable() or not task_id.isprintable()
    assert not name.startswith((".", " "))


def test_a_long_name_is_cut_between_characters():
    name = file_name("茶" * 200, Kind.ORIGINAL, ".mp4")
    assert re.fullmatch("茶{72,75}-[0-9a-f]{6}_original.mp4", name)
    assert len(name.encode()) <= 240


def test_saved_files_are_found_by_their_names(tmp_path: Path):
    names = [
        f"{A}.mp4",
        "b_original.mov",
        "b_last_frame.png",
        "c.mp4.part",
        "d.txt",
        "e_original.mp4",
    ]
    for name in names:
        (tmp_path / name).write_bytes(b"video")
    assert find_saved(tmp_path, [A, "b", "c", "d"]) == {
        (A, Kind.RESULT): tmp_path / f"{A}.mp4",
        ("b", Kind.ORIGINAL): tmp_path / "b_original.mov",
        ("b", Kind.LAST_FRAME): tmp_path / "b_last_frame.png",
    }


def test_without_a_folder_nothing_is_saved(tmp_path: Path):
    assert find_saved(tmp_path / "none", [A]) == {}
    (tmp_path / "file").touch()
    assert find_saved(tmp_path / "file", [A]) == {}
