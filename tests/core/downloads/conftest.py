"""A demo gateway without tasks, a clock that is set by hand, and the settings of a session."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from seedance_tui.api.key import ApiKey
from seedance_tui.core.config import Config
from seedance_tui.demo import Demo, ManualClock


@pytest.fixture
def clock() -> ManualClock:
    return ManualClock()


@pytest.fixture
async def demo(clock: ManualClock) -> AsyncIterator[Demo]:
    async with Demo(clock=clock, scenario=()) as demo:
        yield demo


@pytest.fixture
def config(tmp_path: Path, demo: Demo) -> Config:
    return Config(
        base_url=demo.url,
        config=tmp_path / "config.toml",
        watchlist=tmp_path / "watchlist.toml",
        history=tmp_path / "history.db",
        download_dir=tmp_path / "videos",
        key=ApiKey(demo.key),
    )
