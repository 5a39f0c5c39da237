"""Shows one scene after the other, each as a whole."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, cast

from ...widgets.picture_view import Finish
from ._layout import PlanLayout
from ._scene import StageScene
from ._side_view import SideView
from ._stage_pane import StagePane

if TYPE_CHECKING:
    from textual.worker import WorkType


class Scenery:
    """Shows scenes on a screen: what is seen stays until all pictures of the next are drawn."""

    def __init__(self, screen: StagePane) -> None:
        self._screen = screen
        self._layout = PlanLayout(screen)
        self._wanted: StageScene | None = None
        """What is seen, or is being drawn."""
        self.is_filled = asyncio.Event()
        """Set once a picture is seen, or why there is none."""

    def show(self, scene: StageScene) -> None:
        """Show another scene, once it is drawn."""
        if scene == self._wanted:
            return
        self._wanted = scene
        self._screen.workers.cancel_group(self._screen, "scene")
        views = list(self._screen.query(SideView))
        if all(side.has(place) for side, place in zip(views, scene.places, strict=False)):
            self._change(views, scene)
        else:
            draw = partial(self._draw, views, scene)
            self._screen.run_worker(cast("WorkType[None]", draw), group="scene")

    def forget(self) -> None:
        """Lay the next scene out anew, whichever it is."""
        self._wanted = None
        self._layout.forget()

    async def _draw(self, views: Sequence[SideView], scene: StageScene) -> None:
        pairs = zip(views, scene.places, strict=False)
        drawn = await asyncio.gather(*(side.draw(place) for side, place in pairs))
        if self._screen.is_here and self._screen.shows_pictures:
            self._change(views, scene, drawn)

    def _change(
        self,
        views: Sequence[SideView],
        scene: StageScene,
        drawn: Sequence[Finish | None] = (None, None),
    ) -> None:
        """Change layout, words and pictures, all of it between two frames."""
        self._layout.make(scene.plan, len(scene.places))
        for side, place, finish in zip(views, scene.places, drawn, strict=False):
            side.show(place, finish)
        if any(place.picture or place.words for place in scene.places):
            self.is_filled.set()
