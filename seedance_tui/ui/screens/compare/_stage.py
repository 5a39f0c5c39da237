"""What of the videos is looked at: the moment, the crop, and how the two stand to each other."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import Enum, auto

from ....core.media.picture import WHOLE, Crop

ZOOM, MOST_ZOOM = 1.5, 32.0
"""What a step of zooming magnifies by, and how much of it there is at the most."""
_STEP = 0.25
"""How far a step moves the crop, in parts of what is seen."""


class Mode(Enum):
    """How the two stand to each other."""

    PAIR = auto()
    ALONE = auto()
    """The first of them has all the room."""
    SLIDER = auto()
    """The first left of a line, the second right of it."""
    DIFFERENCE = auto()


@dataclass(frozen=True, slots=True)
class StageState:
    """`at` is in seconds; `split` is where the slider stands, from 0 to 1."""

    at: float = 0.0
    crop: Crop = WHOLE
    mode: Mode = Mode.PAIR
    is_swapped: bool = False
    split: float = 0.5

    @property
    def zoom(self) -> float:
        """How many times larger than the whole picture it is."""
        return 1 / self.crop.width

    @property
    def order(self) -> tuple[int, int]:
        """Which of the two stands first and which second."""
        return (1, 0) if self.is_swapped else (0, 1)

    def places(self, sides: int) -> int:
        """How many pictures are seen of so many sides."""
        return sides if self.mode is Mode.PAIR else 1

    def needs_other_pictures(self, before: StageState) -> bool:
        """Whether what was decoded for another state does not do for this one."""
        if self.mode in (Mode.SLIDER, Mode.DIFFERENCE):
            return self != before
        return replace(before, is_swapped=self.is_swapped, split=self.split) != self

    def moved_to(self, at: float) -> StageState:
        """Return it at another moment."""
        return replace(self, at=max(0.0, at))

    def zoomed(self, steps: int) -> StageState:
        """Return it larger by so many steps, or smaller."""
        wanted = max(1.0, min(MOST_ZOOM, self.zoom * ZOOM**steps))
        if wanted < 1.01:
            return self.whole()
        return self.cropped(self.crop.zoomed(wanted / self.zoom))

    def moved(self, right: float, down: float) -> StageState:
        """Return it with the crop moved by steps of a quarter of what is seen."""
        across, along = right * _STEP * self.crop.width, down * _STEP * self.crop.height
        return self.cropped(self.crop.moved(across, along))

    def cropped(self, crop: Crop) -> StageState:
        """Return it with another part of the picture."""
        return replace(self, crop=crop)

    def whole(self) -> StageState:
        """Return it with the whole picture."""
        return self.cropped(WHOLE)

    def swapped(self) -> StageState:
        """Return it with the two in each other's place."""
        return replace(self, is_swapped=not self.is_swapped)

    def turned(self, mode: Mode) -> StageState:
        """Return it in a mode; what is in that mode already stands as a pair again."""
        return replace(self, mode=Mode.PAIR if self.mode is mode else mode)

    def with_split(self, split: float) -> StageState:
        """Return it with the slider at another place."""
        return replace(self, split=max(0.0, min(1.0, split)))
