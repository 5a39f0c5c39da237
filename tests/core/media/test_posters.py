"""The small picture of a task: where it comes from, what of it is kept, and how much."""

from __future__ import annotations

import sys
import time
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest

from seedance_tui.api.client import Client
from seedance_tui.api.key import ApiKey
from seedance_tui.api.links import Kind
from seedance_tui.api.transfer.background import CancelToken
from seedance_tui.core.media.budget import Budget
from seedance_tui.core.media.no_picture import NoPicture, Obstacle
from seedance_tui.core.media.picture import Picture
from seedance_tui.core.media.posters import (
    FINE_SIDE,
    LONGEST_SIDE,
    Posters,
    make_poster,
    poster_key,
)
from seedance_tui.core.model.entry import Entry
from seedance_tui.core.model.file_states import Saved
from seedance_tui.core.model.outcomes import Fetched
from seedance_tui.core.model.watched import Watched
from seedance_tui.core.storage import paths
from seedance_tui.demo import Blob, Demo, DemoTask, Stage, running_demo
from tests.core.media.clips import Recipe, make, number_in

DONE = (Stage(-300, "NOT_START"), Stage(-60, "SUCCESS"))
PLAIN = DemoTask("asyntask_plain", steps=DONE)
FRAMED = DemoTask("asyntask_framed", steps=DONE, last_frame=True)


@dataclass
class World:
    """A gateway with two tasks, whose videos have numbers in them."""

    demo: Demo
    client: Client
    clip: Path
    posters: Posters

    async def entry(self, task: DemoTask, **saved: Path) -> Entry:
        entry = Entry(Watched(task.id, datetime.now(UTC)))
        entry = entry.after(Fetched(task.id, await self.client.task(task.id), time.time()))
        for kind, path in saved.items():
            entry = entry.with_file(Kind(kind), Saved(path))
        return entry

    def poster(
        self, entry: Entry, *, online: bool = True, now: float = 0, fine: bool = False
    ) -> Picture:
        return make_poster(
            entry,
            self.client if online else None,
            Budget(),
            self.posters,
            CancelToken(),
            now=now or time.time(),
            fine=fine,
        )


@pytest.fixture
async def world(tmp_path: Path) -> AsyncIterator[World]:
    clip = make(Recipe("clip", movflags="faststart"), tmp_path)
    with running_demo(Demo(scenario=())) as demo:
        for task in (PLAIN, FRAMED):
            demo.add(task, video=Blob.of(clip.read_bytes()), original=Blob.of(clip.read_bytes()))
        async with Client(demo.url, ApiKey(demo.key)) as client:
            yield World(demo, client, clip, Posters(tmp_path / "posters"))


async def test_the_last_frame_is_shown_where_there_is_a_link_to_it(world: World) -> None:
    poster = world.poster(await world.entry(FRAMED))
    assert max(poster.size) == LONGEST_SIDE
    asked = [request.path for request in world.demo.store.requests]
    assert asked and all("frame" in path or "jpg" in path for path in asked)


async def test_else_it_is_the_first_frame_of_the_video(world: World) -> None:
    assert number_in(world.poster(await world.entry(PLAIN))) == 0


async def test_a_saved_file_needs_no_network(world: World) -> None:
    entry = await world.entry(PLAIN, result=world.clip)
    assert number_in(world.poster(entry, online=False)) == 0
    assert not world.demo.store.requests


async def test_a_poster_is_made_once_and_kept_for_later_runs(world: World, tmp_path: Path) -> None:
    entry = await world.entry(PLAIN)
    made = world.poster(entry)
    asked = len(world.demo.store.requests)
    world.posters = Posters(tmp_path / "posters")
    assert world.poster(entry, online=False) == made
    assert len(world.demo.store.requests) == asked


async def test_a_fine_one_is_kept_beside_the_small_one(world: World) -> None:
    entry = await world.entry(FRAMED)
    small, fine = world.poster(entry), world.poster(entry, fine=True)
    assert (max(small.size), max(fine.size)) == (LONGEST_SIDE, FINE_SIDE)
    asked = len(world.demo.store.requests)
    assert world.poster(entry, online=False) == small
    assert world.poster(entry, online=False, fine=True) == fine
    assert len(world.demo.store.requests) == asked


async def test_why_there_is_none_is_said(world: World) -> None:
    entry = await world.entry(PLAIN)
    with pytest.raises(NoPicture) as offline:
        world.poster(entry, online=False)
    with pytest.raises(NoPicture) as late:
        world.poster(entry, now=time.time() + 10 * 86_400)
    nothing = Entry(Watched("asyntask_new", datetime.now(UTC)))
    with pytest.raises(NoPicture):
        world.poster(nothing)
    assert (offline.value.why, late.value.why) == (Obstacle.NO_LINK, Obstacle.EXPIRED)
    assert poster_key(nothing) is None
    assert not world.demo.store.requests


def test_what_was_not_seen_for_long_goes_first(tmp_path: Path) -> None:
    picture = Picture(20, 10, bytes(600))
    posters = Posters(tmp_path / "posters", most=2500)
    for number, name in enumerate("abc"):
        posters.put(name, picture)
        age(tmp_path / "posters", number)
    assert posters.get("a") == picture  # seen just now
    posters.put("d", picture)
    posters.put("e", picture)
    assert posters.get("a") == picture
    assert posters.get("b") is None
    assert sum(path.stat().st_size for path in (tmp_path / "posters").iterdir()) <= 2500


def age(folder: Path, number: int) -> None:
    """Let the newest file be of long ago."""
    import os

    newest = max(folder.iterdir(), key=lambda path: path.stat().st_mtime_ns)
    os.utime(newest, (1000 + number, 1000 + number))


@pytest.mark.skipif(sys.platform == "win32", reason="no modes there")
def test_nobody_else_looks_into_the_folder(tmp_path: Path) -> None:
    Posters(tmp_path / "posters").put("a", Picture(1, 1, bytes(3)))
    assert (tmp_path / "posters").stat().st_mode & 0o777 == 0o700


@pytest.mark.parametrize(
    "data", [b"", b"P6\n1 1\n255\n", b"P6\nx y\n255\nabc", b"P6\n9 9\n255\nabc"]
)
def test_a_damaged_file_of_the_cache_is_no_poster(tmp_path: Path, data: bytes) -> None:
    posters = Posters(tmp_path / "posters")
    posters.put("a", Picture(1, 1, bytes(3)))
    (only,) = (tmp_path / "posters").iterdir()
    only.write_bytes(data)
    assert posters.get("a") is None


def test_a_disk_that_refuses_costs_the_cache_and_no_more(tmp_path: Path) -> None:
    (tmp_path / "posters").write_text("a file is in the way")
    posters = Posters(tmp_path / "posters")
    posters.put("a", Picture(1, 1, bytes(3)))
    assert posters.get("a") is None
    Posters(None).put("a", Picture(1, 1, bytes(3)))
    assert Posters(None).get("a") is None


@pytest.mark.skipif(sys.platform == "win32", reason="XDG is not of that system")
def test_the_folder_is_where_the_system_keeps_caches(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", "/home/me")
    assert paths.posters_dir({}) == Path("/home/me/.cache/seedance-tui/posters")
    assert paths.posters_dir({"XDG_CACHE_HOME": "/c"}) == Path("/c/seedance-tui/posters")
