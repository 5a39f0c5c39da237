"""One picture of two: left and right of a line, or what they differ in."""

from __future__ import annotations

from collections.abc import Sequence

from ....core.media.images import difference, scaled
from ....core.media.picture import Picture
from ._stage import Mode, StageState

AMPLIFIED = 4
"""How many times a difference is made brighter: else it would be black to the eye."""
_BRIGHTER = bytes(min(255, AMPLIFIED * level) for level in range(256))
_LINE = b"\xff\xff\xff"


def joined(stage: StageState, pictures: Sequence[Picture | None]) -> Picture | None:
    """Return what the mode makes of both; None in other modes, and where one is missing."""
    if stage.mode not in (Mode.SLIDER, Mode.DIFFERENCE) or len(pictures) < 2:
        return None
    first, second = (pictures[index] for index in stage.order)
    if first is None or second is None:
        return None
    if first.size != second.size:
        first = scaled(first, second.size)
    if stage.mode is Mode.SLIDER:
        return slid(first, second, stage.split)
    apart = difference(first, second)
    return Picture(apart.width, apart.height, apart.rgb.translate(_BRIGHTER))


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
