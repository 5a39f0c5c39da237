"""Opens the videos and decodes what the stage shows, in the one thread that makes pictures."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from pathlib import Path
from typing import TypeVar

from ....api.transfer.background import CancelToken
from ....core.media.clip import Clip
from ....core.media.no_picture import NoPicture
from ....core.media.picture import Picture, Size, fitted
from ._joined import Joint, joined
from ._plan import TILES
from ._shots import Shot, Wanted, pixels_of, shape_of, sharpness, shoot, strip_moments, tile
from ._stage import StageState
from .sides import Side, VideoSource

T = TypeVar("T")

_REST, _BEFORE_FETCHING = 0.15, 0.6
"""Seconds without a key after which pictures are fine again, and bytes are fetched for them."""


class Projector:
    """Its attributes are what there is to be seen; `changed` is called when one has changed."""

    def __init__(
        self, source: VideoSource, sides: Sequence[Side], changed: Callable[[], None]
    ) -> None:
        self._source = source
        self._sides = sides
        self._changed = changed
        self._opened: list[Path | str | None] = [None] * len(sides)
        self.clips: list[Clip | None] = [None] * len(sides)
        self.shots: list[Shot] = [Shot()] * len(sides)
        self.seen = StageState()
        """What the shots and the joint picture are of: what is wanted may be another by now."""
        self.joint = Joint()
        """What the slider or the difference makes of both."""
        self.sharper: float | None = None
        """How many times as sharp the last side is as the first."""
        self.tiles: tuple[Picture | None, ...] = (None,) * TILES

    @property
    def main(self) -> Clip | None:
        """The video that frames are counted in: the last one that is open."""
        return next((clip for clip in reversed(self.clips) if clip), None)

    @property
    def open_sides(self) -> list[tuple[Side, Clip]]:
        """Each side with its video, as far as it is open."""
        return [(s, clip) for s, clip in zip(self._sides, self.clips, strict=True) if clip]

    async def run(self, work: Callable[[CancelToken], T]) -> T:
        """Do something with the videos, where nothing else is done with them at that time."""
        return await self._source.worker.run(work)

    def is_news(self) -> bool:
        """Whether a video has to be opened: at first, and again once its file is saved."""
        return self._opened != [side.path or side.kind for side in self._sides]

    async def open(self) -> None:
        """Open what is not open yet; what cannot be is said in its place."""
        for index, side in enumerate(self._sides):
            now = side.path or side.kind
            if self._opened[index] == now:
                continue
            self._opened[index] = now
            try:
                clip = await self._source.clip(side)
            except NoPicture as error:
                await self._close([index])
                self.shots[index] = Shot(words=error.sentence)
            else:
                await self._close([index])
                self.clips[index] = clip
                self.tiles = (None,) * TILES
            self._changed()

    async def draw(
        self,
        stage: StageState,
        most: Size,
        strip: Size,
        *,
        hurried: bool = False,
        fetches: bool = False,
    ) -> None:
        """Decode what the stage shows, `most` pixels each; coarse at first where it is hurried.

        Then, as long as nothing else is wanted, all that is of use beside it.
        """
        if self.seen != stage and not stage.needs_other_pictures(self.seen):
            self.seen = stage
            self._changed()
        if hurried:
            await self._shoot(stage, most, is_coarse=True)
            await asyncio.sleep(_REST)
        await self._shoot(stage, most, fetches=fetches)
        if self._can_fetch():
            await asyncio.sleep(_BEFORE_FETCHING)
            await self._shoot(stage, most, fetches=True)
        await self._measure(stage)
        if min(strip) > 0:
            await self._fill_strip(strip)
        await self._prepare(stage, most)

    async def close(self) -> None:
        """Let go of the files, once nothing is decoded from them any more."""
        await self._close(range(len(self.clips)))

    async def _shoot(
        self, stage: StageState, most: Size, *, is_coarse: bool = False, fetches: bool = False
    ) -> None:
        wanted = [
            Wanted(clip, stage.at, stage.crop, most, is_coarse, fetches) if clip else None
            for clip in self.clips
        ]

        def work(cancel: CancelToken) -> tuple[list[Shot | None], Joint]:
            shots = [shoot(one, cancel) if one else None for one in wanted]
            return shots, joined(stage, [shot.picture if shot else None for shot in shots])

        shots, self.joint = await self._source.worker.run(work)
        self.shots = [new or old for new, old in zip(shots, self.shots, strict=True)]
        if (stage.at, stage.crop) != (self.seen.at, self.seen.crop):
            self.sharper = None
        self.seen = stage
        self._changed()

    def _can_fetch(self) -> bool:
        """Whether a frame is missing that is worth its bytes."""
        missing = [shot for shot in self.shots if shot.cost]
        return bool(missing) and not any(shot.is_dear for shot in missing)

    async def _measure(self, stage: StageState) -> None:
        """Compare how sharp two videos of one task are: of others the scene is not the same."""
        few, many = self.clips[0], self.clips[-1]
        if few is many or len({side.entry.id for side in self._sides}) > 1:
            return
        if few and many and all(shot.picture for shot in self.shots):
            work = partial(sharpness, few, many, stage.at, stage.crop)
            self.sharper = await self._source.worker.run(work)
            self._changed()

    async def _fill_strip(self, most: Size) -> None:
        clip = self.main
        if clip is None:
            return
        size = fitted(*shape_of(clip), *most)
        for index, at in enumerate(strip_moments(clip, TILES)):
            shown = self.tiles[index]
            if shown is None or shown.size != size:
                work = partial(tile, clip, at, size)
                picture = await self._source.worker.run(work, background=True) or shown
                self.tiles = (*self.tiles[:index], picture, *self.tiles[index + 1 :])
                self._changed()

    async def _prepare(self, stage: StageState, most: Size) -> None:
        """Decode the frames that may be stepped to next."""
        for clip in filter(None, self.clips):
            if not clip.is_saved:
                continue
            work = partial(_some_more, clip, stage, most)
            while await self._source.worker.run(work, background=True):
                pass

    async def _close(self, indexes: Iterable[int]) -> None:
        gone = [clip for index in indexes if (clip := self._taken(index))]

        def work(cancel: CancelToken) -> None:
            for clip in gone:
                clip.close()

        if gone:
            await self._source.worker.run(work)

    def _taken(self, index: int) -> Clip | None:
        clip, self.clips[index] = self.clips[index], None
        return clip


def _some_more(clip: Clip, stage: StageState, most: Size, cancel: CancelToken) -> bool:
    """Decode some more frames of a saved video; whether there are more."""
    try:
        return clip.prepare(pixels_of(clip, stage.crop, most), stage.crop, cancel)
    except NoPicture:
        return False
