"""One picture of two: left and right of a line, or what they differ in."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from ....core.media.images import difference, scaled
from ....core.media.picture import Picture
from ._stage import Mode, StageState

_AMPLIFIED = (32, 16, 8, 4)
"""How many times a difference is made brighter: else it would be black to the eye."""
_TOO_BRIGHT = 0.01
"""The part of it that may become as bright as can be."""
_LINE = b"\xff\xff\xff"


class Joint(NamedTuple):
    """One picture of two, and how many times brighter it is than they differ."""

    picture: Picture | None = None
    amplified: int = 1


def joined(stage: StageState, pictures: Sequence[Picture | None]) -> Joint:
    """Return what the mode makes of both; nothing in other modes, and where one is missing."""
    if stage.mode not in (Mode.SLIDER, Mode.DIFFERENCE) or len(pictures) < 2:
        return Joint()
    first, second = (pictures[index] for index in stage.order)
    if first is None or second is None:
        return Joint()
    if first.size != second.size:
        first = scaled(first, second.size)
    if stage.mode is Mode.SLIDER:
        return Joint(slid(first, second, stage.split))
    return _amplified(difference(first, second))


def _amplified(apart: Picture) -> Joint:
    """Make it as bright as it can be seen in."""
    most = _TOO_BRIGHT * len(apart.rgb)
    fitting = (n for n in _AMPLIFIED if _brighter_than(apart.rgb, 255 // n) <= most)
    times = next(fitting, _AMPLIFIED[-1])
    brighter = bytes(min(255, times * level) for level in range(256))
    return Joint(Picture(apart.width, apart.height, apart.rgb.translate(brighter)), times)


def _brighter_than(levels: bytes, level: int) -> int:
    return len(levels.translate(None, bytes(range(level + 1))))


def slid(left: Picture, right: Picture, split: float) -> Picture:
    """Return the one left of a white line and the other right of it; both of the same size."""
    width = left.width
    at = min(width - 1, round(split * width))
    begin, end = 3 * at, 3 * (at + 1)
    rows = (
        left.rgb[row : row + begin] + _LINE + right.rgb[row + end : row + 3 * width]
        for row in range(0, len(left.rgb), 3 * width)
    )
    return Picture(width, left.height, b"".join(rows))
