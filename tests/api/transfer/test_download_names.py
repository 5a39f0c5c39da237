"""No file that stands in the place of a video is ever touched."""

import errno
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from seedance_tui.api.errors import InUse, LinkExpired, NameTaken
from seedance_tui.api.transfer._progress import Progress
from seedance_tui.api.transfer.claims import Claim, Owner, write_claim
from seedance_tui.api.transfer.part_file import discard_part
from seedance_tui.demo import EVERY, Blob, Demo
from seedance_tui.demo.faults import Expired, Headers, Reset
from seedance_tui.files import locks
from tests.api.conftest import Fail, Held, Save

NO_CHECKSUM = Headers({"x-tos-hash-crc64ecma": None})


Put = Callable[[bytes], None]


@pytest.fixture
def there(target: Path) -> Put:
    """Puts a file where the video is to go."""

    def put(content: bytes) -> None:
        target.parent.mkdir(exist_ok=True)
        target.write_bytes(content)

    return put


@pytest.fixture
async def other(blob: Blob) -> bytes:
    """A video of the same length."""
    video = Blob.virtual(blob.size, seed=1)
    return b"".join([piece async for piece in video.stream(0, video.size)])


async def test_the_same_file_is_there_already(
    demo: Demo, there: Put, target: Path, content: bytes, save: Save
) -> None:
    there(content)
    inode = target.stat().st_ino
    assert await save() == [Progress(len(content), len(content))]
    assert target.stat().st_ino == inode
    assert [request.headers["range"] for request in demo.store.requests] == ["bytes=0-0"]
    assert os.listdir(target.parent) == [target.name]


async def test_the_same_file_by_its_length_where_there_is_no_checksum(
    demo: Demo, there: Put, other: bytes, save: Save
) -> None:
    demo.store.faults.push(EVERY, NO_CHECKSUM)
    there(other)
    assert await save() == [Progress(len(other), len(other))]


async def test_the_question_about_a_file_is_tried_again(
    demo: Demo, there: Put, content: bytes, save: Save
) -> None:
    there(content)
    demo.store.faults.push(EVERY, Reset(), times=2)
    await save()
    assert len(demo.store.requests) == 3


async def test_a_link_to_the_same_file_is_followed(
    target: Path, content: bytes, tmp_path: Path, save: Save
) -> None:
    target.parent.mkdir()
    (tmp_path / "elsewhere.mp4").write_bytes(content)
    target.symlink_to(tmp_path / "elsewhere.mp4")
    assert await save() == [Progress(len(content), len(content))]


def identity(path: Path) -> tuple[int, ...]:
    """What a change of the file or its name would change."""
    status = os.lstat(path)
    return status.st_ino, status.st_mode, status.st_size, status.st_mtime_ns


@pytest.mark.parametrize("kind", ["short", "other", "empty", "folder", "dangling link"])
async def test_another_file_is_never_overwritten(
    target: Path, there: Put, other: bytes, failure: Fail, kind: str
) -> None:
    target.parent.mkdir()
    match kind:
        case "folder":
            target.mkdir()
        case "dangling link":
            target.symlink_to("nowhere")
        case _:
            there({"short": b"mine", "other": other, "empty": b""}[kind])
    before = identity(target)
    assert isinstance(await failure(), NameTaken)
    assert identity(target) == before
    assert os.listdir(target.parent) == [target.name]


async def test_a_store_that_does_not_say_the_length_proves_nothing(
    demo: Demo, there: Put, content: bytes, failure: Fail
) -> None:
    there(content)
    demo.store.faults.push(EVERY, Headers({"Content-Range": None}))
    assert isinstance(await failure(), NameTaken)


async def test_a_dead_link_proves_nothing(
    demo: Demo, there: Put, target: Path, content: bytes, failure: Fail
) -> None:
    there(content)
    demo.store.faults.push(EVERY, Expired())
    assert isinstance(await failure(), LinkExpired)
    assert target.read_bytes() == content


@pytest.mark.parametrize("links", [True, False])
async def test_another_file_that_appears_meanwhile_is_not_overwritten(
    demo: Demo,
    there: Put,
    target: Path,
    content: bytes,
    save: Save,
    monkeypatch: pytest.MonkeyPatch,
    links: bool,
) -> None:
    if not links:
        monkeypatch.setattr(os, "link", refuse)
    with pytest.raises(NameTaken):
        await save(on_progress=lambda _: there(b"mine"))
    assert target.read_bytes() == b"mine"
    target.unlink()
    demo.store.requests.clear()
    await save()  # what has come is still there
    assert target.read_bytes() == content
    assert not demo.store.requests


@pytest.mark.parametrize("links", [True, False])
async def test_the_same_file_that_appears_meanwhile_is_the_file(
    there: Put,
    target: Path,
    content: bytes,
    save: Save,
    monkeypatch: pytest.MonkeyPatch,
    links: bool,
) -> None:
    if not links:
        monkeypatch.setattr(os, "link", refuse)
    seen = await save(on_progress=lambda _: there(content))
    assert seen[-1] == Progress(len(content), len(content))
    assert os.listdir(target.parent) == [target.name]


async def test_a_disk_without_hard_links_will_do(
    target: Path, content: bytes, save: Save, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "link", refuse)
    await save()
    assert target.read_bytes() == content
    assert os.listdir(target.parent) == [target.name]


def refuse(*_: object) -> None:
    raise OSError(errno.EPERM, os.strerror(errno.EPERM))


async def test_a_file_that_another_window_saves_is_left_to_it(
    held: Held, target: Path, part: Path, content: bytes, failure: Fail
) -> None:
    caught = await failure()
    assert (type(caught), caught.text) == (
        InUse,
        "another instance is already downloading this file",
    )
    assert part.exists()
    await held.go_on()
    assert target.read_bytes() == content


@pytest.mark.parametrize("moved", [True, False])
async def test_a_file_that_got_its_name_just_before_a_kill_is_not_emptied(
    target: Path, part: Path, content: bytes, save: Save, tmp_path: Path, moved: bool
) -> None:
    """Its part is then a second name of the same file, which may be anywhere by now."""
    await save()
    os.link(target, part)
    write_claim(part, Claim(Owner()))
    if moved:
        target.rename(tmp_path / "mine.mp4")
    await save()
    assert not moved or (tmp_path / "mine.mp4").read_bytes() == content
    assert target.read_bytes() == content
    assert os.listdir(target.parent) == [target.name]


async def test_a_part_that_is_placed_between_opening_and_locking_is_not_emptied(
    target: Path, part: Path, content: bytes, save: Save, monkeypatch: pytest.MonkeyPatch
) -> None:
    target.parent.mkdir()
    part.write_bytes(content)
    lock = locks.lock

    def late(descriptor: int, **how: bool) -> None:
        monkeypatch.setattr(locks, "lock", lock)
        part.rename(target.with_name("placed.mp4"))
        lock(descriptor, **how)

    monkeypatch.setattr(locks, "lock", late)
    await save()
    assert target.with_name("placed.mp4").read_bytes() == content
    assert target.read_bytes() == content


async def test_a_part_that_is_moved_away_again_and_again_is_given_up(
    failure: Fail, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os.path, "samestat", lambda one, other: False)
    assert isinstance(await failure(), InUse)


async def test_a_part_with_a_second_name_is_discarded_alone(
    target: Path, part: Path, content: bytes, save: Save
) -> None:
    await save()
    os.link(target, part)
    write_claim(part, Claim(Owner()))
    discard_part(target)
    assert os.listdir(target.parent) == [target.name]
    assert target.read_bytes() == content
