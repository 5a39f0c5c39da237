"""A long list: what stood first when it was left is shown first, and counted once all is read."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from seedance_tui.core.config import Config
from seedance_tui.core.model.watched import Watched
from seedance_tui.core.session import Session
from seedance_tui.core.settings.choices import Choices
from seedance_tui.core.watchlist.changes import Change, Step
from seedance_tui.core.watchlist.file import WatchListFile
from seedance_tui.ui.drawing.columns import Needs
from tests.ui.conftest import Monitor, Start

MOMENT = datetime(2026, 7, 21, tzinfo=UTC)
IDS = [f"asyntask_{n:032d}" for n in range(120)]
ALL = f"{len(IDS)} tasks"


@pytest.fixture
def long_list(config: Config, monkeypatch: pytest.MonkeyPatch) -> Config:
    """The settings of who watches what counts as many tasks, and asks none of them again soon."""
    monkeypatch.setattr("seedance_tui.ui.screens.main.listing_actions._LONG", 100)
    steps = (Step(n, None, Watched(i, MOMENT, f"take {n}")) for n, i in enumerate(IDS))
    WatchListFile(config.watchlist).apply(Change(tuple(steps)))
    return replace(config, interval=600.0)


@pytest.fixture
def gate(monkeypatch: pytest.MonkeyPatch) -> asyncio.Event:
    """Until it is set nothing but the first rows is read."""
    event, load = asyncio.Event(), Session.load

    async def held(self: Session, only: Sequence[str] = ()) -> object:
        if not only:
            await event.wait()
        return await load(self, only)

    monkeypatch.setattr(Session, "load", held)
    return event


def remember(settings: Config, ids: Sequence[str]) -> None:
    Choices.beside(settings.watchlist).save(first_rows=" ".join(ids))


def choices_of(settings: Config) -> Choices:
    choices = Choices.beside(settings.watchlist)
    choices.load()
    return choices


def kept(settings: Config) -> list[str]:
    return choices_of(settings).first_rows.split()


def ids_of(monitor: Monitor) -> list[str]:
    return [entry.id for entry in monitor.list.entries]


def watched(path: Path) -> list[str]:
    return [one.id for one in WatchListFile(path).load().watched]


async def test_they_stand_before_the_whole_list_is_read_and_nothing_is_counted_yet(
    start: Start, long_list: Config, gate: asyncio.Event
) -> None:
    remember(long_list, IDS[:60])
    async with start(settings=long_list, watched=False, loaded=False) as monitor:
        await monitor.until(lambda: monitor.list.entries)
        await monitor.settled()
        assert ids_of(monitor) == IDS[:60]
        assert "reading the list…" in monitor.text("#status")
        assert "60" not in monitor.text("#status") + monitor.text("#tabs")
        gate.set()
        await monitor.until(lambda: ALL in monitor.text("#status"))
        assert ids_of(monitor) == IDS


async def test_what_is_removed_meanwhile_is_removed_and_no_other(
    start: Start, long_list: Config, gate: asyncio.Event
) -> None:
    remember(long_list, IDS[:60])
    async with start(settings=long_list, watched=False, loaded=False) as monitor:
        await monitor.until(lambda: monitor.list.entries)
        await monitor.press("down", "x")
        await monitor.until(lambda: IDS[1] not in ids_of(monitor))
        gate.set()
        await monitor.until(lambda: len(monitor.list.entries) == len(IDS) - 1)
    assert watched(long_list.watchlist) == [IDS[0], *IDS[2:]]


async def test_they_are_noted_once_all_is_read_and_again_when_it_is_left(
    start: Start, long_list: Config
) -> None:
    async with start(settings=long_list, watched=False) as monitor:
        await monitor.until(lambda: kept(long_list) == IDS[:60])
        await monitor.press("S")
        first = ids_of(monitor)[:60]
        assert first != IDS[:60]
    assert kept(long_list) == first


async def test_a_short_list_needs_none(start: Start, config: Config) -> None:
    remember(config, IDS[:60])
    async with start():
        pass
    assert kept(config) == []


async def test_those_that_are_gone_from_the_list_are_not_shown(
    start: Start, long_list: Config, gate: asyncio.Event
) -> None:
    remember(long_list, ["asyntask_gone", "no-id", *IDS[5:8]])
    async with start(settings=long_list, watched=False, loaded=False) as monitor:
        await monitor.until(lambda: monitor.list.entries)
        assert ids_of(monitor) == IDS[5:8]
        gate.set()
        await monitor.until(lambda: ids_of(monitor) == IDS)


async def test_the_columns_begin_as_wide_as_they_will_be(
    start: Start, long_list: Config, gate: asyncio.Event
) -> None:
    gate.set()
    async with start(settings=long_list, watched=False) as monitor:
        await monitor.until(lambda: choices_of(long_list).status_cells)
        asked = monitor.list.needs
        assert asked != Needs()
    gate.clear()
    async with start(settings=long_list, watched=False, loaded=False) as monitor:
        assert monitor.list.needs == asked
        await monitor.until(lambda: monitor.list.entries)
        assert monitor.list.needs == asked
        gate.set()
        await monitor.until(lambda: ALL in monitor.text("#status"))
        assert monitor.list.needs == asked


async def test_widths_that_are_no_widths_harm_nothing(start: Start, long_list: Config) -> None:
    Choices.beside(long_list.watchlist).save(
        name_cells=-9, status_cells=10**9, idle_columns="no,column"
    )
    async with start(settings=long_list, watched=False) as monitor:
        assert ALL in monitor.text("#status")
        assert "STATUS" in monitor.text("#heads")
