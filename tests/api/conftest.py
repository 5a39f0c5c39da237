"""A gateway and a store on real sockets, and a client for them."""

from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path

import httpx
import pytest

from seedance_tui.api.client import Client
from seedance_tui.api.download import Progress, Retries, download, part_of
from seedance_tui.api.errors import ApiError
from seedance_tui.api.key import ApiKey
from seedance_tui.api.links import Kind, link_of
from seedance_tui.demo import Blob, Demo, DemoTask, ManualClock, Step

_DONE = (Step(-400, "NOT_START"), Step(-390, "IN_PROGRESS"), Step(-100, "SUCCESS"))
_SIZE = 3 * 1024 * 1024 + 12_345


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


@pytest.fixture
async def url(client: Client, done: DemoTask) -> str:
    """A link of the store."""
    link = link_of(await client.task(done.id), Kind.RESULT)
    assert link
    return link.url


@pytest.fixture
def target(tmp_path: Path) -> Path:
    return tmp_path / "videos" / "视频.mp4"


@pytest.fixture
def part(target: Path) -> Path:
    return part_of(target)


@pytest.fixture
def validator(target: Path) -> Path:
    return target.with_name(f"{target.name}.part.json")


@pytest.fixture
def save(client: Client, url: str, target: Path) -> Callable[..., Awaitable[list[Progress]]]:
    """Saves a file, tries three times without waiting, and tells how it went."""

    async def save(
        url: str = url, target: Path = target, client: Client = client, *, video: bool = True
    ) -> list[Progress]:
        retries = Retries(most=3, first=0)
        steps = download(client, url, target, video=video, retries=retries)
        return [progress async for progress in steps]

    return save


@pytest.fixture
def failure(
    save: Callable[..., Awaitable[list[Progress]]],
) -> Callable[..., Awaitable[ApiError]]:
    """Fails to save a file, and tells why."""

    async def failure(*args: object, **kwargs: object) -> ApiError:
        with pytest.raises(ApiError) as caught:
            await save(*args, **kwargs)
        return caught.value

    return failure
