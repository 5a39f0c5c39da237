"""The keys that act on the tasks whose videos are seen."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from textual import work

from ...drawing import format as fmt
from ...drawing.spans import Role
from ._projector import Projector
from ._saved_pictures import save_pictures
from ._stage_pane import StagePane
from .sides import Side


@dataclass(frozen=True, slots=True)
class Verbs:
    """What the keys do to the videos: the monitor does it, and tells what came of it."""

    save: Callable[[], None]
    open: Callable[[Side], None]
    copy: Callable[[Side], None]
    folder: Callable[[Side], None]
    play: Callable[[Side], None]
    downloads: Callable[[], None]
    say: Callable[[str, Role, str], None]
    pictures_folder: Callable[[], Path]
    """Where pictures are saved."""


class TaskPane(StagePane):
    """Has sides, the main one last."""

    _projector: Projector | None = None
    """What decodes the videos; None where there can be no pictures."""

    def __init__(self, sides: Sequence[Side], verbs: Verbs) -> None:
        super().__init__()
        self._sides = sides
        self._verbs = verbs

    @property
    def called(self) -> str:
        """The name of the task, or of both."""
        names = [fmt.in_row(side.entry.name) for side in self._sides]
        return " / ".join(dict.fromkeys(names))

    @property
    def is_pair_of_one_task(self) -> bool:
        """Whether both videos are of the same task, so that one may count what was gained."""
        return len(self._sides) > 1 and len({side.entry.id for side in self._sides}) == 1

    def action_save(self) -> None:
        """Save the videos."""
        self._verbs.save()

    @work(group="pictures", exclusive=True)
    async def action_save_pictures(self) -> None:
        """Save the frames as they are, and what is seen of both beside each other."""
        if self._projector and (shown := self._projector.open_sides):
            folder, stage = self._verbs.pictures_folder(), self.stage
            text, role, path = await self._projector.run(
                lambda cancel: save_pictures(shown, stage, folder, cancel)
            )
            self._verbs.say(text, role, path)

    def action_open(self, which: str) -> None:
        """Open one of the videos: its file, or its link where it is not saved."""
        self._verbs.open(self._side(which))

    def action_open_folder(self) -> None:
        """Open the folder of the main video."""
        self._verbs.folder(self._side())

    def action_copy(self, which: str) -> None:
        """Copy the link of one of the videos."""
        self._verbs.copy(self._side(which))

    def action_play(self) -> None:
        """Play the main video here."""
        self._verbs.play(self._side())

    def action_downloads(self) -> None:
        """Show the queue."""
        self._verbs.downloads()

    def _side(self, which: str = "result") -> Side:
        return self._sides[0 if which == "original" else -1]
