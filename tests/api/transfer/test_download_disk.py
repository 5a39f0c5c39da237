"""What the disk refuses is told as its refusal, and costs nothing that has come."""

import errno
import os
import shutil
import sys
from collections import namedtuple
from collections.abc import Callable
from pathlib import Path

import pytest

from seedance_tui.api.errors import DiskError, DiskFull, Unreachable
from seedance_tui.api.transfer import _disk_space
from seedance_tui.demo import EVERY, Blob, Demo
from seedance_tui.demo.faults import Cut, Reset
from tests.api.conftest import Fail, Save

MEBIBYTE = 1024 * 1024
BEGUN = 2 * MEBIBYTE
SPARE = 16 * MEBIBYTE
Usage = namedtuple("Usage", "total used free")


def refuse(number: int) -> Callable[..., None]:
    def refused(*_: object, **__: object) -> None:
        raise OSError(number, os.strerror(number))

    return refused


SetFree = Callable[[int], None]


@pytest.fixture
def free(monkeypatch: pytest.MonkeyPatch) -> SetFree:
    """Sets how many bytes are free."""

    def set_free(count: int) -> None:
        monkeypatch.setattr(shutil, "disk_usage", lambda path: Usage(0, 0, count))

    return set_free


class Quota:
    """Lets so many bytes be written to files, the last of them in a short write."""

    def __init__(self) -> None:
        self.left = 0
        self.number = errno.ENOSPC
        self._write = os.write

    def write(self, descriptor: int, data: memoryview) -> int:
        if not self.left:
            raise OSError(self.number, os.strerror(self.number))
        count = self._write(descriptor, data[: self.left])
        self.left -= count
        return count


@pytest.fixture
def quota(monkeypatch: pytest.MonkeyPatch) -> Quota:
    quota = Quota()
    monkeypatch.setattr(os, "write", quota.write)
    return quota


@pytest.mark.parametrize("number", [errno.EACCES, errno.EROFS])
@pytest.mark.parametrize("call", ["os.open", "pathlib.Path.mkdir"])
async def test_a_folder_that_cannot_be_written_is_the_disks_refusal(
    failure: Fail, monkeypatch: pytest.MonkeyPatch, number: int, call: str
) -> None:
    monkeypatch.setattr(call, refuse(number))
    caught = await failure()
    assert (type(caught), caught.text) == (DiskError, os.strerror(number))


@pytest.mark.parametrize("call", ["os.open", "pathlib.Path.mkdir", "os.fsync"])
async def test_a_full_disk_is_told_whoever_finds_it(
    failure: Fail, monkeypatch: pytest.MonkeyPatch, call: str
) -> None:
    monkeypatch.setattr(call, refuse(errno.ENOSPC))
    assert isinstance(await failure(), DiskFull)


async def test_a_file_in_the_place_of_the_folder_is_the_disks_refusal(
    target: Path, failure: Fail
) -> None:
    target.parent.write_bytes(b"mine")
    assert isinstance(await failure(), DiskError)
    assert target.parent.read_bytes() == b"mine"


async def test_a_name_that_is_too_long_is_the_disks_refusal(tmp_path: Path, failure: Fail) -> None:
    assert isinstance(await failure(target=tmp_path / ("x" * 300)), DiskError)


async def test_a_full_disk_is_seen_before_anything_is_written(
    blob: Blob, target: Path, failure: Fail, free: SetFree
) -> None:
    free(17 * MEBIBYTE)
    caught = await failure()
    assert isinstance(caught, DiskFull)
    assert (caught.needed, caught.free) == (blob.size + SPARE, 17 * MEBIBYTE)
    assert caught.text == "needs 20 MB, only 18 MB free"
    assert not os.listdir(target.parent)


async def test_only_what_is_still_to_come_must_be_free(
    demo: Demo, part: Path, target: Path, failure: Fail, save: Save, free: SetFree
) -> None:
    demo.store.faults.push(EVERY, Cut(BEGUN))
    demo.store.faults.push(EVERY, Reset(), times=2)
    demo.store.faults.push(EVERY, Reset())
    assert isinstance(await failure(), Unreachable)
    free(SPARE + 2 * MEBIBYTE)
    await save()
    assert target.exists()


async def test_a_disk_that_fills_up_keeps_what_has_come(
    blob: Blob, part: Path, target: Path, content: bytes, save: Save, failure: Fail, quota: Quota
) -> None:
    quota.left = MEBIBYTE + 1
    caught = await failure()
    assert isinstance(caught, DiskFull)
    assert caught.needed == blob.size - MEBIBYTE - 1
    assert part.read_bytes() == content[: MEBIBYTE + 1]
    quota.left = blob.size
    first, *_ = await save()
    assert first.received == MEBIBYTE + 1
    assert target.read_bytes() == content


@pytest.mark.usefixtures("quota")
async def test_a_disk_that_takes_nothing_is_left_as_it_was(target: Path, failure: Fail) -> None:
    assert isinstance(await failure(), DiskFull)
    assert not os.listdir(target.parent)


async def test_of_a_quota_that_is_used_up_nothing_is_free(failure: Fail, quota: Quota) -> None:
    quota.left, quota.number = MEBIBYTE, errno.EDQUOT
    caught = await failure()
    assert isinstance(caught, DiskFull)
    assert caught.free == 0


async def test_a_disk_that_writes_little_at_a_time_gets_it_all(
    target: Path, content: bytes, save: Save, monkeypatch: pytest.MonkeyPatch
) -> None:
    really_write = os.write
    monkeypatch.setattr(os, "write", lambda descriptor, data: really_write(descriptor, data[:9999]))
    await save()
    assert target.read_bytes() == content


@pytest.mark.skipif(sys.platform != "linux", reason="reserved on Linux only")
async def test_room_is_reserved_before_it_is_needed(
    blob: Blob, part: Path, save: Save, tmp_path: Path
) -> None:
    probe = os.open(tmp_path / "probe", os.O_RDWR | os.O_CREAT)
    able = _disk_space._allocate(probe, MEBIBYTE) == 0
    os.close(probe)
    if not able:
        pytest.skip("this file system reserves nothing")
    looks = []
    await save(on_progress=lambda _: looks.append(part.stat()))
    status = looks[0]
    assert status.st_size < blob.size <= status.st_blocks * 512


@pytest.mark.skipif(sys.platform != "linux", reason="reserved on Linux only")
@pytest.mark.parametrize("number", [errno.EOPNOTSUPP, errno.ENOSYS, errno.EINVAL])
async def test_a_disk_that_reserves_nothing_will_do(
    target: Path, content: bytes, save: Save, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    monkeypatch.setattr(_disk_space, "_allocate", lambda descriptor, total: number)
    await save()
    assert target.read_bytes() == content


@pytest.mark.skipif(sys.platform != "linux", reason="reserved on Linux only")
async def test_a_full_disk_may_show_when_room_is_reserved(
    target: Path, failure: Fail, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(_disk_space, "_allocate", lambda descriptor, total: errno.ENOSPC)
    assert isinstance(await failure(), DiskFull)
    assert not os.listdir(target.parent)


async def test_a_move_that_is_refused_is_the_disks_refusal(
    part: Path, failure: Fail, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "link", refuse(errno.EPERM))
    monkeypatch.setattr(Path, "rename", refuse(errno.EACCES))
    assert isinstance(await failure(), DiskError)
    assert part.exists()


def test_the_size_of_an_amount_is_told_in_the_units_of_people() -> None:
    assert DiskFull(1_234_567_890, 300_000_000).text == "needs 1.2 GB, only 300 MB free"
    assert DiskFull(2_000, 0).text == "needs 2 kB, only 0 bytes free"


async def test_no_room_for_the_words_beside_a_part_leaves_nothing_and_the_next_try_saves(
    save: Save, failure: Fail, target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as full:
        full.setattr("seedance_tui.api.transfer.claims.json.dump", refuse(errno.ENOSPC))
        assert type(await failure()) is DiskFull
        assert list(target.parent.iterdir()) == []
    await save()
    assert [path.name for path in target.parent.iterdir()] == [target.name]


async def test_a_part_whose_owner_cannot_be_said_is_let_go(
    save: Save, failure: Fail, target: Path
) -> None:
    in_the_way = target.with_name(f"{target.name}.part.json~")
    in_the_way.mkdir(parents=True)
    assert type(await failure()) is DiskError
    in_the_way.rmdir()
    await save()
    assert target.exists()
