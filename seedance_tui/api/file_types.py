"""What files are saved: their endings, the content types of a store, and what each kind is."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum
from typing import NamedTuple


class Medium(Enum):
    """What a file shows, with the endings that its name may have, the most usual first."""

    VIDEO = (".mp4", ".mov")
    PICTURE = (".png", ".jpg", ".jpeg", ".webp")

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
    "image/png": ".png",
    "image/jpeg": ".jpg",
    "image/webp": ".webp",
}
"""The ending that a content type asks for."""
EVERY_ENDING = tuple(ending for medium in Medium for ending in medium.endings)
