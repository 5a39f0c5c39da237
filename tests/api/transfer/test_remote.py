"""What the headers of a store say of a file, whatever they are."""

import asyncio

import httpx
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from seedance_tui.api.client import Client
from seedance_tui.api.errors import LinkExpired, LinkRefused
from seedance_tui.api.json_values import JSON
from seedance_tui.api.transfer._cancel import CancelToken
from seedance_tui.api.transfer.remote_file import RemoteFile, probe
from seedance_tui.demo import EVERY, Blob, Demo
from seedance_tui.demo.faults import Expired, IgnoreRange

HEADER = st.text(st.characters(max_codepoint=255, exclude_characters="\r\n\0"))


async def asked(client: Client, url: str) -> RemoteFile:
    return await asyncio.to_thread(probe, client.files, url, CancelToken())


async def test_the_store_is_asked_for_one_byte(
    client: Client, demo: Demo, blob: Blob, url: str
) -> None:
    remote = await asked(client, url)
    assert remote == RemoteFile(blob.size, blob.etag, blob.crc64, "video/mp4")
    (request,) = demo.store.requests
    assert (request.method, request.headers["range"]) == ("GET", "bytes=0-0")
    assert not demo.store.leaks


async def test_a_store_without_ranges_says_the_same(
    client: Client, demo: Demo, blob: Blob, url: str
) -> None:
    demo.store.faults.push(EVERY, IgnoreRange())
    assert await asked(client, url) == RemoteFile(blob.size, blob.etag, blob.crc64, "video/mp4")


async def test_a_dead_link_says_so(client: Client, demo: Demo, url: str) -> None:
    demo.store.faults.push(EVERY, Expired())
    with pytest.raises(LinkExpired):
        await asked(client, url)


async def test_what_cannot_be_asked_is_refused() -> None:
    async with Client("https://gw.example", None) as client:
        with pytest.raises(LinkRefused):
            await asked(client, "https://xn--.example/")


@pytest.mark.parametrize(
    ("content_type", "ending"),
    [
        ("video/mp4", ".mp4"),
        ("Video/QuickTime; charset=x", ".mov"),
        ("image/png", ".png"),
        ("image/jpeg", ".jpg"),
        ("image/webp", ".webp"),
        ("application/octet-stream", None),
        ("../../etc", None),
        ("", None),
    ],
)
def test_a_type_asks_for_an_ending(content_type: str, ending: str | None) -> None:
    assert RemoteFile(content_type=content_type).extension == ending


@pytest.mark.parametrize(
    ("etag", "modified", "date", "validator"),
    [
        ('"a"', "", "", '"a"'),
        ('"a"', "Tue, 21 Jul 2026 02:13:20 GMT", "Tue, 21 Jul 2026 02:13:21 GMT", '"a"'),
        ('W/"a"', "Tue, 21 Jul 2026 02:13:20 GMT", "Tue, 21 Jul 2026 02:13:21 GMT", "modified"),
        ("", "Tue, 21 Jul 2026 02:13:20 GMT", "Tue, 21 Jul 2026 02:13:20 GMT", ""),
        ("", "Tue, 21 Jul 2026 02:13:20 GMT", "", ""),
        ('W/"a"', "", "", ""),
        ('"a" "b"', "", "", ""),
    ],
)
def test_only_what_tells_changes_apart_is_asked_by(
    etag: str, modified: str, date: str, validator: str
) -> None:
    headers = {"ETag": etag, "Last-Modified": modified, "Date": date}
    remote = RemoteFile.of(httpx.Response(200, headers=headers))
    assert remote.validator == validator.replace("modified", modified)


@given(st.lists(HEADER, min_size=6, max_size=6), st.sampled_from([200, 206, 416]))
@example(["5\x1f"] * 6, 200)
def test_no_header_is_too_odd(texts: list[str], status: int) -> None:
    names = (
        "Content-Length",
        "Content-Range",
        "ETag",
        "Last-Modified",
        "Date",
        "x-tos-hash-crc64ecma",
    )
    headers = [(n.encode(), t.encode("latin-1")) for n, t in zip(names, texts, strict=True)]
    remote = RemoteFile.of(httpx.Response(status, headers=headers))
    known = RemoteFile.from_json(remote.to_json())
    assert known.validator == remote.validator
    assert remote.may_be(known)
    httpx.Headers({"If-Range": remote.validator}).raw  # noqa: B018 -- it can be sent


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(),
        lambda inner: (
            st.lists(inner)
            | st.dictionaries(st.sampled_from(["total", "etag", "crc64", "modified"]), inner)
        ),
    )
)
def test_no_validator_on_the_disk_is_too_odd(data: JSON) -> None:
    httpx.Headers({"If-Range": RemoteFile.from_json(data).validator}).raw  # noqa: B018
