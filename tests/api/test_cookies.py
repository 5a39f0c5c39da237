"""No client keeps a cookie: what a server sets is never sent, and keeps nobody from asking."""

import asyncio
from pathlib import Path

import pytest

from seedance_tui.api.client import Client
from seedance_tui.api.key import ApiKey
from seedance_tui.api.links import Kind, link_of
from seedance_tui.api.transfer._cancel import CancelToken
from seedance_tui.api.transfer.download import download
from seedance_tui.api.transfer.retries import Retries
from seedance_tui.demo import EVERY, Demo, DemoTask
from seedance_tui.demo.faults import Raw

COOKIES = [
    b"session=plain; Path=/",
    b"session=\xff\xfe; Path=/",
    "session=茶; Path=/".encode(),
    b"session=x; Domain=127.0.0.1; Max-Age=99999999",
    b"=\x00\x01; ;;",
]


@pytest.mark.parametrize("cookie", COOKIES)
async def test_an_answers_cookie_is_not_sent_with_the_next_question(
    demo: Demo, done: DemoTask, cookie: bytes
) -> None:
    refusal = b"HTTP/1.1 500 x\r\nSet-Cookie: " + cookie + b"\r\nContent-Length: 0\r\n\r\n"
    demo.gateway.faults.push(done.id, Raw(refusal))
    async with Client(demo.url, ApiKey(demo.key)) as client:
        with pytest.raises(Exception, match=r"500|HTTP|has a fault|RemoteProtocolError|header"):
            await client.task(done.id)
        assert (await client.task(done.id)).id == done.id
    assert all("cookie" not in request.headers for request in demo.gateway.requests)


async def test_nor_is_a_stores(demo: Demo, done: DemoTask, tmp_path: Path) -> None:
    async with Client(demo.url, ApiKey(demo.key)) as client:
        link = link_of(await client.task(done.id), Kind.RESULT)
        assert link
        cut = b"HTTP/1.1 503 x\r\nSet-Cookie: a=\xff\r\nContent-Length: 0\r\n\r\n"
        demo.store.faults.push(EVERY, Raw(cut))

        def save() -> None:
            retries = Retries(most=3, first=0)
            target = tmp_path / "a.mp4"
            download(client.files, link.url, target, CancelToken(), video=True, retries=retries)

        await asyncio.to_thread(save)
    assert (tmp_path / "a.mp4").exists()
    assert all("cookie" not in request.headers for request in demo.store.requests)
