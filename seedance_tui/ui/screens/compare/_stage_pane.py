"""The keys and the mouse that change what of the videos is looked at."""

from __future__ import annotations

from collections.abc import Sequence
from time import monotonic

from textual import on

from ...keys.compare import SEEN
from ...widgets.film_strip import FilmStrip
from ...widgets.picture_view import PictureView
from ..panes.pane import FullPane
from ._plan import TILES
from ._stage import Mode, StageState

_SECONDS, _SLIDE = 0.5, 0.05
"""How far a step goes in time, and of the slider."""
_HURRY = 0.15
"""Seconds between two steps below which pictures are coarse until one rests."""
_ON_PICTURES = frozenset(action.name for action in SEEN)


class StagePane(FullPane):
    """Has a stage; a subclass shows what is on it."""

    stage = StageState()
    _stepped_at = 0.0

    @property
    def moments(self) -> Sequence[float]:
        """When each frame is shown that steps go by, in seconds; none while none is open."""
        return ()

    @property
    def shows_pictures(self) -> bool:
        """Whether pictures are seen, and not the facts alone."""
        return False

    def on_stage(self, *, hurried: bool = False, fetches: bool = False) -> None:
        """Show what is on the stage now."""

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Leave the keys of the pictures to the facts where there are no pictures."""
        if action in _ON_PICTURES and not self.shows_pictures:
            return False
        return super().check_action(action, parameters)

    def action_seek(self, steps: int) -> None:
        """Go on in time, or back."""
        self._go(self.stage.at + steps * _SECONDS)

    def action_frame(self, steps: int) -> None:
        """Go on by frames, or back."""
        if moments := self.moments:
            here = sum(at <= self.stage.at + 1e-6 for at in moments) - 1
            self._go(moments[max(0, min(len(moments) - 1, here + steps))])

    def action_edge(self, end: int) -> None:
        """Go to the first frame, or to the last."""
        if self.moments:
            self._go(self.moments[-end])

    def action_zoom(self, steps: int) -> None:
        """See a smaller part larger, or a larger one."""
        self._set(self.stage.zoomed(steps))

    def action_fit(self) -> None:
        """See the whole picture."""
        self._set(self.stage.whole())

    def action_pan(self, right: int, down: int) -> None:
        """See another part."""
        self._set(self.stage.moved(right, down))

    def action_swap(self) -> None:
        """Show each in the place of the other."""
        self._set(self.stage.swapped())

    def action_turn(self, mode: str) -> None:
        """Show both in one picture, or one alone; the second time as a pair again."""
        self._set(self.stage.turned(Mode[mode.upper()]))

    def action_slide(self, steps: int) -> None:
        """Move the line of the slider."""
        self._set(self.stage.with_split(self.stage.split + steps * _SLIDE))

    def action_fetch(self) -> None:
        """Fetch the bytes of this frame, however many they are."""
        self.on_stage(fetches=True)

    @on(FilmStrip.FramePicked)
    def _seek_tile(self, event: FilmStrip.FramePicked) -> None:
        if self.moments:
            self._go(self.moments[-1] * event.index / (TILES - 1))

    @on(PictureView.CropDragged)
    def _drag(self, event: PictureView.CropDragged) -> None:
        """Take the crop along with the mouse, or the line of the slider."""
        if self.stage.mode is Mode.SLIDER:
            self._set(self.stage.with_split(event.at))
            return
        crop = self.stage.crop
        right, down = -event.right * crop.width, -event.down * crop.height
        self._set(self.stage.cropped(crop.moved(right, down)))

    def _go(self, at: float) -> None:
        """Go to a moment; while no video is open yet, which one is the last is not known."""
        last = self.moments[-1] if self.moments else at
        self._set(self.stage.moved_to(min(at, last)))

    def _set(self, stage: StageState) -> None:
        if stage == self.stage or not self.shows_pictures:
            return
        # What is swapped or slid over is there already: in between it must not become coarse.
        is_other_part = (stage.at, stage.crop) != (self.stage.at, self.stage.crop)
        self.stage, now = stage, monotonic()
        hurried = is_other_part and now - self._stepped_at < _HURRY
        if is_other_part:
            self._stepped_at = now
        self.on_stage(hurried=hurried)
