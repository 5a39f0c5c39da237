"""Signatures leave dead links by a clock that was confirmed, or long after; no sooner."""

from pathlib import Path
from typing import Any, cast

import pytest

from seedance_tui.api.json_values import JSON
from seedance_tui.api.key import ApiKey
from seedance_tui.api.models import Task
from seedance_tui.core.config import Config
from seedance_tui.core.history.history import History
from seedance_tui.core.session import Session

HOUR, DAY = 3600.0, 86_400.0
MADE = 1_784_600_000.0
"""When the link was made, in Unix seconds; it dies a day later."""
LINK = (
    "https://store.example/a.mp4?X-Tos-Date=20260721T021320Z&X-Tos-Expires=86400&X-Tos-Signature=c0"
)


class Gateway:
    """Is a client as far as its clock is asked for."""

    def __init__(self, clock_skew: float | None) -> None:
        self.clock_skew = clock_skew

    async def aclose(self) -> None:
        pass


def done() -> Task:
    data: JSON = {"task_id": "a", "status": "SUCCESS", "result_url": LINK}
    task = Task.from_json({"code": "success", "data": data})
    assert task
    return task


def session_at(folder: Path, now: float, *, ahead: float | None = None) -> Session:
    """A run whose own clock says `now`; the gateway's is so far ahead, None where it is silent."""
    config = Config(
        base_url="https://gate.example",
        config=folder / "config.toml",
        watchlist=folder / "watchlist.toml",
        history=folder / "history.db",
        download_dir=folder / "videos",
        key=ApiKey("sk-x"),
    )
    session = Session(config, lambda _: cast(Any, None), clock=lambda: now)
    session.client = cast(Any, Gateway(ahead))
    return session


async def runs(folder: Path, now: float, *, ahead: float | None = None) -> str:
    """Run once; return the link that is in the history afterwards."""
    session = session_at(folder, now, ahead=ahead)
    await session.load()
    await session.close()
    return kept(folder)


def kept(folder: Path) -> str:
    (known,) = History(folder / "history.db").latest()
    return known.task.result_url or ""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    History(tmp_path / "history.db").record([("a", done(), MADE)])
    return tmp_path


@pytest.mark.parametrize("ahead", [25 * HOUR, 20 * DAY, -25 * HOUR])
async def test_a_clock_that_nobody_confirmed_costs_no_signature(folder: Path, ahead: float) -> None:
    assert await runs(folder, MADE + ahead) == LINK


async def test_a_clock_that_is_wrong_costs_none_where_the_gateway_tells_the_time(
    folder: Path,
) -> None:
    assert await runs(folder, MADE + 25 * HOUR, ahead=-25 * HOUR) == LINK


@pytest.mark.parametrize(("now", "ahead"), [(25 * HOUR, 0.0), (0.0, 25 * HOUR)])
async def test_what_is_dead_by_the_gateways_clock_loses_its_signature(
    folder: Path, now: float, ahead: float
) -> None:
    assert "c0" not in await runs(folder, MADE + now, ahead=ahead)


async def test_long_after_any_clock_will_do(folder: Path) -> None:
    assert "c0" not in await runs(folder, MADE + 32 * DAY)


@pytest.mark.parametrize(("ahead", "is_kept"), [(None, True), (0.0, False)])
async def test_an_answer_that_comes_is_kept_whole_unless_its_link_is_surely_dead(
    tmp_path: Path, ahead: float | None, is_kept: bool
) -> None:
    session = session_at(tmp_path, MADE + 25 * HOUR, ahead=ahead)
    await session.load()
    session.recorder.add("a", done(), MADE + 25 * HOUR)
    await session.close()
    assert ("c0" in kept(tmp_path)) == is_kept
