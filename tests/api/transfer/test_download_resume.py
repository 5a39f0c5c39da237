"""What has come of a file is not fetched twice, and never mixed with another file."""

import asyncio
import json
import os
import random
import stat
import sys
from collections.abc import AsyncGenerator, Awaitable, Callable
from dataclasses import replace
from pathlib import Path

import pytest

from seedance_tui.api.errors import (
    ChecksumWrong,
    DiskError,
    LinkExpired,
    NotAVideo,
    Unreachable,
    WrongLength,
)
from seedance_tui.api.transfer._cancel import Cancelled, CancelToken
from seedance_tui.api.transfer._progress import Progress
from seedance_tui.api.transfer.part_file import discard_part
from seedance_tui.demo import EVERY, Blob, Demo, DemoTask, ManualClock
from seedance_tui.demo.faults import (
    Answer,
    Cut,
    Expired,
    Fault,
    Headers,
    Html,
    IgnoreIfRange,
    IgnoreRange,
    Replaced,
    Reset,
    Stall,
)
from seedance_tui.demo.messages import Handler, Request, Response
from tests.api.conftest import Fail, Save

MEBIBYTE = 1024 * 1024
BEGUN = 2 * MEBIBYTE


def together(*faults: Fault) -> Fault:
    """One fault of several: each changes what the next one says."""

    async def fault(request: Request, handler: Handler) -> Response:
        inner = handler if len(faults) == 1 else lambda r: together(*faults[1:])(r, handler)
        return await faults[0](request, inner)

    return fault


Ranges = Callable[[], list[str | None]]
Begin = Callable[..., Awaitable[None]]


@pytest.fixture
def ranges(demo: Demo) -> Ranges:
    """The ranges asked for; None where the whole was."""
    return lambda: [request.headers.get("range") for request in demo.store.requests]


@pytest.fixture
def other(blob: Blob) -> Blob:
    """Another video of the same length."""
    return Blob.virtual(blob.size, seed=1)


@pytest.fixture
async def begun(demo: Demo, failure: Fail, part: Path) -> Begin:
    """Part of the file has come, and the connection was cut for good."""

    async def begin(*faults: Fault) -> None:
        demo.store.faults.push(EVERY, together(Cut(BEGUN), *faults))
        demo.store.faults.push(EVERY, Reset(), times=None)
        assert isinstance(await failure(), Unreachable)
        assert part.stat().st_size == BEGUN
        demo.store.faults.clear()
        demo.store.requests.clear()

    return begin


async def until(holds: Callable[..., object]) -> None:
    """Let the loop run until something holds, for ten seconds at the most."""
    async with asyncio.timeout(10):
        while not holds():  # noqa: ASYNC110 -- a thread's work
            await asyncio.sleep(0.002)


async def test_a_file_cut_twenty_times_is_the_same_to_the_byte(
    demo: Demo, blob: Blob, target: Path, content: bytes, save: Save, ranges: Ranges
) -> None:
    chance = random.Random(7)
    places = sorted(chance.sample(range(12, blob.size), 20))
    for start, stop in zip([0, *places], places, strict=False):
        demo.store.faults.push(EVERY, Cut(stop - start))
    await save()
    assert target.read_bytes() == content
    assert ranges() == [None, *(f"bytes={place}-" for place in places)]


async def test_a_later_run_goes_on_where_the_last_one_ended(
    begun: Begin, target: Path, content: bytes, save: Save, ranges: Ranges
) -> None:
    await begun()
    first, *_, last = await save()
    assert first == Progress(BEGUN, len(content))
    assert last == Progress(len(content), len(content))
    assert target.read_bytes() == content
    assert ranges() == [f"bytes={BEGUN}-"]
    assert os.listdir(target.parent) == [target.name]


async def test_another_link_to_the_same_object_goes_on(
    demo: Demo,
    clock: ManualClock,
    done: DemoTask,
    begun: Begin,
    target: Path,
    content: bytes,
    save: Save,
    ranges: Ranges,
) -> None:
    await begun()
    clock.turn(3_600)
    await save(demo.store.link(done.original_key, clock()))
    assert target.read_bytes() == content
    assert ranges() == [f"bytes={BEGUN}-"]


async def test_a_dead_link_leaves_the_part_for_a_new_one(
    demo: Demo, begun: Begin, part: Path, failure: Fail
) -> None:
    await begun()
    demo.store.faults.push(EVERY, Expired())
    assert isinstance(await failure(), LinkExpired)
    assert part.stat().st_size == BEGUN


async def test_beside_the_part_is_nothing_secret(
    demo: Demo, begun: Begin, blob: Blob, url: str, part: Path, validator: Path
) -> None:
    await begun()
    known = json.loads(validator.read_text())
    assert (known.pop("task"), known.pop("kind")) == ("", "")
    assert known.pop("object") == url.partition("://")[2].partition("?")[0]
    assert known == {"total": blob.size, "etag": blob.etag, "modified": "", "crc64": blob.crc64}
    if sys.platform != "win32":
        assert stat.S_IMODE(validator.stat().st_mode) == 0o600


async def test_a_store_that_ignores_the_range_sends_it_all(
    demo: Demo, begun: Begin, target: Path, content: bytes, save: Save
) -> None:
    await begun()
    demo.store.faults.push(EVERY, IgnoreRange())
    first, *_ = await save()
    assert first == Progress(0, len(content))
    assert target.read_bytes() == content
    assert len(demo.store.requests) == 1


async def test_an_object_that_was_replaced_comes_anew(
    demo: Demo,
    done: DemoTask,
    begun: Begin,
    other: Blob,
    clock: ManualClock,
    target: Path,
    save: Save,
) -> None:
    await begun()
    demo.store.put(done.original_key, other)
    await save()
    assert target.read_bytes() == b"".join([piece async for piece in other.stream(0, other.size)])
    assert len(demo.store.requests) == 1


@pytest.mark.parametrize("checksum", ["tells", "does not tell"])
async def test_a_replaced_object_is_seen_where_the_store_does_not_look(
    demo: Demo,
    done: DemoTask,
    begun: Begin,
    other: Blob,
    target: Path,
    save: Save,
    ranges: Ranges,
    checksum: str,
) -> None:
    await begun()
    demo.store.put(done.original_key, other)
    silent = Headers({} if checksum == "tells" else {"x-tos-hash-crc64ecma": None})
    demo.store.faults.push(EVERY, together(silent, IgnoreIfRange()))
    await save()
    assert target.read_bytes() == b"".join([piece async for piece in other.stream(0, other.size)])
    assert ranges() == [f"bytes={BEGUN}-", None]


@pytest.mark.parametrize(
    "said",
    [
        None,
        "bytes 0-9/10",
        f"bytes {BEGUN}-{BEGUN + 9}/{BEGUN + 10}",
        f"bytes {BEGUN + 1}-3158072/3158073",
        "items 1-2/3",
        f"bytes {'9' * 5000}-1/1",
    ],
)
async def test_a_part_of_something_else_is_not_added(
    demo: Demo,
    begun: Begin,
    target: Path,
    content: bytes,
    save: Save,
    ranges: Ranges,
    said: str | None,
) -> None:
    await begun()
    demo.store.faults.push(EVERY, Headers({"Content-Range": said}))
    await save()
    assert target.read_bytes() == content
    assert ranges() == [f"bytes={BEGUN}-", None]


@pytest.mark.parametrize("page", [Html(), Answer(200, {}, b'{"Code":"AccessDenied"}')])
async def test_a_page_in_between_costs_nothing(
    demo: Demo, begun: Begin, target: Path, content: bytes, save: Save, failure: Fail, page: Fault
) -> None:
    await begun()
    demo.store.faults.push(EVERY, page)
    assert isinstance(await failure(), NotAVideo)
    first, *_ = await save()
    assert first.received == BEGUN
    assert target.read_bytes() == content


async def test_a_whole_part_needs_no_store(
    demo: Demo,
    target: Path,
    content: bytes,
    save: Save,
    failure: Fail,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with monkeypatch.context() as broken:
        broken.setattr(os, "fsync", refuse)
        assert isinstance(await failure(), DiskError)
    demo.store.requests.clear()
    assert await save() == [Progress(len(content), len(content))]
    assert target.read_bytes() == content
    assert not demo.store.requests


def refuse(*_: object) -> None:
    raise OSError(5, "Input/output error")


@pytest.mark.parametrize("extra", [0, 5])
async def test_a_part_of_unknown_length_ends_where_the_store_says(
    begun: Begin,
    part: Path,
    validator: Path,
    target: Path,
    content: bytes,
    save: Save,
    ranges: Ranges,
    extra: int,
) -> None:
    await begun()
    part.write_bytes(content + bytes(extra))
    validator.write_text(json.dumps(json.loads(validator.read_text()) | {"total": None}))
    *_, last = await save()
    assert last == Progress(len(content), len(content))
    assert target.read_bytes() == content
    assert ranges() == [f"bytes={len(content) + extra}-"] + [None] * bool(extra)


async def test_a_part_longer_than_the_file_comes_anew(
    begun: Begin, part: Path, target: Path, content: bytes, save: Save, ranges: Ranges
) -> None:
    await begun()
    part.write_bytes(content + b"more")
    await save()
    assert target.read_bytes() == content
    assert ranges() == [None]


@pytest.mark.parametrize(
    "known", [None, b"", b"{", b"[]", b"\xff", b'{"etag": 5, "total": "x"}', b'{"etag": "W/x"}']
)
async def test_a_part_of_nobody_knows_what_comes_anew(
    begun: Begin,
    validator: Path,
    target: Path,
    content: bytes,
    save: Save,
    ranges: Ranges,
    known: bytes | None,
) -> None:
    await begun()
    if known is None:
        validator.unlink()
    else:
        validator.write_bytes(known)
    first, *_ = await save()
    assert first.received == 0
    assert target.read_bytes() == content
    assert ranges() == [None]


async def test_a_part_that_is_no_video_comes_anew(
    begun: Begin, part: Path, target: Path, content: bytes, save: Save, ranges: Ranges
) -> None:
    await begun()
    part.write_bytes(b"<html>" + content[6:BEGUN])
    await save()
    assert target.read_bytes() == content
    assert ranges() == [None]


async def test_a_part_that_was_damaged_on_the_disk_comes_anew(
    begun: Begin, part: Path, target: Path, content: bytes, save: Save, ranges: Ranges
) -> None:
    await begun()
    with part.open("r+b") as file:
        file.seek(MEBIBYTE)
        file.write(b"damaged")
    await save()
    assert target.read_bytes() == content
    assert ranges() == [f"bytes={BEGUN}-", None]


async def test_a_file_that_is_never_sound_comes_anew_only_once(
    demo: Demo, begun: Begin, target: Path, failure: Fail, ranges: Ranges
) -> None:
    wrong = Headers({"x-tos-hash-crc64ecma": "1"})
    await begun(wrong)
    demo.store.faults.push(EVERY, together(Cut(MEBIBYTE // 2), wrong), times=5)
    demo.store.faults.push(EVERY, wrong, times=None)
    assert isinstance(await failure(), ChecksumWrong)
    assert not os.listdir(target.parent)
    assert ranges().count(None) == 1


async def test_a_python_without_lzma_checks_the_length_alone(
    demo: Demo, target: Path, content: bytes, save: Save, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("part_file", "same_file"):
        monkeypatch.setattr(f"seedance_tui.api.transfer.{name}.checksum", lambda: None)
    demo.store.faults.push(EVERY, Headers({"x-tos-hash-crc64ecma": "1"}))
    await save()
    assert target.read_bytes() == content
    await save()
    target.unlink()
    demo.store.faults.push(EVERY, Cut(BEGUN))
    await save()
    assert target.read_bytes() == content


@pytest.mark.parametrize("crc64", [None, "", "x", "-1", str(2**64), "1" * 5000])
async def test_a_checksum_that_is_none_is_not_looked_at(
    demo: Demo, target: Path, content: bytes, save: Save, crc64: str | None
) -> None:
    demo.store.faults.push(EVERY, Headers({"x-tos-hash-crc64ecma": crc64}))
    await save()
    assert target.read_bytes() == content


DATE = "Tue, 21 Jul 2026 02:13:20 GMT"


@pytest.mark.parametrize("etag", [None, 'W/"weak"', "bare", '"a\u00e9"'])
async def test_without_a_strong_entity_tag_the_date_is_asked_by(
    demo: Demo,
    clock: ManualClock,
    begun: Begin,
    target: Path,
    content: bytes,
    save: Save,
    etag: str | None,
) -> None:
    clock.turn(60)
    await begun(Headers({"ETag": etag}))
    demo.store.faults.push(EVERY, Headers({"ETag": etag}))
    await save()
    assert target.read_bytes() == content
    (request,) = demo.store.requests
    assert (request.headers["range"], request.headers["if-range"]) == (f"bytes={BEGUN}-", DATE)


@pytest.mark.parametrize("modified", [None, DATE, "yesterday"])
async def test_without_anything_to_ask_by_a_file_comes_anew(
    demo: Demo,
    begun: Begin,
    validator: Path,
    target: Path,
    content: bytes,
    save: Save,
    ranges: Ranges,
    modified: str | None,
) -> None:
    """A date is nothing to ask by within its second: another change may follow."""
    await begun(Headers({"ETag": 'W/"weak"', "Last-Modified": modified}))
    assert json.loads(validator.read_text())["etag"] == 'W/"weak"'
    await save()
    assert target.read_bytes() == content
    assert ranges() == [None]


async def test_without_anything_to_ask_by_a_cut_file_is_tried_so_often(
    demo: Demo, part: Path, failure: Fail, ranges: Ranges
) -> None:
    bare = Headers({"ETag": None, "Last-Modified": None})
    demo.store.faults.push(EVERY, together(Cut(MEBIBYTE), bare), times=None)
    assert isinstance(await failure(), WrongLength)
    assert ranges() == [None] * 4  # the first one grew
    assert part.stat().st_size == MEBIBYTE


async def test_a_slow_death_is_followed_as_long_as_the_file_grows(
    demo: Demo, target: Path, content: bytes, save: Save, ranges: Ranges
) -> None:
    for _ in range(20):
        demo.store.faults.push(EVERY, Cut(100))
        demo.store.faults.push(EVERY, Reset(), times=2)
    await save()
    assert target.read_bytes() == content
    assert len(ranges()) == 61


@pytest.mark.parametrize("run", ["a later run", "the same run"])
async def test_bytes_of_another_object_under_its_name_are_found_out(
    demo: Demo,
    begun: Begin,
    blob: Blob,
    other: Blob,
    target: Path,
    content: bytes,
    save: Save,
    ranges: Ranges,
    run: str,
) -> None:
    if run == "a later run":
        await begun()
    else:
        demo.store.faults.push(EVERY, Cut(BEGUN))
    pretended = Headers({"ETag": blob.etag, "x-tos-hash-crc64ecma": str(blob.crc64)})
    demo.store.faults.push(EVERY, together(pretended, IgnoreIfRange(), Replaced(other)))
    await save()
    assert target.read_bytes() == content
    assert ranges()[-2:] == [f"bytes={BEGUN}-", None]


async def test_a_store_that_sends_less_than_asked_is_asked_again(
    demo: Demo, begun: Begin, target: Path, content: bytes, save: Save, ranges: Ranges
) -> None:
    async def little(request: Request, handler: Handler) -> Response:
        start = int(request.headers["range"][6:-1])
        asked = {"range": f"bytes={start}-{start + 99_999}"}
        return await handler(replace(request, headers={**request.headers, **asked}))

    await begun()
    demo.store.faults.push(EVERY, little, times=2)
    await save()
    assert target.read_bytes() == content
    assert ranges() == [f"bytes={BEGUN + more}-" for more in (0, 100_000, 200_000)]


async def test_a_store_that_sends_more_than_there_is_begins_anew(
    demo: Demo, begun: Begin, target: Path, content: bytes, save: Save, ranges: Ranges
) -> None:
    async def endless(request: Request, handler: Handler) -> Response:
        async def body() -> AsyncGenerator[bytes, None]:
            while True:
                yield bytes(MEBIBYTE)

        return replace(await handler(request), body=body(), length=None)

    await begun()
    demo.store.faults.push(EVERY, endless)
    async with asyncio.timeout(10):
        await save()
    assert target.read_bytes() == content
    assert ranges() == [f"bytes={BEGUN}-", None]


async def test_a_cancelled_download_keeps_what_has_come(
    demo: Demo, target: Path, part: Path, content: bytes, save: Save, ranges: Ranges
) -> None:
    demo.store.faults.push(EVERY, Stall(BEGUN))
    cancel = CancelToken()
    saving = asyncio.create_task(save(cancel=cancel))
    await until(lambda: part.exists() and part.stat().st_size == BEGUN)
    cancel.cancel()
    with pytest.raises(Cancelled):
        await saving
    assert not target.exists()
    assert part.stat().st_size == BEGUN
    await save()
    assert target.read_bytes() == content
    assert ranges()[-1] == f"bytes={BEGUN}-"


@pytest.mark.usefixtures("every_report")
async def test_what_was_received_is_kept_whatever_stops_it(
    target: Path, part: Path, content: bytes, save: Save
) -> None:
    """A report that raises stands for whatever nobody thought of."""
    with pytest.raises(ZeroDivisionError):
        await save(on_progress=lambda progress: progress.received and 1 // 0)
    kept = part.stat().st_size
    first, *_ = await save()
    assert first.received == kept > 0
    assert target.read_bytes() == content


async def test_a_discarded_part_leaves_nothing(begun: Begin, target: Path) -> None:
    await begun()
    discard_part(target)
    assert not os.listdir(target.parent)
    discard_part(target)
    discard_part(target.parent / "no folder" / "a.mp4")


async def test_what_another_window_saves_is_not_discarded(
    target: Path, content: bytes, save: Save
) -> None:
    await save(on_progress=lambda _: discard_part(target))
    assert target.read_bytes() == content
