"""Files of tasks are found in the folder by their default names."""

from pathlib import Path

from seedance_tui.api.links import Kind
from seedance_tui.core.downloads._saved_files import find_saved

A = "asyntask_h81efT0qwtLnzyt6VENmCZ6VXSfNxE2E"


def test_saved_files_are_found_by_their_names(tmp_path: Path) -> None:
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


def test_without_a_folder_nothing_is_saved(tmp_path: Path) -> None:
    assert find_saved(tmp_path / "none", [A]) == {}
    (tmp_path / "file").touch()
    assert find_saved(tmp_path / "file", [A]) == {}
