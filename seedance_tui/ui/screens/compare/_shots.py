"""One moment of a video, as it is decoded for the screen."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass

from ....api.transfer.background import CancelToken
from ....core.media.clip import Clip, Cost
from ....core.media.no_picture import NoPicture, Obstacle
from ....core.media.picture import Crop, Picture, Size, fitted
from ...drawing.half_blocks import doubled

_SHARP = 1280
"""Pixels of the longer side at which sharpness is measured."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is to be seen of a video: `most` are the pixels that there is room for."""

    clip: Clip
    at: float
    crop: Crop
    most: Size
    is_coarse: bool = False
    fetches: bool = False
    """Whether bytes of a link may be fetched for it."""


@dataclass(frozen=True, slots=True)
class Shot:
    """What came of it: a picture, or why there is none; `cost` is what it takes to fetch it."""

    picture: Picture | None = None
    words: str = ""
    cost: Cost | None = None
    is_dear: bool = False
    """Whether the file had better be saved than so much of it fetched."""


def opened(clip: Clip, cancel: CancelToken) -> Clip:
    """Return a video once all is read that is asked of it between two frames; blocks."""
    with ExitStack() as until_read:
        until_read.callback(clip.close)
        if not clip.moments or clip.facts.width is None:
            raise NoPicture(Obstacle.NO_PICTURES)
        clip.index_at(0.0)
        cancel.check()
        until_read.pop_all()  # from here on whoever shows it closes it
    return clip


def shoot(wanted: Wanted, cancel: CancelToken) -> Shot:
    """Decode one frame; blocks."""
    clip = wanted.clip
    index = clip.index_at(wanted.at)
    try:
        cost = clip.cost(index)
        if not (cost.is_free or wanted.fetches):
            return Shot(cost=cost, is_dear=clip.should_be_saved(index))
        return Shot(_picture(wanted, index, cancel))
    except NoPicture as error:
        return Shot(words=error.sentence)


def shape_of(clip: Clip) -> Size:
    """Return the pixels of a video as it is displayed; those of a usual one where it is silent."""
    return clip.facts.width or 16, clip.facts.height or 9


def sharpness(few: Clip, many: Clip, at: float, crop: Crop, cancel: CancelToken) -> float | None:
    """Return how many times as sharp the second is on that crop; None where nothing tells.

    Both are measured at the same size: the variance of the Laplacian tells fine texture, and
    takes noise for it as well.
    """
    width, height = shape_of(many)
    size = fitted(width * crop.width, height * crop.height, _SHARP, _SHARP)
    try:
        one, other = (clip.sharpness(clip.index_at(at), size, crop, cancel) for clip in (few, many))
    except NoPicture:
        return None
    return other / one if one > 0 and other > 0 else None


def tile(clip: Clip, at: float, size: Size, cancel: CancelToken) -> Picture | None:
    """Return one picture of the film strip; None where it would have to be fetched."""
    index = clip.index_at(at)
    try:
        if not clip.cost(index).is_free:
            return None
        return clip.frame(index, size, cancel=cancel)
    except NoPicture:
        return None


def strip_moments(clip: Clip, count: int) -> Sequence[float]:
    """Return the moments of the film strip, in seconds, from the first frame to the last."""
    last = clip.moments[-1] if clip.moments else 0.0
    return [last * n / (count - 1) for n in range(count)]


def pixels_of(clip: Clip, crop: Crop, most: Size) -> Size:
    """Return the pixels in which a part of a video is drawn, `most` at the most."""
    width, height = shape_of(clip)
    return fitted(width * crop.width, height * crop.height, *most)


def _picture(wanted: Wanted, index: int, cancel: CancelToken) -> Picture:
    crop = wanted.crop
    across, down = pixels_of(wanted.clip, crop, wanted.most)
    if not wanted.is_coarse:
        return wanted.clip.frame(index, (across, down), crop, cancel)
    half = max(1, across // 2), max(1, down // 2)
    small = wanted.clip.frame(index, half, crop, cancel)
    return Picture(2 * small.width, 2 * small.height, doubled(small.rgb, small.width))
