"""The gateway and the store together, in the caller's event loop or in a thread of their own."""

import asyncio
import threading
import time
from collections.abc import Iterator
from concurrent.futures import Future
from contextlib import AsyncExitStack, contextmanager
from types import TracebackType
from typing import Self

from .clips import clip
from .clock import Clock
from .faults import EVERY, Slow
from .gateway import Gateway
from .objects import Blob
from .scenario import SCENARIO
from .store import ObjectStore
from .tasks import DemoTask, Failure


class Demo:
    """A gateway with tasks and a store with their videos: `async with Demo() as demo: demo.url`.

    The tasks' time begins when it is made. `download_rate`, in bytes a second, makes the store
    slow enough to watch a download.
    """

    def __init__(
        self,
        *,
        clock: Clock = time.time,
        key: str = "demo-key",
        scenario: tuple[DemoTask, ...] = SCENARIO,
        prefix: str = "",
        port: int = 0,
        download_rate: int | None = None,
    ) -> None:
        self.key = key
        self.store = ObjectStore(clock=clock)
        self.gateway = Gateway(self.store, key=key, clock=clock, prefix=prefix, port=port)
        self._servers = AsyncExitStack()
        if download_rate:
            self.store.faults.push(EVERY, Slow(download_rate), times=None)
        for task in scenario:
            self.add(task)

    @property
    def url(self) -> str:
        """The gateway's base URL, known once it is entered."""
        return self.gateway.url

    @property
    def tasks(self) -> tuple[DemoTask, ...]:
        """The tasks in the order they were added."""
        return tuple(self.gateway.tasks.values())

    def add(
        self, task: DemoTask, *, video: Blob | None = None, original: Blob | None = None
    ) -> DemoTask:
        """Adds a task, or replaces it, with its videos; by default the clips stand in for them."""
        self.store.put(task.original_key, original or Blob.of(clip(_clip_of(task))))
        if task.super_resolution or video:
            self.store.put(task.video_key, video or Blob.of(clip("upscaled.mp4")))
        if task.last_frame:
            frame = "take_2_last_frame.jpg" if _clip_of(task) == "take_2.mp4" else "last_frame.jpg"
            self.store.put(task.frame_key, Blob.of(clip(frame), "image/jpeg"))
        self.gateway.tasks[task.id] = task
        return task

    def set(
        self, task_id: str, status: str, *, progress: str = "", failure: Failure | None = None
    ) -> None:
        """Puts a task into a state, at this moment and for good.

        Raises KeyError for a task that is not there.
        """
        self.gateway.move(task_id, status, progress, failure)

    async def __aenter__(self) -> Self:
        async with AsyncExitStack() as stack:
            await stack.enter_async_context(self.store.server)
            await stack.enter_async_context(self.gateway.server)
            self._servers = stack.pop_all()
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        await self._servers.aclose()


def _clip_of(task: DemoTask) -> str:
    """Names the clip that upstream has made: by the ratio, the resolution, the seed."""
    if task.super_resolution:
        return "original.mp4"
    if task.ratio == "9:16":
        return "portrait.mp4"
    if task.resolution == "480p":
        return "original.mp4"
    return "take_2.mp4" if task.seed % 2 else "upscaled.mp4"


@contextmanager
def running_demo(demo: Demo | None = None) -> Iterator[Demo]:
    """Runs a demo in a thread with its own event loop for as long as the block lasts.

    Its tasks and faults may be changed from the caller's thread meanwhile.
    """
    demo = demo or Demo()
    listening: Future[tuple[asyncio.AbstractEventLoop, asyncio.Event]] = Future()
    thread = threading.Thread(target=asyncio.run, args=[_serve(demo, listening)], daemon=True)
    thread.start()
    loop, stop = listening.result()
    try:
        yield demo
    finally:
        loop.call_soon_threadsafe(stop.set)
        thread.join()


async def _serve(
    demo: Demo, listening: Future[tuple[asyncio.AbstractEventLoop, asyncio.Event]]
) -> None:
    stop = asyncio.Event()
    async with AsyncExitStack() as stack:
        try:
            await stack.enter_async_context(demo)
        except OSError as error:
            listening.set_exception(error)
            return
        listening.set_result((asyncio.get_running_loop(), stop))
        await stop.wait()
