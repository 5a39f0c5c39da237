"""A file is replaced whole, by the rules of Windows too; one that stays open is written into."""

import os
import sys
import threading
import time
from pathlib import Path

import pytest

from seedance_tui.files import placing, replacing
from seedance_tui.files.placing import move_into_place
from seedance_tui.files.replacing import finish_replacing, replace_file
from tests.files.windows_rules import play_windows


@pytest.fixture
def new(tmp_path: Path) -> Path:
    path = tmp_path / ".file.tmp"
    path.write_bytes(b"new")
    return path


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "file"
    path.write_bytes(b"the old one")
    return path


@pytest.fixture(params=["posix", "windows"])
def system(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    if request.param == "windows":
        play_windows(monkeypatch)
    return str(request.param)


def names(path: Path) -> list[str]:
    return sorted(file.name for file in path.parent.iterdir())


def test_the_new_file_takes_the_place_of_the_old(system: str, new: Path, path: Path) -> None:
    status = replace_file(new, path)
    assert path.read_bytes() == b"new"
    assert status is not None
    assert (status.st_ino, status.st_size) == (path.stat().st_ino, 3)
    assert names(path) == ["file"]


def test_a_file_that_is_not_as_it_was_stays(system: str, new: Path, path: Path) -> None:
    assert replace_file(new, path, still=lambda _: False) is None
    assert path.read_bytes() == b"the old one"
    assert names(path) == ["file"]


def test_a_file_that_is_held_open_for_a_moment_is_waited_for(
    monkeypatch: pytest.MonkeyPatch, new: Path, path: Path
) -> None:
    play_windows(monkeypatch, seconds=20)
    with path.open("rb") as held:
        closing = threading.Timer(0.1, held.close)
        closing.start()
        status = replace_file(new, path)
        closing.join()
    assert status is not None
    assert status.st_ino == path.stat().st_ino
    assert path.read_bytes() == b"new"


def test_what_its_holder_wrote_into_it_meanwhile_is_noticed(
    monkeypatch: pytest.MonkeyPatch, new: Path, path: Path
) -> None:
    play_windows(monkeypatch, seconds=20)
    with path.open("r+b", buffering=0) as held:

        def still(_: Path) -> bool:
            if path.stat().st_size != 11:
                return False
            held.write(b"the longer one of an editor")
            held.close()
            raise PermissionError

        assert replace_file(new, path, still) is None
    assert path.read_bytes() == b"the longer one of an editor"


def test_a_file_that_stays_open_is_written_into(
    monkeypatch: pytest.MonkeyPatch, new: Path, path: Path
) -> None:
    play_windows(monkeypatch)
    with path.open("rb") as held:
        status = replace_file(new, path)
        assert held.read() == b"new"
    assert status is not None
    assert status.st_mtime_ns == path.stat().st_mtime_ns
    assert names(path) == ["file"]


def _killed(*_: object) -> None:
    raise KeyboardInterrupt


def test_a_write_that_was_cut_is_finished_by_the_next(
    monkeypatch: pytest.MonkeyPatch, new: Path, path: Path
) -> None:
    with monkeypatch.context() as patch, path.open("rb"):
        play_windows(patch)
        patch.setattr(os, "fsync", _killed)
        with pytest.raises(KeyboardInterrupt):
            replace_file(new, path)
        path.write_bytes(b"ne old one")
    finish_replacing(path)
    assert path.read_bytes() == b"new"
    assert names(path) == ["file"]


def test_a_spare_does_not_undo_what_came_later(path: Path) -> None:
    spare = path.with_name(".file.spare")
    spare.write_bytes(b"of a killed one")
    os.utime(spare, (time.time() - 60,) * 2)
    finish_replacing(path)
    assert path.read_bytes() == b"the old one"
    assert names(path) == ["file"]


def test_a_spare_that_cannot_be_removed_is_emptied_and_written_never_again(
    monkeypatch: pytest.MonkeyPatch, new: Path, path: Path
) -> None:
    spare = path.with_name(".file.spare")
    spare.write_bytes(b"spare")
    with monkeypatch.context() as patch, spare.open("rb"):
        play_windows(patch)
        finish_replacing(path)
        assert path.read_bytes() == b"spare"
        path.write_bytes(b"later")
        finish_replacing(path)
    assert path.read_bytes() == b"later"


def test_where_the_system_refuses_for_good_the_refusal_comes_out(
    monkeypatch: pytest.MonkeyPatch, new: Path, path: Path
) -> None:
    """A holder that shares nothing: not even written into can the file be."""
    play_windows(monkeypatch)
    path.chmod(0o400)
    monkeypatch.setattr(replacing, "_write", _denied)
    with path.open("rb"), pytest.raises(PermissionError):
        replace_file(new, path)
    assert path.read_bytes() == b"the old one"
    assert names(path) == ["file"]


def _denied(*_: object) -> None:
    raise PermissionError


def test_elsewhere_a_refusal_is_no_reason_to_wait(monkeypatch: pytest.MonkeyPatch) -> None:
    tries: list[None] = []

    def refuse() -> None:
        tries.append(None)
        raise PermissionError

    monkeypatch.setattr(placing, "PATIENCE", 0.0)
    with pytest.raises(PermissionError):
        placing.patiently(refuse)
    assert len(tries) == 1


def test_a_video_whose_part_a_scanner_holds_open_gets_its_name(
    monkeypatch: pytest.MonkeyPatch, new: Path, tmp_path: Path
) -> None:
    play_windows(monkeypatch)
    with new.open("rb"):
        assert move_into_place(new, tmp_path / "video")
    assert (tmp_path / "video").read_bytes() == b"new"
    new.unlink()


def test_a_video_on_a_file_system_without_links_waits_for_the_scanner(
    monkeypatch: pytest.MonkeyPatch, new: Path, tmp_path: Path
) -> None:
    play_windows(monkeypatch, seconds=20)
    monkeypatch.setattr(os, "link", _denied)
    with new.open("rb") as held:
        closing = threading.Timer(0.1, held.close)
        closing.start()
        assert move_into_place(new, tmp_path / "video")
        closing.join()
    assert names(new) == ["video"]


@pytest.mark.skipif(sys.platform == "win32", reason="it has neither pipes nor links in folders")
@pytest.mark.parametrize("make", ["mkdir", "mkfifo"])
def test_what_is_no_file_is_not_replaced(new: Path, path: Path, make: str) -> None:
    path.unlink(missing_ok=True)
    getattr(os, make)(path)
    before = path.lstat()
    with pytest.raises(OSError, match=r"directory|Invalid"):
        replace_file(new, path)
    assert path.lstat() == before
    assert not new.exists()
