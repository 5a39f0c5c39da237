"""What is fetched for a frame: its cost is known first, and too much is not fetched unasked."""

from __future__ import annotations

import asyncio
from typing import cast

import pytest

from seedance_tui.api.links import Kind
from seedance_tui.core.media.clip import Clip, Cost
from seedance_tui.core.media.facts import VideoFacts
from seedance_tui.core.media.picture import WHOLE, Crop, Picture, Size
from seedance_tui.core.media.worker import MediaWorker
from seedance_tui.core.model.entry import Entry
from seedance_tui.ui.screens.compare import _projector
from seedance_tui.ui.screens.compare._projector import Projector
from seedance_tui.ui.screens.compare._shots import Shot
from seedance_tui.ui.screens.compare._stage import StageState
from seedance_tui.ui.screens.compare._words import in_its_place
from seedance_tui.ui.screens.compare.sides import Side, VideoSource


class Link:
    """A video behind a link, of three frames, each of which takes more of it."""

    facts = VideoFacts(1000, 1280, 720, 3.0, 3)
    moments = (0.0, 1.0, 2.0)
    is_saved = False

    def __init__(self) -> None:
        self.fetched: list[int] = []

    def index_at(self, seconds: float) -> int:
        return min(2, int(seconds))

    def cost(self, index: int) -> Cost:
        return Cost(0 if index in self.fetched else 300_000 * index, 900_000)

    def should_be_saved(self, index: int = 0) -> bool:
        return index == 2

    def frame(self, index: int, size: Size, crop: Crop = WHOLE, cancel: object = None) -> Picture:
        self.fetched.append(index)
        return Picture(*size, bytes(3 * size[0] * size[1]))


class Source:
    def __init__(self) -> None:
        self.worker = MediaWorker()


@pytest.fixture(autouse=True)
def _soon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_projector, "_BEFORE_FETCHING", 0.0)
    monkeypatch.setattr(_projector, "_REST", 0.0)


def projector(link: Link, seen: list[Shot]) -> Projector:
    side = Side(lambda: cast("Entry", None), Kind.RESULT, "Result")
    made: list[Projector] = []

    def changed() -> None:
        seen.append(made[0].shots[0])

    made.append(Projector(cast("VideoSource", Source()), [side], changed))
    made[0].clips = [cast("Clip", link)]
    return made[0]


async def test_what_a_frame_takes_is_said_before_it_is_fetched() -> None:
    link, seen = Link(), list[Shot]()
    await projector(link, seen).draw(StageState(at=1.0), (16, 18), (0, 0))
    assert seen[0].cost == Cost(300_000, 900_000)
    assert in_its_place(seen[0]) == "This frame: 300 kB of 900 kB."
    assert seen[-1].picture
    assert link.fetched == [1]


async def test_past_half_of_the_file_nothing_is_fetched_unless_it_is_asked_for() -> None:
    link, seen = Link(), list[Shot]()
    made = projector(link, seen)
    await made.draw(StageState(at=2.0), (16, 18), (0, 0))
    assert link.fetched == []
    assert "d saves the file" in in_its_place(seen[-1])
    await made.draw(StageState(at=2.0), (16, 18), (0, 0), fetches=True)
    assert link.fetched == [2]


async def test_a_frame_that_was_left_before_its_turn_is_not_fetched() -> None:
    link, seen = Link(), list[Shot]()
    drawing = asyncio.ensure_future(
        projector(link, seen).draw(StageState(at=1.0), (16, 18), (0, 0), hurried=True)
    )
    await asyncio.sleep(0)
    drawing.cancel()
    with pytest.raises(asyncio.CancelledError):
        await drawing
    assert link.fetched == []


async def test_in_haste_a_picture_is_coarse_first() -> None:
    link, seen = Link(), list[Shot]()
    await projector(link, seen).draw(StageState(), (16, 18), (0, 0), hurried=True)
    sizes = [shot.picture.size for shot in seen if shot.picture]
    assert sizes[0] == (16, 8)
    assert sizes[-1] == (16, 9)
