"""One simulated task: what was ordered, and the states it passes through as time goes on."""

from dataclasses import dataclass, replace
from typing import Self

from .identifiers import file_stem

PROGRESS = {"QUEUED": "10%", "IN_PROGRESS": "50%", "SUCCESS": "100%", "FAILURE": "100%"}
NOTICED_AFTER = 4
"""Seconds that the gateway takes to notice the end of the work."""
ENHANCING = 0.35
"""The part of a super-resolved task's run that comes after upstream is done."""


@dataclass(frozen=True, slots=True)
class Stage:
    """A state and when it begins, in seconds after the gateway's start (before it: negative)."""

    at: float
    status: str
    progress: str = ""
    """As the gateway spells it; by default what goes with the status."""

    @property
    def shown_progress(self) -> str:
        """The progress that the response gives."""
        return self.progress or PROGRESS.get(self.status, "0%")


@dataclass(frozen=True, slots=True)
class Failure:
    """Why a task failed: the outer, often generic reason and the upstream error."""

    reason: str = "task failed"
    code: str = "OutputVideoSensitiveContentDetected.PolicyViolation"
    message: str = (
        "The request failed because the output video may be related to copyright restrictions."
        " Request id: 0217846003207010000000000000000000000ffffac1923a9fc42b8"
    )


@dataclass(frozen=True, slots=True)
class DemoTask:
    """A task by its ID; `steps` are in the order of time and the first one is the submission."""

    id: str
    label: str = ""
    steps: tuple[Stage, ...] = (Stage(0, "NOT_START"),)
    action: str = "generate"
    model: str = "doubao-seedance-2-0-260128"
    ratio: str = "16:9"
    resolution: str = "720p"
    duration: int = 5
    """Seconds of video."""
    seed: int = 4304
    audio: bool = True
    tokens: int = 108_900
    super_resolution: str = ""
    """The resolution after enhancement, such as `2k`; empty for a task without."""
    super_resolution_tokens: int = 0
    last_frame: bool = False
    failure: Failure = Failure()
    proxied: bool = False
    """Whether its link is the gateway's own, which needs the key, and not the store's."""
    link_life: int = 86_400
    """Seconds from the end of the work to the end of its link."""
    cycle: tuple[float, float] | None = None
    """The part of its time that a task that never ends goes through again and again."""

    @property
    def original_key(self) -> str:
        """The store's key of the video that upstream made."""
        return f"{self.model.rpartition('-')[0]}/{file_stem(self.id)}.mp4"

    @property
    def video_key(self) -> str:
        """The store's key of the result: the enhanced video if there is one."""
        if not self.super_resolution:
            return self.original_key
        return f"ultra/{file_stem(self.id)}_{self.super_resolution}.mp4"

    @property
    def frame_key(self) -> str:
        """The store's key of the last frame's picture."""
        return self.original_key.replace(".mp4", "_last_frame.jpg")

    def step(self, elapsed: float) -> Stage:
        """Finds the state that it is in, seconds after the gateway's start."""
        past = [step for step in self.steps if step.at <= elapsed]
        return past[-1] if past else self.steps[0]

    def over_again(self, elapsed: float) -> float:
        """The seconds at which it was as it is now, before it started over for the first time."""
        if self.cycle is None or elapsed < self.cycle[1]:
            return elapsed
        begin, end = self.cycle
        return begin + (elapsed - begin) % (end - begin)

    def started(self, elapsed: float) -> float | None:
        """When the work began, seconds after the gateway's start; None if it has not yet."""
        return next(
            (
                step.at
                for step in self.steps
                if step.at <= elapsed and step.status in ("IN_PROGRESS", "SUCCESS")
            ),
            None,
        )

    def moved(self, step: Stage) -> Self:
        """Gives the task as it is until the step begins, and then in that state for good."""
        past = tuple(earlier for earlier in self.steps if earlier.at <= step.at)
        return replace(self, steps=(*past, step), cycle=None)
