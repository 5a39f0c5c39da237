"""Files are saved so many at once, and whatever happens ends in a state."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import aclosing
from pathlib import Path

import pytest

from seedance_tui.api import download as api_download
from seedance_tui.api.errors import DiskError, LinkDead, TimedOut
from seedance_tui.api.links import Kind, Link
from seedance_tui.core.downloads import Downloads
from seedance_tui.core.entry import Entry, FileState, NotSaved, Saved, Saving

LINK = Link(Kind.RESULT, "https://store.example/v.mp4?sig=x", 2000.0)


class Client:
    clock_skew = 0.0


@pytest.fixture
def entry(watched) -> Entry:
    return Entry(watched("a"))


@pytest.fixture
def store_sends(monkeypatch: pytest.MonkeyPatch) -> Callable[..., list[str]]:
    """Make every download take these steps; an exception among them is raised.

    Returns the list of the links whose download has begun.
    """

    def sends(*steps: object) -> list[str]:
        begun: list[str] = []

        async def download(client, url, target, *, video=True) -> AsyncIterator[object]:
            begun.append(url)
            for step in steps:
                if isinstance(step, asyncio.Event):
                    await step.wait()
                elif isinstance(step, Exception):
                    raise step
                else:
                    yield api_download.Progress(int(str(step)), 10)

        monkeypatch.setattr(api_download, "download", download)
        return begun

    return sends


async def states(downloads: Downloads, entry: Entry, link: Link = LINK) -> list[FileState]:
    async with aclosing(downloads.save(Client(), entry, link)) as steps:
        return [state async for state in steps]


async def test_a_file_is_told_as_its_progress_and_its_path(
    tmp_path: Path, clock, entry, store_sends
):
    store_sends(5, 10)
    downloads = Downloads(tmp_path, clock=clock)
    assert await states(downloads, entry) == [
        Saving(),
        Saving(5, 10),
        Saving(10, 10),
        Saved(tmp_path / "a.mp4"),
    ]


@pytest.mark.parametrize("error", [DiskError("full"), LinkDead("gone"), TimedOut()])
async def test_a_failure_is_a_state(tmp_path: Path, clock, entry, store_sends, error):
    store_sends(5, error)
    last = (await states(Downloads(tmp_path, clock=clock), entry))[-1]
    assert isinstance(last, NotSaved)
    assert last.problem.kind is type(error)
    assert last.problem.at == 1000.0


async def test_a_video_that_is_there_already_is_saved(tmp_path: Path, clock, entry, store_sends):
    store_sends(FileExistsError("a.mp4"))
    (tmp_path / "a.mp4").write_bytes(b"\0\0\0\x18ftypisom")
    assert (await states(Downloads(tmp_path, clock=clock), entry))[-1] == Saved(tmp_path / "a.mp4")


@pytest.mark.parametrize("content", [b"", b"my notes, no video"])
async def test_another_file_of_that_name_is_kept_and_not_called_saved(
    tmp_path: Path, clock, entry, store_sends, content
):
    store_sends(FileExistsError("a.mp4"))
    (tmp_path / "a.mp4").write_bytes(content)
    last = (await states(Downloads(tmp_path, clock=clock), entry))[-1]
    assert isinstance(last, NotSaved)
    assert last.problem.kind is DiskError
    assert (tmp_path / "a.mp4").read_bytes() == content


async def test_a_dead_link_is_not_asked_for(tmp_path: Path, clock, entry, store_sends):
    store_sends(AssertionError("asked"))
    clock.turn(1000)
    last = (await states(Downloads(tmp_path, clock=clock), entry))[-1]
    assert isinstance(last, NotSaved)
    assert last.problem.kind is LinkDead


async def test_the_deadline_is_read_on_the_servers_clock(tmp_path: Path, clock, entry, store_sends):
    store_sends(AssertionError("asked"))
    client = Client()
    client.clock_skew = 1000.0
    async with aclosing(Downloads(tmp_path, clock=clock).save(client, entry, LINK)) as steps:
        assert isinstance([state async for state in steps][-1], NotSaved)


async def test_no_more_run_at_once_than_allowed_and_leaving_one_frees_its_place(
    tmp_path: Path, clock, entry, store_sends
):
    gate = asyncio.Event()
    begun = store_sends(1, gate)
    downloads = Downloads(tmp_path, at_once=1, clock=clock)
    async with aclosing(downloads.save(Client(), entry, LINK)) as first:
        assert [await anext(first), await anext(first)] == [Saving(), Saving(1, 10)]
        second = asyncio.create_task(states(downloads, entry))
        for _ in range(20):
            await asyncio.sleep(0)
        assert len(begun) == 1
    gate.set()
    assert (await asyncio.wait_for(second, 5))[-1] == Saved(tmp_path / "a.mp4")
