"""What a store hands out, whatever it says that it is: kept whole, under its own ending, or not."""

import asyncio
import os
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest

from seedance_tui.api.client import Client
from seedance_tui.api.errors import ApiError, ChecksumWrong, NotAVideo, WrongLength
from seedance_tui.api.file_types import Remark
from seedance_tui.api.transfer._cancel import CancelToken
from seedance_tui.api.transfer._progress import Progress
from seedance_tui.api.transfer.download import Placed, download
from seedance_tui.api.transfer.retries import Retries
from seedance_tui.demo import EVERY, Blob, Demo, DemoTask
from seedance_tui.demo.clips import clip
from seedance_tui.demo.faults import Answer, Gzipped, Headers, NoLength
from seedance_tui.demo.messages import Handler, Request, Response
from seedance_tui.demo.objects import box
from tests.files.test_containers import FTYP, MDAT, VIDEO, ebml, movie

Save = Callable[..., Awaitable[list[Progress]]]
Fail = Callable[..., Awaitable[ApiError]]
CLIP = clip("original.mp4")
FRAME = clip("last_frame.jpg")


@pytest.fixture
def place(client: Client, url: str, target: Path) -> Callable[..., Placed]:
    """Saves a file in this thread, and returns where it is."""

    def place(url: str = url, target: Path = target, *, video: bool = True) -> Placed:
        retries = Retries(most=3, first=0)
        return download(client.files, url, target, CancelToken(), video=video, retries=retries)

    return place


@pytest.fixture
def stored(demo: Demo, done: DemoTask) -> Callable[[bytes], None]:
    """Puts a file where the link of the task leads."""
    return lambda content: demo.store.put(done.original_key, Blob.of(content))


@pytest.mark.parametrize(
    ("content", "ending"),
    [
        (CLIP, ".mp4"),
        (box(b"uuid", bytes(16)) + FTYP + VIDEO + MDAT, ".mp4"),
        (box(b"styp", b"msdh") + VIDEO + MDAT, ".mp4"),
        (VIDEO + MDAT, ".mp4"),
        (ebml(b"webm"), ".webm"),
        (ebml(b"matroska"), ".mkv"),
        (b"RIFF\x0c\0\0\0AVI LIST\0\0\0\0", ".avi"),
    ],
)
async def test_a_video_of_any_format_is_kept_under_its_own_ending(
    demo: Demo,
    stored: Callable[[bytes], None],
    place: Callable[..., Placed],
    target: Path,
    content: bytes,
    ending: str,
) -> None:
    stored(content)
    placed = await asyncio.to_thread(place)
    assert placed.path == target.with_suffix(ending)
    assert placed.path.read_bytes() == content
    assert placed.remarks == (() if ending == ".mp4" else (Remark.OTHER_FORMAT,))
    assert os.listdir(target.parent) == [placed.path.name]


async def test_sound_alone_is_kept_and_told(
    stored: Callable[[bytes], None], place: Callable[..., Placed], target: Path
) -> None:
    stored(FTYP + movie(b"soun") + MDAT)
    placed = await asyncio.to_thread(place)
    assert (placed.path, placed.remarks) == (target, (Remark.SOUND_ONLY,))


@pytest.mark.parametrize(
    "content",
    [
        *(CLIP[: len(CLIP) // 3], CLIP[:-1], FTYP + MDAT, FTYP + VIDEO, FTYP),
        *(ebml(b"webm")[:-1], b"RIFF\x0c\0\0\0AVI LIST\0\0"),
    ],
)
async def test_a_file_that_its_store_has_no_more_of_is_kept_and_told(
    stored: Callable[[bytes], None], place: Callable[..., Placed], content: bytes
) -> None:
    stored(content)
    placed = await asyncio.to_thread(place)
    assert placed.path.read_bytes() == content
    assert Remark.ENDS_EARLY in placed.remarks
    again = await asyncio.to_thread(place)
    assert Remark.ENDS_EARLY in again.remarks, "it is said of the file that is there too"


@pytest.mark.parametrize(
    "answer",
    [
        Answer(200, {"Content-Type": "video/mp4"}, b"<html>sign in</html>"),
        Answer(200, {"Content-Type": "video/mp4"}, b'{"Code":"AccessDenied"}'),
        Answer(200, {"Content-Type": "video/mp4"}, b"<?xml version='1.0'?><Error/>"),
        Answer(200, {"Content-Type": "video/mp4"}, FRAME),
        Answer(200, {"Content-Type": "video/mp4"}, b"ID3\x04 a song"),
    ],
    ids=["page", "JSON", "XML", "picture", "song"],
)
async def test_what_is_no_video_is_refused_whatever_its_type_says(
    demo: Demo, target: Path, failure: Fail, answer: Answer
) -> None:
    demo.store.faults.push(EVERY, answer, times=None)
    assert isinstance(await failure(), NotAVideo)
    assert os.listdir(target.parent) == []


@pytest.mark.parametrize("body", [b"", b'{"Code":"x"}', b"<Error/>", b"[]"])
async def test_a_picture_that_is_text_or_nothing_is_refused(
    demo: Demo, target: Path, failure: Fail, body: bytes
) -> None:
    demo.store.faults.push(EVERY, Answer(200, {"Content-Type": "image/png"}, body), times=None)
    assert isinstance(await failure(video=False), NotAVideo | WrongLength)
    assert os.listdir(target.parent) == []


@pytest.mark.parametrize("share", [3, 2])
async def test_a_body_of_unknown_length_that_is_cut_is_fetched_again(
    demo: Demo, target: Path, content: bytes, save: Save, share: int
) -> None:
    demo.store.faults.push(EVERY, NoLength(len(content) // share))
    await save()
    assert target.read_bytes() == content
    assert len(demo.store.requests) == 2


async def test_a_body_of_unknown_length_that_is_cut_each_time_is_incomplete(
    demo: Demo, target: Path, content: bytes, failure: Fail
) -> None:
    no_ranges = Headers({"ETag": None, "Last-Modified": None})

    async def cut(request: Request, handler: Handler) -> Response:
        return await NoLength(len(content) // 3)(request, lambda r: no_ranges(r, handler))

    demo.store.faults.push(EVERY, cut, times=None)
    assert isinstance(await failure(), WrongLength)
    assert not target.exists()


async def test_a_body_of_unknown_length_that_is_whole_is_saved(
    demo: Demo, target: Path, content: bytes, save: Save
) -> None:
    demo.store.faults.push(EVERY, NoLength())
    await save()
    assert target.read_bytes() == content
    assert len(demo.store.requests) == 1


async def test_a_picture_of_unknown_length_must_end_as_its_format_does(
    demo: Demo, stored: Callable[[bytes], None], target: Path, save: Save
) -> None:
    stored(FRAME)
    demo.store.faults.push(EVERY, NoLength(len(FRAME) - 2))
    await save(target=target.with_suffix(".jpg"), video=False)
    assert target.with_suffix(".jpg").read_bytes() == FRAME


@pytest.mark.parametrize("of_the_packed", [True, False])
async def test_a_packed_file_is_unpacked_and_verified(
    demo: Demo, target: Path, content: bytes, save: Save, of_the_packed: bool
) -> None:
    demo.store.faults.push(EVERY, Gzipped(of_the_packed))
    await save()
    assert target.read_bytes() == content
    assert len(demo.store.requests) == 1


async def test_a_packed_picture_is_unpacked(
    demo: Demo, stored: Callable[[bytes], None], target: Path, save: Save
) -> None:
    stored(FRAME)
    demo.store.faults.push(EVERY, Gzipped())
    await save(target=target.with_suffix(".jpg"), video=False)
    assert target.with_suffix(".jpg").read_bytes() == FRAME


async def test_a_packed_file_that_is_cut_is_fetched_again(
    demo: Demo, target: Path, content: bytes, save: Save
) -> None:
    async def cut(request: Request, handler: Handler) -> Response:
        return await NoLength(100_000)(request, lambda r: Gzipped()(r, handler))

    demo.store.faults.push(EVERY, cut)
    await save()
    assert target.read_bytes() == content


async def test_a_packed_file_with_a_wrong_checksum_is_refused(
    demo: Demo, target: Path, failure: Fail
) -> None:
    async def wrong(request: Request, handler: Handler) -> Response:
        spoiled = Headers({"x-tos-hash-crc64ecma": "1"})
        return await spoiled(request, lambda r: Gzipped()(r, handler))

    demo.store.faults.push(EVERY, wrong, times=None)
    assert isinstance(await failure(), ChecksumWrong)
    assert not target.exists()


async def test_an_unknown_packing_is_named_and_nothing_is_saved(
    demo: Demo, target: Path, failure: Fail
) -> None:
    demo.store.faults.push(EVERY, Headers({"Content-Encoding": "br"}), times=None)
    caught = await failure()
    assert isinstance(caught, NotAVideo)
    assert "br" in caught.text
    assert not target.exists()
