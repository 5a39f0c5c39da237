"""An unfinished file knows whose it is; somebody else's is neither taken nor touched."""

import asyncio
import os
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from seedance_tui.api.client import Client
from seedance_tui.api.errors import DiskError, InUse, Unreachable
from seedance_tui.api.file_types import Remark
from seedance_tui.api.transfer._cancel import CancelToken
from seedance_tui.api.transfer._progress import OnProgress
from seedance_tui.api.transfer.claims import Owner, claim_path, object_of, part_of, read_claim
from seedance_tui.api.transfer.download import Placed, download
from seedance_tui.api.transfer.part_file import discard_part
from seedance_tui.api.transfer.retries import Retries
from seedance_tui.demo import EVERY, Blob, Demo
from seedance_tui.demo.faults import Cut, Reset

MEBIBYTE = 1024 * 1024
A, B = Owner("a", "result"), Owner("b", "result")


def content_of(blob: Blob) -> bytes:
    return (blob.pattern * (blob.size // len(blob.pattern) + 1))[: blob.size]


OTHER = Blob.virtual(3 * MEBIBYTE, seed=9)


@pytest.fixture
def other(demo: Demo) -> str:
    """A link to another video."""
    demo.store.put("other.mp4", OTHER)
    return demo.store.link("other.mp4", demo.store.clock())


@pytest.fixture
def put(client: Client, url: str, target: Path) -> Callable[..., Placed]:
    """Saves in this thread for an owner, with names beside the target."""

    def put(
        owner: Owner = A,
        url: str = url,
        *,
        on_progress: OnProgress = lambda progress: None,
        is_taken: Callable[[Path], bool] = lambda path: False,
    ) -> Placed:
        beside = [target.with_stem(f"{target.stem}-{n}") for n in (1, 2)]
        return download(
            client.files,
            url,
            target,
            CancelToken(),
            beside=beside,
            owner=owner,
            is_taken=is_taken,
            retries=Retries(most=2, first=0),
            on_progress=on_progress,
        )

    return put


@pytest.fixture
async def killed(
    put: Callable[..., Placed], monkeypatch: pytest.MonkeyPatch, demo: Demo, part: Path
) -> None:
    """A's bytes are all there, and its process ended before they got their name."""

    def refuse(*_: object) -> None:
        raise OSError(5, "Input/output error")

    with monkeypatch.context() as broken:
        broken.setattr(os, "fsync", refuse)
        with pytest.raises(DiskError):
            await asyncio.to_thread(put)
    assert part.exists()
    demo.store.requests.clear()


@pytest.mark.usefixtures("killed")
async def test_a_whole_part_of_another_task_is_never_taken(
    demo: Demo, put: Callable[..., Placed], target: Path, other: str, content: bytes
) -> None:
    placed = await asyncio.to_thread(put, B, other)
    assert placed.path == target.with_stem(f"{target.stem}-1")
    assert placed.remarks == (Remark.BESIDE,)
    assert placed.path.read_bytes() == content_of(OTHER)
    assert len(demo.store.requests) == 1
    own = await asyncio.to_thread(put)
    assert (own.path, target.read_bytes()) == (target, content)
    assert len(demo.store.requests) == 1, "all of A's bytes were there"


@pytest.mark.usefixtures("killed")
async def test_a_whole_part_of_another_object_is_not_placed_unasked(
    demo: Demo, put: Callable[..., Placed], target: Path, other: str
) -> None:
    await asyncio.to_thread(put, A, other)
    assert target.read_bytes() == content_of(OTHER)
    assert demo.store.requests


@pytest.mark.parametrize("kind", ["result", "original"])
async def test_the_kind_of_file_is_part_of_whose_it_is(
    demo: Demo, put: Callable[..., Placed], part: Path, kind: str
) -> None:
    demo.store.faults.push(EVERY, Cut(MEBIBYTE))
    demo.store.faults.push(EVERY, Reset(), times=2)
    with pytest.raises(Unreachable):
        await asyncio.to_thread(put)
    demo.store.requests.clear()
    await asyncio.to_thread(put, Owner("a", kind))
    ranges = [request.headers.get("range") for request in demo.store.requests]
    assert ranges == ([f"bytes={MEBIBYTE}-"] if kind == "result" else [None])


async def test_whose_it_is_is_said_before_the_first_byte(
    put: Callable[..., Placed], part: Path, url: str
) -> None:
    seen = []
    await asyncio.to_thread(put, on_progress=lambda _: seen.append(read_claim(part)))
    claim = seen[0]
    assert claim is not None
    assert (claim.owner, claim.object) == (A, object_of(url))
    assert "X-Tos" not in claim.object
    assert not claim_path(part).exists()


def a_link(part: Path, mine: Path) -> None:
    part.symlink_to(mine)


def a_second_name(part: Path, mine: Path) -> None:
    os.link(mine, part)


def a_file(part: Path, mine: Path) -> None:
    part.write_bytes(b"mine")


def a_folder(part: Path, mine: Path) -> None:
    part.mkdir()


def a_pipe(part: Path, mine: Path) -> None:
    os.mkfifo(part)


def words_of_somebody(part: Path, mine: Path) -> None:
    claim_path(part).write_bytes(b"mine")


@pytest.mark.skipif(sys.platform == "win32", reason="links and pipes of POSIX")
@pytest.mark.parametrize(
    "stands", [a_link, a_second_name, a_file, a_folder, a_pipe, words_of_somebody]
)
async def test_what_stands_in_the_place_of_a_part_stays_as_it_is(
    put: Callable[..., Placed],
    target: Path,
    part: Path,
    content: bytes,
    tmp_path: Path,
    stands: Callable[[Path, Path], None],
) -> None:
    target.parent.mkdir()
    mine = tmp_path / "mine"
    mine.write_bytes(b"mine")
    stands(part, mine)
    before = [os.lstat(path) for path in sorted(target.parent.iterdir())]
    placed = await asyncio.to_thread(put)
    assert (placed.path, target.read_bytes()) == (target, content)
    assert placed.remarks == (Remark.PART_BESIDE,)
    assert mine.read_bytes() == b"mine"
    target.unlink()
    after = [os.lstat(path) for path in sorted(target.parent.iterdir())]
    assert [(s.st_ino, s.st_size, s.st_mtime_ns) for s in before] == [
        (s.st_ino, s.st_size, s.st_mtime_ns) for s in after
    ]


async def test_four_tasks_of_one_name_at_once_get_a_name_each(
    demo: Demo, put: Callable[..., Placed], target: Path
) -> None:
    blobs = [Blob.virtual(2 * MEBIBYTE + n, seed=n) for n in range(3)]
    links = []
    for number, blob in enumerate(blobs):
        demo.store.put(f"{number}.mp4", blob)
        links.append(demo.store.link(f"{number}.mp4", demo.store.clock()))
    placed = await asyncio.gather(
        *(
            asyncio.to_thread(put, Owner(str(number), "result"), link)
            for number, link in enumerate(links)
        )
    )
    assert len({one.path for one in placed}) == 3
    assert [one.path.read_bytes() for one in placed] == [content_of(blob) for blob in blobs]
    assert len(os.listdir(target.parent)) == 3
    assert len(demo.store.requests) == 3, "nothing was received twice"


async def test_the_same_task_at_once_is_in_use(put: Callable[..., Placed]) -> None:
    caught: list[InUse] = []

    def again(_: object) -> None:
        if not caught:
            with pytest.raises(InUse) as refused:
                put()
            caught.append(refused.value)

    await asyncio.to_thread(put, on_progress=again)
    assert caught


async def test_a_file_that_is_known_to_be_another_tasks_is_not_taken_for_ours(
    put: Callable[..., Placed], target: Path
) -> None:
    await asyncio.to_thread(put)
    placed = await asyncio.to_thread(put, B, is_taken=lambda path: path == target)
    assert placed.path != target, "though the bytes are the same"


async def test_a_file_that_another_task_places_at_the_same_moment_is_not_taken_for_ours(
    put: Callable[..., Placed], target: Path, content: bytes
) -> None:
    placed_by_a: list[Path] = []

    def is_taken(path: Path) -> bool:
        """Tell what is known; right after the first question the other one has placed its file."""
        if placed_by_a:
            return path in placed_by_a
        target.parent.mkdir(exist_ok=True)
        target.write_bytes(content)
        placed_by_a.append(target)
        return False

    placed = await asyncio.to_thread(put, B, is_taken=is_taken)
    assert placed.path != target
    assert placed.path.read_bytes() == content


async def test_only_its_own_part_is_discarded(
    demo: Demo, put: Callable[..., Placed], part: Path, target: Path
) -> None:
    demo.store.faults.push(EVERY, Cut(MEBIBYTE))
    demo.store.faults.push(EVERY, Reset(), times=2)
    with pytest.raises(Unreachable):
        await asyncio.to_thread(put)
    discard_part(target, B)
    assert part.stat().st_size == MEBIBYTE
    discard_part(target, A)
    assert os.listdir(target.parent) == []


def test_further_parts_have_names_of_their_own(tmp_path: Path) -> None:
    names = {part_of(tmp_path / "a.mp4", number).name for number in (1, 2, 3)}
    assert names == {"a.mp4.part", "a.mp4.2.part", "a.mp4.3.part"}


@pytest.mark.usefixtures("killed")
async def test_a_whole_part_gets_a_name_though_its_own_is_somebodys_by_now(
    demo: Demo, put: Callable[..., Placed], target: Path, content: bytes
) -> None:
    target.write_bytes(b"mine")
    placed = await asyncio.to_thread(put)
    assert placed.path == target.with_stem(f"{target.stem}-1")
    assert placed.path.read_bytes() == content
    assert not demo.store.requests
    assert len(os.listdir(target.parent)) == 2
