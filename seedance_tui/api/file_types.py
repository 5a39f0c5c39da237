"""What files are saved: their endings, the content types of a store, and what each kind is."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum, StrEnum
from typing import NamedTuple


class Medium(Enum):
    """What a file shows, with the endings that its name may have, the most usual first."""

    VIDEO = (".mp4", ".mov", ".webm", ".mkv", ".avi", ".flv", ".ts")
    PICTURE = (".png", ".jpg", ".jpeg", ".webp", ".gif")

    def __init__(self, *endings: str) -> None:
        self.endings = endings


class KindSpec(NamedTuple):
    """What is the same of every file of a kind."""

    medium: Medium
    suffix: str = ""
    """What stands behind the task's ID in the name of the file."""

    @property
    def ending(self) -> str:
        """What the file most often ends with, where neither its link nor the store names it."""
        return self.medium.endings[0]


ENDING_OF_TYPE: Mapping[str, str] = {
    "video/mp4": ".mp4",
    "video/quicktime": ".mov",
    "video/webm": ".webm",
    "video/x-matroska": ".mkv",
    "image/png": ".png",
    "image/jpeg": ".jpg",
    "image/webp": ".webp",
}
"""The ending that a content type asks for."""
EVERY_ENDING = tuple(ending for medium in Medium for ending in medium.endings)


class Remark(StrEnum):
    """What the user is told of a file that was saved, and is not quite as expected."""

    BESIDE = "beside"
    """Another file has its name: it is saved under the next free one."""
    PART_BESIDE = "part_beside"
    """Something that is not ours stood where its unfinished file goes, and still does."""
    OTHER_FORMAT = "other_format"
    """Its bytes are of another format than its link says: it has that format's ending."""
    SOUND_ONLY = "sound_only"
    """It is a video by its format, and has sound and no pictures."""
    ENDS_EARLY = "ends_early"
    """It is as long as its store says, and shorter than its own bytes say."""
