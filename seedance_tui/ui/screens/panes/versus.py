"""Versus: what super-resolution made of a video, beside the original."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from textual import work
from textual.app import ComposeResult

from ....api.links import Kind
from ....core.media.facts import VideoFacts, read_facts
from ....core.model.entry import Entry
from ....core.model.file_states import Saved, Unfinished
from ...detail.side_by_side import PAIR
from ...keys.action import Situation, bindings
from ...keys.panes import VERSUS
from ...widgets.key_bar import KeyBar
from ...widgets.notice_line import NoticeLine
from ...widgets.versus_view import VersusView
from .pane import FullPane

_TICK = 1.0
"""Seconds between two looks at the clock."""


@dataclass(frozen=True, slots=True)
class Verbs:
    """What the keys do to the task: the monitor does it, and tells what came of it."""

    save: Callable[[], None]
    open: Callable[[Kind], None]
    open_folder: Callable[[], None]
    copy: Callable[[Kind], None]
    downloads: Callable[[], None]


class VersusScreen(FullPane):
    """Compares the two videos of the task that `read` returns; `now` tells Unix seconds."""

    DEFAULT_CSS = """
    VersusScreen { background: $background; }
    """

    ACTIONS = VERSUS
    BINDINGS = bindings(VERSUS)
    AUTO_FOCUS = "VersusView"

    def __init__(self, read: Callable[[], Entry], now: Callable[[], float], verbs: Verbs) -> None:
        super().__init__()
        self._read = read
        self._now = now
        self._verbs = verbs
        self._paths: dict[Kind, Path] = {}
        self._is_settled = False
        """Whether there is no file that could still be asked for."""
        self._facts: Mapping[Path, VideoFacts] = {}

    def compose(self) -> ComposeResult:
        """Show the comparison, the latest notice, the keys."""
        yield VersusView()
        yield NoticeLine()
        yield KeyBar()

    def on_mount(self) -> None:
        """Show the two as they are, and let the times run on."""
        self.publish()
        self.set_interval(_TICK, self.publish)

    def publish(self) -> None:
        """Show what the store has; a file that is new on the disk is read first."""
        entry = self._read()
        files = {kind: entry.file(kind) for kind in PAIR}
        paths = {kind: file.path for kind, file in files.items() if isinstance(file, Saved)}
        self._is_settled = all(isinstance(file, Saved | Unfinished) for file in files.values())
        if paths != self._paths:
            self._paths = paths
            self._read_files(tuple(paths.values()))
        facts = {kind: self._facts[path] for kind, path in paths.items() if path in self._facts}
        self.query_one(VersusView).show(entry, facts, self._now())
        self.show_keys()

    @property
    def situation(self) -> Situation:
        """Whether a file is left to be saved."""
        return Situation(has_unsaved=not self._is_settled)

    def action_save(self) -> None:
        """Save both videos."""
        self._verbs.save()

    def action_open(self, kind: str) -> None:
        """Open one of the two: its file, or its link where it is not saved."""
        self._verbs.open(Kind(kind))

    def action_open_folder(self) -> None:
        """Open the folder of the result, or the one where files go."""
        self._verbs.open_folder()

    def action_copy(self, kind: str) -> None:
        """Copy one of the two links."""
        self._verbs.copy(Kind(kind))

    def action_downloads(self) -> None:
        """Show the queue."""
        self._verbs.downloads()

    @work(group="versus", exclusive=True)
    async def _read_files(self, paths: tuple[Path, ...]) -> None:
        self._facts = await asyncio.to_thread(_facts_of, paths)
        if self.is_running:
            self.publish()


def _facts_of(paths: tuple[Path, ...]) -> Mapping[Path, VideoFacts]:
    """Read each file; one that cannot be read has nothing to say."""
    return {path: read_facts(path) or VideoFacts(0) for path in paths}
