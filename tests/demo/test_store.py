"""How the simulated object store guards and serves its objects."""

import random
from collections.abc import Callable

import httpx
import pytest

from seedance_tui.demo import Blob, Demo, DemoTask, ManualClock, Stage
from seedance_tui.demo.clips import clip
from seedance_tui.demo.crc64 import combine, crc64, repeated
from seedance_tui.demo.scenario import CRANE, GLASS, SUNRISE
from tests.demo.conftest import Api

DONE = (Stage(0, "SUCCESS"),)
TEN = Blob.of(b"0123456789")


@pytest.fixture
def link(demo: Demo, clock: ManualClock) -> str:
    """A good link to an object of ten bytes."""
    demo.store.put("videos/ten.mp4", TEN)
    return demo.store.link("videos/ten.mp4", clock(), expires=100)


async def test_a_signed_link_gives_the_object(web: httpx.AsyncClient, link: str) -> None:
    answer = await web.get(link)
    assert (answer.status_code, answer.content) == (200, b"0123456789")
    assert answer.headers["Content-Type"] == "video/mp4"
    assert answer.headers["Accept-Ranges"] == "bytes"
    assert answer.headers["ETag"] == TEN.etag
    assert answer.headers["Last-Modified"] == "Tue, 21 Jul 2026 02:13:20 GMT"
    assert answer.headers["x-tos-hash-crc64ecma"] == str(crc64(b"0123456789"))
    assert answer.headers["x-tos-request-id"]


@pytest.mark.parametrize(
    "change",
    [
        lambda link: link + "&download=1",
        lambda link: link + "&X-Tos-Expires=100",
        lambda link: link.replace("X-Tos-Expires=100", "X-Tos-Expires=999"),
        lambda link: link.replace("ten.mp4", "two.mp4"),
        lambda link: link.replace("127.0.0.1", "localhost"),
        lambda link: link.partition("?")[0],
    ],
)
async def test_a_changed_link_is_refused(
    web: httpx.AsyncClient, link: str, change: Callable[[str], str]
) -> None:
    answer = await web.get(change(link))
    assert answer.status_code == 403
    assert answer.json()["Code"] == "SignatureDoesNotMatch"


@pytest.mark.parametrize("method", ["HEAD", "PUT", "POST"])
async def test_a_link_signed_for_get_is_refused_to_other_methods(
    web: httpx.AsyncClient, link: str, method: str
) -> None:
    assert (await web.request(method, link)).status_code == 403


async def test_a_link_dies_at_its_deadline(
    web: httpx.AsyncClient, link: str, clock: ManualClock
) -> None:
    clock.turn(99)
    assert (await web.get(link)).status_code == 200
    clock.turn(1)
    answer = await web.get(link)
    assert answer.status_code == 403
    assert answer.json().keys() == {"Code", "RequestId", "HostId", "Message", "Resource", "EC"}
    assert answer.json()["Message"] == "Request has expired"


async def test_a_key_that_leaks_is_noticed(demo: Demo, web: httpx.AsyncClient, link: str) -> None:
    answer = await web.get(link, headers={"Authorization": "Bearer demo-key"})
    assert answer.status_code == 400
    assert [leak.headers["authorization"] for leak in demo.store.leaks] == ["Bearer demo-key"]


@pytest.mark.parametrize(
    ("wanted", "content", "content_range"),
    [
        ("bytes=0-0", b"0", "bytes 0-0/10"),
        ("bytes=4-", b"456789", "bytes 4-9/10"),
        ("bytes=4-99", b"456789", "bytes 4-9/10"),
        ("bytes=-3", b"789", "bytes 7-9/10"),
        ("bytes=-99", b"0123456789", "bytes 0-9/10"),
    ],
)
async def test_a_range_gives_a_part(
    web: httpx.AsyncClient, link: str, wanted: str, content: bytes, content_range: str
) -> None:
    answer = await web.get(link, headers={"Range": wanted})
    assert (answer.status_code, answer.content) == (206, content)
    assert answer.headers["Content-Range"] == content_range
    assert answer.headers["x-tos-hash-crc64ecma"] == str(TEN.crc64)


@pytest.mark.parametrize("wanted", ["bytes=0-1,4-5", "bytes=5-2", "bytes=-", "lines=1-2"])
async def test_a_range_that_is_not_one_range_gives_the_whole(
    web: httpx.AsyncClient, link: str, wanted: str
) -> None:
    answer = await web.get(link, headers={"Range": wanted})
    assert (answer.status_code, answer.content) == (200, b"0123456789")


@pytest.mark.parametrize("wanted", ["bytes=10-", "bytes=99-100", "bytes=-0"])
async def test_a_range_outside_is_refused_with_the_length(
    web: httpx.AsyncClient, link: str, wanted: str
) -> None:
    answer = await web.get(link, headers={"Range": wanted})
    assert answer.status_code == 416
    assert answer.headers["Content-Range"] == "bytes */10"
    assert answer.json()["Code"] == "InvalidRange"


async def test_if_range_gives_the_whole_of_another_object(
    demo: Demo, web: httpx.AsyncClient, link: str
) -> None:
    part = {"Range": "bytes=4-", "If-Range": TEN.etag}
    assert (await web.get(link, headers=part)).status_code == 206
    demo.store.put("videos/ten.mp4", Blob.of(b"abcdefghij"))
    answer = await web.get(link, headers=part)
    assert (answer.status_code, answer.content) == (200, b"abcdefghij")


async def test_an_object_that_is_not_there_is_a_404(
    demo: Demo, web: httpx.AsyncClient, clock: ManualClock
) -> None:
    answer = await web.get(demo.store.link("nothing.mp4", clock()))
    assert (answer.status_code, answer.json()["Code"]) == (404, "NoSuchKey")


async def test_the_store_is_another_origin_than_the_gateway(demo: Demo, api: Api) -> None:
    result = (await api.data(SUNRISE.id))["result_url"]
    assert result.startswith(demo.store.url + "/")
    assert not result.startswith(demo.url)


async def test_the_scenarios_links_give_the_clips(api: Api, web: httpx.AsyncClient) -> None:
    data = await api.data(SUNRISE.id)
    assert (await web.get(data["result_url"])).content == clip("upscaled.mp4")
    assert (await web.get(data["original_result_url"])).content == clip("original.mp4")
    assert (await web.get((await api.data(CRANE.id))["result_url"])).status_code == 403
    frame = (await api.data(GLASS.id))["data"]["content"]["last_frame_url"]
    assert (await web.get(frame)).headers["Content-Type"] == "image/jpeg"


async def test_a_test_brings_its_own_videos(demo: Demo, api: Api, web: httpx.AsyncClient) -> None:
    task = DemoTask("task_1", steps=DONE, resolution="480p", super_resolution="2k")
    demo.add(task, video=Blob.of(b"large"), original=Blob.of(b"small"))
    data = await api.data("task_1")
    assert (await web.get(data["result_url"])).content == b"large"
    assert (await web.get(data["original_result_url"])).content == b"small"


async def test_a_gigabyte_is_virtual_and_reads_the_same_in_parts(
    demo: Demo, web: httpx.AsyncClient, clock: ManualClock
) -> None:
    blob = Blob.virtual(2**30, seed=3)
    demo.store.put("big.mp4", blob)
    link = demo.store.link("big.mp4", clock())
    tail = await web.get(link, headers={"Range": "bytes=-70000"})
    assert tail.headers["Content-Range"].endswith("/1073741824")
    middle = {"Range": f"bytes={2**30 - 70_000}-{2**30 - 60_001}"}
    assert (await web.get(link, headers=middle)).content == tail.content[:10_000]


def test_the_checksum_is_crc64_xz() -> None:
    assert crc64(b"123456789") == 11_051_210_869_376_104_954
    assert crc64(b"") == 0


def test_checksums_of_pieces_combine() -> None:
    left, right = random.Random(1).randbytes(300), b"right"
    assert combine(crc64(left), crc64(right), len(right)) == crc64(left + right)
    assert repeated(crc64(left), len(left), 7) == crc64(left * 7)


def test_a_virtual_objects_checksum_is_that_of_its_bytes() -> None:
    blob = Blob.virtual(100_000)
    content = b"".join((blob.read(0, 65_521), blob.read(65_521, 100_000)))
    assert len(content) == 100_000
    assert blob.crc64 == crc64(content)


def test_the_clips_are_small_mp4_files_and_the_upscaled_one_holds_more() -> None:
    original, upscaled = clip("original.mp4"), clip("upscaled.mp4")
    assert original[4:8] == upscaled[4:8] == b"ftyp"
    assert len(original) < len(upscaled)
    assert len(original) + len(upscaled) < 1_400_000
    assert clip("last_frame.jpg").startswith(b"\xff\xd8")
