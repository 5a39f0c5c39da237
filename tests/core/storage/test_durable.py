"""A file that was written, or has got its name, is still there when the power goes."""

import os
import stat
from collections.abc import Callable
from pathlib import Path

import pytest

from seedance_tui.core.storage.atomic import locked, write_whole
from seedance_tui.files.placing import move_into_place

pytestmark = pytest.mark.skipif(os.name != "posix", reason="Windows syncs no folders")


@pytest.fixture
def synced(monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """What stood in the folder each time that it was synced."""
    seen: list[list[str]] = []
    sync = os.fsync

    def noted(descriptor: int) -> None:
        if stat.S_ISDIR(os.fstat(descriptor).st_mode):
            seen.append(sorted(os.listdir(descriptor)))
        sync(descriptor)

    monkeypatch.setattr(os, "fsync", noted)
    return seen


def test_the_folder_is_synced_once_the_file_has_its_name(
    tmp_path: Path, synced: list[list[str]]
) -> None:
    write_whole(tmp_path / "file", b"whole")
    assert synced == [["file"]]
    write_whole(tmp_path / "file", b"new")
    assert synced == [["file"], ["file"]]


def _no_links(*_: object) -> None:
    raise PermissionError


@pytest.mark.parametrize("link", [os.link, _no_links], ids=["by a link", "by a rename"])
def test_the_folder_is_synced_once_a_video_has_its_name(
    tmp_path: Path,
    synced: list[list[str]],
    monkeypatch: pytest.MonkeyPatch,
    link: Callable[..., None],
) -> None:
    monkeypatch.setattr(os, "link", link)
    (tmp_path / "video.part").touch()
    assert move_into_place(tmp_path / "video.part", tmp_path / "video")
    assert synced == [["video"]]


def test_the_file_of_a_lock_is_its_owners_alone(tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        with locked(tmp_path / "file") as lock:
            assert stat.S_IMODE(os.fstat(lock.fileno()).st_mode) == 0o600
    finally:
        os.umask(before)
