"""A lock keeps others out, by the ways of every system, and its lack keeps nobody from working."""

import errno
import os
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from seedance_tui.files import _byte_locks, locks
from seedance_tui.files.locks import LockedElsewhere, lock, open_locked, unlock
from tests.files.windows_rules import Msvcrt, play_windows

Opened = Callable[[], int]


@pytest.fixture
def opened(tmp_path: Path) -> Iterator[Opened]:
    """Opens the lock file once more, at its end as a journal is."""
    descriptors: list[int] = []

    def open_() -> int:
        flags = os.O_RDWR | os.O_CREAT | os.O_APPEND
        descriptors.append(os.open(tmp_path / "lock", flags, 0o600))
        return descriptors[-1]

    yield open_
    for descriptor in descriptors:
        os.close(descriptor)


@pytest.fixture(params=["posix", "windows"])
def system(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    if request.param == "windows":
        play_windows(monkeypatch)
    return str(request.param)


def test_a_second_one_is_kept_out_until_the_first_lets_go(system: str, opened: Opened) -> None:
    first, second = opened(), opened()
    assert lock(first, wait=False)
    with pytest.raises(LockedElsewhere):
        lock(second, wait=False)
    unlock(first)
    assert lock(second, wait=False)
    unlock(second)


def test_what_is_written_into_the_file_moves_no_lock(system: str, opened: Opened) -> None:
    """A journal of another length each time: its end was the byte that was locked."""
    first = opened()
    lock(first)
    os.write(first, b"a journal of some length")
    second = opened()
    os.lseek(second, 0, os.SEEK_END)
    with pytest.raises(LockedElsewhere):
        lock(second, wait=False)
    os.ftruncate(first, 3)
    os.lseek(second, 1, os.SEEK_SET)
    with pytest.raises(LockedElsewhere):
        lock(second, wait=False)
    unlock(first)


def test_one_reads_and_writes_where_one_was(system: str, opened: Opened) -> None:
    first = opened()
    os.write(first, b"0123456789")
    os.lseek(first, 4, os.SEEK_SET)
    lock(first)
    assert os.read(first, 2) == b"45"
    unlock(first)
    assert os.read(first, 2) == b"67"


def test_a_lock_is_waited_for(system: str, opened: Opened) -> None:
    first, second = opened(), opened()
    lock(first)
    got = threading.Event()

    def wait() -> None:
        lock(second)
        got.set()

    waiting = threading.Thread(target=wait)
    waiting.start()
    assert not got.wait(0.1)
    unlock(first)
    assert got.wait(20)
    waiting.join()
    unlock(second)


def test_the_byte_that_is_locked_is_one_that_no_data_reaches(
    monkeypatch: pytest.MonkeyPatch, opened: Opened
) -> None:
    msvcrt = play_windows(monkeypatch)
    lock(opened())
    ((_, _, byte),) = msvcrt.held
    assert 2_000_000_000 < byte < 2**31


@pytest.mark.parametrize("left", [0, errno.ENOENT, errno.EDEADLK])
def test_whatever_number_the_c_library_left_a_lock_that_is_taken_is_taken(
    opened: Opened, left: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    msvcrt = Msvcrt(refusal=left)
    monkeypatch.setattr(locks, "_lock", lambda fd, *, wait: _byte_locks.lock(fd, msvcrt))
    lock(opened())
    with pytest.raises(LockedElsewhere):
        lock(opened(), wait=False)


@pytest.mark.parametrize(
    "code", [errno.ENOLCK, errno.ENOSYS, errno.EOPNOTSUPP, errno.EINVAL], ids=errno.errorcode.get
)
def test_on_a_file_system_without_locks_one_goes_on_and_it_is_said_once(
    opened: Opened,
    tmp_path: Path,
    code: int,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    def refuse(*_: object) -> None:
        raise OSError(code, os.strerror(code))

    monkeypatch.setattr("fcntl.flock", refuse)
    locks._say_once.cache_clear()
    first = opened()
    assert not lock(first)
    assert not lock(first, wait=False)
    unlock(first)
    os.close(open_locked(tmp_path / "part", os.O_CREAT))
    assert len(caplog.messages) == 1
    assert "one window at a time" in caplog.messages[0]


def test_what_is_wrong_otherwise_is_no_lack_of_locks() -> None:
    with pytest.raises(OSError, match="Bad file descriptor"):
        lock(10_000)


def test_an_open_file_with_a_second_name_is_left_and_another_made(
    system: str, tmp_path: Path
) -> None:
    part, placed = tmp_path / "video.part", tmp_path / "video"
    part.write_bytes(b"whole")
    os.link(part, placed)
    descriptor = open_locked(part, os.O_CREAT)
    assert os.fstat(descriptor).st_size == 0
    assert placed.read_bytes() == b"whole"
    unlock(descriptor)
    os.close(descriptor)
