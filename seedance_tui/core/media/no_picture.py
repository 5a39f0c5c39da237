"""Why there is no picture: a closed list, each with its sentence."""

from __future__ import annotations

from enum import StrEnum

from ...api.errors import (
    ApiError,
    LinkExpired,
    LinkRefused,
    NoLink,
    NotAVideo,
    NotThere,
    WrongLength,
)
from ..model.codes import Code, Exit
from ..model.outcomes import Problem, phrase
from ..text.i18n import N_, _
from .preview import add_preview_sentence


class Obstacle(StrEnum):
    """What is in the way of a picture."""

    NO_PREVIEW = "no_preview"
    NO_FILE = "no_file"
    NO_LINK = "no_link"
    EXPIRED = "expired"
    UNREACHABLE = "unreachable"
    NOT_A_VIDEO = "not_a_video"
    TRUNCATED = "truncated"
    ENCRYPTED = "encrypted"
    NO_PICTURES = "no_pictures"
    TOO_LARGE = "too_large"
    BROKEN = "broken"
    OUT_OF_BUDGET = "out_of_budget"


_SENTENCES = {
    Obstacle.NO_FILE: N_("The file cannot be read."),
    Obstacle.NO_LINK: N_("There is no link to it."),
    Obstacle.EXPIRED: N_("The link has expired."),
    Obstacle.UNREACHABLE: N_("The file cannot be fetched now."),
    Obstacle.NOT_A_VIDEO: N_("This is not a video."),
    Obstacle.TRUNCATED: N_("The file ends too early."),
    Obstacle.ENCRYPTED: N_("The video is encrypted."),
    Obstacle.NO_PICTURES: N_("There are no pictures in it."),
    Obstacle.TOO_LARGE: N_("Its pictures are too large to be shown here."),
    Obstacle.BROKEN: N_("The file is damaged."),
    Obstacle.OUT_OF_BUDGET: N_("That takes too much of the file: save it first."),
}
_CODES = {
    Obstacle.NO_PREVIEW: (Code.SETUP, Exit.OTHER),
    Obstacle.NO_FILE: (Code.DISK, Exit.DISK),
    Obstacle.NO_LINK: (Code.LINK_MISSING, Exit.DISK),
    Obstacle.EXPIRED: (Code.LINK_EXPIRED, Exit.EXPIRED),
    Obstacle.UNREACHABLE: (Code.UNREACHABLE, Exit.NETWORK),
    Obstacle.TRUNCATED: (Code.INCOMPLETE, Exit.DISK),
}
_OF_ERRORS: tuple[tuple[type[ApiError], Obstacle], ...] = (
    (LinkExpired, Obstacle.EXPIRED),
    (NotAVideo, Obstacle.NOT_A_VIDEO),
    (WrongLength, Obstacle.TRUNCATED),
    (NoLink, Obstacle.NO_LINK),
    (LinkRefused, Obstacle.NO_LINK),
    (NotThere, Obstacle.NO_LINK),
)


class NoPicture(Exception):
    """There is no picture, for the reason `why`; `problem` where a server gave it."""

    def __init__(self, why: Obstacle, problem: Problem | None = None) -> None:
        super().__init__(why.value)
        self.why = why
        self.problem = problem

    @classmethod
    def of(cls, error: ApiError) -> NoPicture:
        """Tell what an error of the network means for a picture."""
        found = (why for kind, why in _OF_ERRORS if isinstance(error, kind))
        return cls(next(found, Obstacle.UNREACHABLE), Problem.of(error, 0.0))

    @property
    def sentence(self) -> str:
        """What is said in the picture's place."""
        if self.why is Obstacle.NO_PREVIEW:
            return add_preview_sentence()
        says_more = self.problem and self.why in (Obstacle.UNREACHABLE, Obstacle.NO_LINK)
        return phrase(self.problem) if self.problem and says_more else _(_SENTENCES[self.why])

    def __str__(self) -> str:
        return self.sentence

    @property
    def code(self) -> Code:
        """The name by which scripts know it."""
        return self.problem.spec.code if self.problem else self._usual[0]

    @property
    def exit(self) -> Exit:
        """The exit status of a command that it ends."""
        return self.problem.spec.exit if self.problem else self._usual[1]

    @property
    def _usual(self) -> tuple[Code, Exit]:
        return _CODES.get(self.why, (Code.NOT_A_VIDEO, Exit.DISK))
