"""What the files of the sides say of themselves, as far as it was read."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from pathlib import Path

from ....api.links import Kind
from ....core.media.clip import Clip
from ....core.media.facts import VideoFacts, read_facts
from ...detail.versus_page import Facts
from .sides import Side


class FileFacts:
    """Reads saved files, which needs none of the libraries for pictures."""

    def __init__(self, sides: Sequence[Side]) -> None:
        self._sides = sides
        self._read: dict[Path, VideoFacts] = {}

    @property
    def unread(self) -> tuple[Path, ...]:
        """The files that were not read yet; of one that is gone nothing is known any more."""
        paths = [side.path for side in self._sides]
        self._read = {path: facts for path, facts in self._read.items() if path in paths}
        return tuple(path for path in paths if path and path not in self._read)

    async def read(self) -> None:
        """Read them; one that cannot be read has nothing to say."""
        paths = self.unread
        facts = await asyncio.to_thread(_facts_of, paths)
        self._read |= dict(zip(paths, facts, strict=True))

    def by_kind(self, clips: Sequence[Clip | None]) -> Facts:
        """Return what is known: of a file what it says, of a link what is open of it."""
        found: dict[Kind, VideoFacts] = {}
        for side, clip in zip(self._sides, clips, strict=True):
            path = side.path
            if path and path in self._read:
                found[side.kind] = self._read[path]
            elif clip and not path:
                found[side.kind] = clip.facts
        return found


def _facts_of(paths: Sequence[Path]) -> list[VideoFacts]:
    return [read_facts(path) or VideoFacts(0) for path in paths]
