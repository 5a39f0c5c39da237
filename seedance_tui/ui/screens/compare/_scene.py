"""All that changes at once: the plan of the screen, and in each place a caption and a picture."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ....core.media.picture import Picture
from ...drawing.spans import Line
from . import _words
from ._plan import StagePlan
from ._projector import Projector
from ._stage import Mode


@dataclass(frozen=True, slots=True)
class Captioned:
    """A picture with the line above it; `words` stand where there is no picture."""

    caption: Line
    picture: Picture | None
    words: str


@dataclass(frozen=True, slots=True)
class StageScene:
    """What is seen of the videos at one time."""

    plan: StagePlan
    places: tuple[Captioned, ...]


def scene(plan: StagePlan, projector: Projector, names: Sequence[str]) -> StageScene:
    """Return the scene of what was decoded last, with a name for each side."""
    stage = projector.seen
    if len(names) > 1 and stage.mode in (Mode.SLIDER, Mode.DIFFERENCE):
        first, second = (names[index] for index in stage.order)
        joint = projector.joint
        caption = _words.joint_caption((first, second), stage.mode, joint.amplified, plan)
        words = _words.in_their_place(projector.shots)
        return StageScene(plan, (Captioned(caption, joint.picture, words),))
    shown = stage.order[: stage.places(len(names))]
    return StageScene(plan, tuple(_place(plan, projector, index, names[index]) for index in shown))


def _place(plan: StagePlan, projector: Projector, index: int, name: str) -> Captioned:
    shot = projector.shots[index]
    caption = _words.caption(name, projector.clips[index], plan)
    return Captioned(caption, shot.picture, _words.in_its_place(shot))
