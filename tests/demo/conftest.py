"""A demo on sockets of its own, whose clock only the test turns."""

from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest

from seedance_tui.demo import Demo, ManualClock


@pytest.fixture
def clock() -> ManualClock:
    return ManualClock()


@pytest.fixture
async def demo(clock: ManualClock) -> AsyncIterator[Demo]:
    async with Demo(clock=clock) as demo:
        yield demo


@pytest.fixture
async def web() -> AsyncIterator[httpx.AsyncClient]:
    """A client without a key, that asks no proxy of the machine."""
    # Reading the machine's certificates would take longer than the test.
    async with httpx.AsyncClient(trust_env=False, verify=False, timeout=5) as client:
        yield client


class Api:
    """Asks the gateway with the demo's key."""

    def __init__(self, demo: Demo, web: httpx.AsyncClient) -> None:
        self._demo = demo
        self._web = web
        self.headers = {"Authorization": f"Bearer {demo.key}"}

    async def query(self, task_id: str) -> httpx.Response:
        url = f"{self._demo.url}/v1/video/generations/{task_id}"
        return await self._web.get(url, headers=self.headers)

    async def data(self, task_id: str) -> dict[str, Any]:
        data: dict[str, Any] = (await self.query(task_id)).json()["data"]
        return data


@pytest.fixture
def api(demo: Demo, web: httpx.AsyncClient) -> Api:
    return Api(demo, web)
