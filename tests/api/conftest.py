"""A gateway and a store on real sockets, and a client for them."""

import asyncio
import threading
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine
from pathlib import Path
from typing import Any

import httpx
import pytest

from seedance_tui.api.client import Client
from seedance_tui.api.errors import ApiError
from seedance_tui.api.key import ApiKey
from seedance_tui.api.links import Kind, link_of
from seedance_tui.api.transfer._cancel import CancelToken
from seedance_tui.api.transfer._progress import OnProgress, Progress
from seedance_tui.api.transfer.claims import part_of
from seedance_tui.api.transfer.download import download
from seedance_tui.api.transfer.retries import Retries
from seedance_tui.demo import Blob, Demo, DemoTask, ManualClock, Stage

_DONE = (Stage(-400, "NOT_START"), Stage(-390, "IN_PROGRESS"), Stage(-100, "SUCCESS"))
_SIZE = 3 * 1024 * 1024 + 12_345

Save = Callable[..., Coroutine[Any, Any, list[Progress]]]
Fail = Callable[..., Awaitable[ApiError]]


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
    for name in ("client._ANSWER_TIMEOUT", "transfer.file_client._TIMEOUT"):
        monkeypatch.setattr(f"seedance_tui.api.{name}", httpx.Timeout(0.1, connect=5))


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
def save(client: Client, url: str, target: Path) -> Save:
    """Saves a file in a thread, tries three times without waiting, and tells how it went."""

    async def save(
        url: str = url,
        target: Path = target,
        client: Client = client,
        *,
        video: bool = True,
        on_progress: OnProgress = lambda progress: None,
        cancel: CancelToken | None = None,
    ) -> list[Progress]:
        seen: list[Progress] = []

        def note(progress: Progress) -> None:
            seen.append(progress)
            on_progress(progress)

        def work() -> None:
            download(
                client.files,
                url,
                target,
                cancel or CancelToken(),
                video=video,
                retries=Retries(most=3, first=0),
                on_progress=note,
            )

        await asyncio.to_thread(work)
        return seen

    return save


class Held:
    """A download that stands still at its first report, until `go_on`."""

    def __init__(self) -> None:
        self.task: asyncio.Task[list[Progress]]
        self._reported, self._gate = threading.Event(), threading.Event()

    def __call__(self, progress: Progress) -> None:
        self._reported.set()
        assert self._gate.wait(30)

    async def begun(self) -> None:
        assert await asyncio.to_thread(self._reported.wait, 30)

    async def go_on(self) -> list[Progress]:
        self._gate.set()
        return await self.task


@pytest.fixture
async def held(save: Save) -> AsyncIterator[Held]:
    """A download that has begun, and waits."""
    held = Held()
    held.task = asyncio.create_task(save(on_progress=held))
    await held.begun()
    yield held
    await held.go_on()


@pytest.fixture
def every_report(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each piece is reported, and not five a second."""
    monkeypatch.setattr("seedance_tui.api.transfer._progress.REPORT_SECONDS", 0.0)


@pytest.fixture
def failure(save: Save) -> Fail:
    """Fails to save a file, and tells why."""

    async def failure(*args: object, **kwargs: object) -> ApiError:
        with pytest.raises(ApiError) as caught:
            await save(*args, **kwargs)
        return caught.value

    return failure
