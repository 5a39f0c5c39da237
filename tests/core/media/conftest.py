"""A store that counts its bytes, a client for it, and clips behind its links."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Iterator

import pytest

from seedance_tui.api.client import Client
from seedance_tui.api.key import ApiKey
from seedance_tui.demo import Demo, running_demo
from seedance_tui.demo.objects import Blob

Linked = Callable[[bytes], str]


@pytest.fixture
def demo() -> Iterator[Demo]:
    with running_demo(Demo(scenario=())) as demo:
        yield demo


@pytest.fixture
def client(demo: Demo) -> Iterator[Client]:
    client = Client(demo.url, ApiKey(demo.key))
    yield client
    asyncio.run(client.aclose())


@pytest.fixture
def linked(demo: Demo) -> Linked:
    """Puts bytes into the store; gives the link to them."""

    def put(data: bytes, name: str = "clip.mp4") -> str:
        demo.store.put(name, Blob.of(data))
        return demo.store.link(name, time.time())

    return put


@pytest.fixture(scope="session")
def large_clip(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """A clip of some hundred blocks whose index is in front, with a key frame each 12 frames."""
    from tests.core.media.clips import Recipe, make

    options = {"g": "12", "sc_threshold": "0", "preset": "ultrafast", "crf": "28"}
    recipe = Recipe(
        "large", size=(480, 270), options=options, movflags="faststart", noise=True, frames=48
    )
    return make(recipe, tmp_path_factory.mktemp("large")).read_bytes()
