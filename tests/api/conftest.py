"""A gateway and a store on real sockets, and a client that asks no proxy of the machine."""

import os
from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest

from seedance_tui.api.client import Client
from seedance_tui.api.key import ApiKey
from seedance_tui.demo import Blob, Demo, DemoTask, ManualClock, Step

_DONE = (Step(-400, "NOT_START"), Step(-390, "IN_PROGRESS"), Step(-100, "SUCCESS"))
_SIZE = 3 * 1024 * 1024 + 12_345


@pytest.fixture(autouse=True)
def _no_proxy_and_no_certificates(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An empty folder of certificates is read at once; the machine's take 40 ms a client."""
    for name in list(os.environ):
        if name.lower().endswith("_proxy"):
            monkeypatch.delenv(name)
    monkeypatch.delenv("SSL_CERT_FILE", raising=False)
    monkeypatch.setenv("SSL_CERT_DIR", str(tmp_path / "no certificates"))


@pytest.fixture
def clock() -> ManualClock:
    return ManualClock()


@pytest.fixture
def done() -> DemoTask:
    """A task whose video is in the store."""
    return DemoTask("asyntask_doneDONEdoneDONEdoneDONEdone0001", steps=_DONE, last_frame=True)


@pytest.fixture
def proxied() -> DemoTask:
    """A task whose video the gateway hands on."""
    return DemoTask("task_proxiedPROXIEDproxiedPROXIED0002", steps=_DONE, proxied=True)


@pytest.fixture
def blob() -> Blob:
    """The video of both tasks, of more than three buffers."""
    return Blob.virtual(_SIZE)


@pytest.fixture
def content(blob: Blob) -> bytes:
    return (blob.pattern * (blob.size // len(blob.pattern) + 1))[: blob.size]


@pytest.fixture
async def demo(
    clock: ManualClock, done: DemoTask, proxied: DemoTask, blob: Blob
) -> AsyncIterator[Demo]:
    async with Demo(clock=clock, key="sk-aVeryLongKey0123456789", scenario=()) as demo:
        demo.add(done, original=blob)
        demo.add(proxied, original=blob)
        yield demo


@pytest.fixture
async def client(demo: Demo) -> AsyncIterator[Client]:
    async with Client(demo.url, ApiKey(demo.key)) as client:
        yield client


@pytest.fixture
def hurry(monkeypatch: pytest.MonkeyPatch) -> None:
    """Clients made after it wait a tenth of a second for an answer."""
    for name in ("_ANSWER_TIMEOUT", "_FILE_TIMEOUT"):
        monkeypatch.setattr(f"seedance_tui.api.client.{name}", httpx.Timeout(0.1, connect=5))
