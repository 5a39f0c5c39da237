"""What every action of the monitor stands on: the session, the tasks it means, the notice."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Unpack

from textual import work
from textual.screen import Screen

from ....core.model.entry import Entry
from ....core.session import Session
from ....core.settings.choices import Changes
from ....core.text.i18n import _
from ....core.text.sanitize import safe
from ...widgets.notice_line import NoticeLine
from ...widgets.task_list import TaskList
from ..panes.pane import Pane


class MainBase(Screen[None]):
    """The monitor's own tools; the groups of actions build on it."""

    def __init__(
        self, session: Session, words: Sequence[str], warnings: Sequence[str] = ()
    ) -> None:
        super().__init__()
        self.session = session
        self.first_words = tuple(words)
        """The words of the command line: the IDs in them are watched from now on."""
        self.warnings = tuple(warnings)
        """What is wrong with the settings."""

    @property
    def current(self) -> Entry | None:
        """The task under the cursor."""
        cursor = self.query_one(TaskList).cursor
        return self.session.store.get(cursor) if isinstance(cursor, str) else None

    def targets(self) -> list[Entry]:
        """Return the tasks that a verb acts on: the marked ones, else the one under the cursor."""
        marked = [self.session.store.get(task_id) for task_id in self.query_one(TaskList).marked]
        found = [entry for entry in marked or [self.current] if entry]
        if not found:
            self.tell(_("No tasks here. Press a to add some."), "warn")
        return found

    def tell(self, text: str, role: str = "normal") -> None:
        """Say one thing in the notice line; it takes the place of what stood there."""
        self.query_one(NoticeLine).show(safe(text), role)
        for pane in self.panes:
            pane.tell(safe(text), role)

    @property
    def panes(self) -> list[Pane]:
        """The panes that lie over the monitor and have their parts."""
        panes = (screen for screen in self.app.screen_stack if isinstance(screen, Pane))
        return [pane for pane in panes if pane.is_mounted]

    @work(group="choices")
    async def keep(self, **changes: Unpack[Changes]) -> None:
        """Keep what was chosen for the next time."""
        await self.session.choices.keep(**changes)

    def publish(self) -> None:
        """Let the screen show what the store has."""
        raise NotImplementedError
