"""Files appear whole."""

import errno
import os
from pathlib import Path

import pytest

from seedance_tui.core.storage.atomic import locked, write_whole


def test_a_file_is_written_with_its_folders(tmp_path: Path) -> None:
    write_whole(tmp_path / "a" / "b" / "file", b"whole")
    assert (tmp_path / "a" / "b" / "file").read_bytes() == b"whole"
    assert [p.name for p in (tmp_path / "a" / "b").iterdir()] == ["file"]


@pytest.mark.skipif(os.name != "posix", reason="Windows has no modes")
def test_the_mode_is_the_one_asked_for_from_the_first_byte_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen = []
    real = os.fsync

    def watch(descriptor: int) -> None:
        seen.append(os.fstat(descriptor).st_mode & 0o777)
        real(descriptor)

    monkeypatch.setattr(os, "fsync", watch)
    write_whole(tmp_path / "file", b"x", mode=0o640)
    assert seen[0] == 0o600
    assert (tmp_path / "file").stat().st_mode & 0o777 == 0o640


def test_an_interrupt_leaves_the_old_file_and_no_other(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupt(_: int) -> None:
        raise KeyboardInterrupt

    (tmp_path / "file").write_bytes(b"old")
    monkeypatch.setattr(os, "fsync", interrupt)
    with pytest.raises(KeyboardInterrupt):
        write_whole(tmp_path / "file", b"new")
    assert [(p.name, p.read_bytes()) for p in tmp_path.iterdir()] == [("file", b"old")]


def test_a_lock_is_let_go_after_an_error(tmp_path: Path) -> None:
    with pytest.raises(ZeroDivisionError), locked(tmp_path / "file"):
        _ = 1 / 0
    with locked(tmp_path / "file"):
        pass
    assert not (tmp_path / "file").exists()


@pytest.mark.parametrize("code", [errno.EPERM, errno.ENOTSUP])
def test_where_modes_cannot_be_set_the_file_is_written_all_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: int
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise OSError(code, os.strerror(code))

    monkeypatch.setattr(Path, "chmod", refuse)
    for mode in (0o600, 0o640):
        assert write_whole(tmp_path / "file", b"%o" % mode, mode)
        assert (tmp_path / "file").read_bytes() == b"%o" % mode


def test_another_refusal_of_a_mode_leaves_the_old_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise OSError(errno.EROFS, "Read-only file system")

    write_whole(tmp_path / "file", b"old")
    monkeypatch.setattr(Path, "chmod", refuse)
    with pytest.raises(OSError, match="Read-only"):
        write_whole(tmp_path / "file", b"new", 0o640)
    assert [(p.name, p.read_bytes()) for p in tmp_path.iterdir()] == [("file", b"old")]


@pytest.mark.skipif(not hasattr(os, "O_NOFOLLOW"), reason="the system follows every link")
def test_a_link_in_the_place_of_the_lock_is_not_followed(tmp_path: Path) -> None:
    precious = tmp_path / "precious"
    precious.write_text("stays")
    (tmp_path / ".list.toml.lock").symlink_to(precious)
    with pytest.raises(OSError, match="symbolic links"), locked(tmp_path / "list.toml"):
        pass
    assert precious.read_text() == "stays"
