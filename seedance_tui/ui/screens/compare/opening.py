"""Opens what shows pictures over the monitor, and does there what its keys say."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Iterable, Sequence
from contextlib import ExitStack, suppress
from functools import cached_property, partial

from ....api.links import Kind
from ....core.model.entry import Entry
from ....core.model.file_states import Saved
from ....core.text.i18n import _
from ...detail.differences_page import differences_page
from ...detail.page import PageContext
from ...detail.side_by_side import PAIR
from ...detail.versus_page import Facts, facts_table, versus_page
from ...drawing import format as fmt
from ...drawing.half_blocks import choose_colours
from ...drawing.spans import Line, Role
from ...terminal.pictures import are_unwanted, color_system, draws_in_pixels, why_no_pictures
from ..main.board import Board
from ..main.copy_actions import CopyActions
from ..main.file_actions import FileActions
from ..main.list_actions import ListActions
from ._task_pane import Verbs
from .screen import CompareScreen, Page
from .sides import Side, VideoSource

_LONGEST_WAIT = 1.0
"""Seconds after which a screen without a picture is painted as it is."""


class Opening:
    """One for the monitor: all that it opens shares one thread, one budget and one cache."""

    def __init__(
        self, board: Board, files: FileActions, copies: CopyActions, lists: ListActions
    ) -> None:
        self._board = board
        self._session = board.session
        self._files = files
        self._copies = copies
        self._lists = lists

    @cached_property
    def why_none(self) -> str:
        """Why there can be no pictures; empty where there can."""
        system = color_system(self._board.app)
        choose_colours(system)
        return why_no_pictures(self._session.config.screen, system, os.environ)

    @cached_property
    def source(self) -> VideoSource | None:
        """Where pictures come from; None where there can be none."""
        return None if self.why_none else VideoSource(self._session)

    @cached_property
    def in_pixels(self) -> bool:
        """Whether pictures are drawn in pixels; may take a moment."""
        return not self.why_none and draws_in_pixels(self._session.config.screen, os.environ)

    @property
    def _is_choice(self) -> bool:
        return are_unwanted(self._session.config.screen, os.environ)

    def versus(self, entry: Entry) -> None:
        """Show the original beside the super-resolved video of a task."""
        names = {Kind.ORIGINAL: _("Original"), Kind.RESULT: _("Super-resolved")}
        sides = [self._side(entry, kind, names[kind]) for kind in PAIR]
        self._push(sides, partial(_of_one, sides[-1]))

    def compare(self, entries: Sequence[Entry], *, on_sheet: bool = False) -> None:
        """Show the results of two tasks."""
        sides = [self._side(entry, Kind.RESULT, fmt.in_row(entry.name)) for entry in entries]
        self._push(sides, partial(_of_two, sides), covers_pictures=on_sheet)

    def alone(self, entry: Entry, *, on_sheet: bool = False) -> None:
        """Show the result of a task, where pictures can be shown at all."""
        if self.why_none:
            self._board.notify_line(self.why_none, "warn")
            return
        side = self._side(entry, Kind.RESULT, _("Result"))
        page = partial(_of_one, side) if entry.is_super_resolved else None
        self._push([side], page, covers_pictures=on_sheet)

    def sheet(self, entries: Sequence[Entry]) -> None:
        """Show tasks as a sheet of pictures."""
        from .sheet import SheetScreen, SheetVerbs

        known, ids = self._session.store.known, [entry.id for entry in entries]

        def read() -> list[Entry]:
            return [known(one) or entry for one, entry in zip(ids, entries, strict=True)]

        verbs = SheetVerbs(
            enlarge=partial(self.alone, on_sheet=True),
            compare=partial(self.compare, on_sheet=True),
            pick=self._lists.pick,
            undo=self._lists.action_undo,
            redo=self._lists.action_redo,
            say=self._board.notify_line,
            folder=lambda: self._session.files.folder,
        )
        self._board.app.push_screen(
            SheetScreen(read, self.source, self.why_none, verbs, in_pixels=self.in_pixels)
        )

    def play(self, entry: Entry, kind: Kind) -> None:
        """Play a video in this terminal: its file, else its link; the program waits for it."""
        from ....api.unsigned import usable
        from ...terminal.player import play

        file, link = entry.file(kind), usable(entry.link(kind))
        target = str(file.path) if isinstance(file, Saved) else link.url if link else ""
        if not target:
            self._board.notify_line(_("There is no video to play."), "warn")
        elif why := play(self._board.app, target, self._session.config.screen.pictures):
            self._board.notify_line(why, "warn")

    def _push(
        self, sides: Sequence[Side], page: Page | None, *, covers_pictures: bool = False
    ) -> None:
        now = self._session.now
        screen = CompareScreen(
            sides,
            page,
            self.source,
            now,
            self._verbs(sides),
            why_none="" if self._is_choice else self.why_none,
            in_pixels=self.in_pixels,
        )
        with ExitStack() as unpainted:
            if covers_pictures and self.source:
                unpainted.enter_context(self._board.app.batch_update())
                waiting = self._paint_with_picture(screen, unpainted.pop_all())
                self._board.app.run_worker(waiting, group="compare")
            self._board.app.push_screen(screen)

    async def _paint_with_picture(self, screen: CompareScreen, unpainted: ExitStack) -> None:
        """Leave the pictures that were seen until the screen has one, for a moment at most."""
        with unpainted, suppress(TimeoutError):
            async with asyncio.timeout(_LONGEST_WAIT):
                await screen.wait_for_picture()
        if (app := self._board.app).screen_stack:  # it may be closed again
            app.screen.refresh(layout=True)

    def _side(self, entry: Entry, kind: Kind, name: str) -> Side:
        def now_known() -> Entry:
            return self._session.store.known(entry.id) or entry

        return Side(now_known, kind, name)

    def _verbs(self, sides: Sequence[Side]) -> Verbs:
        files = self._files
        kinds = tuple(dict.fromkeys(side.kind for side in sides))

        def save() -> None:
            files.save(list({one.entry.id: one.entry for one in sides}.values()), kinds)

        def say(text: str, role: Role, path: str) -> None:
            self._board.notify_line(text, role, path)

        return Verbs(
            save=save,
            open=lambda side: files.open_video(side.entry, side.kind),
            copy=lambda side: self._copies.copy_links([side.entry], side.kind),
            folder=lambda side: files.open_folder_of(side.entry, side.kind),
            play=lambda side: self.play(side.entry, side.kind),
            downloads=files.action_downloads,
            say=say,
            pictures_folder=lambda: self._session.files.folder,
        )


def _of_one(side: Side, facts: Facts, view: PageContext, whole: bool) -> list[Line]:  # noqa: FBT001
    return (versus_page if whole else facts_table)(side.entry, facts, view)


def _of_two(
    sides: Iterable[Side],
    facts: Facts,
    view: PageContext,
    whole: bool,  # noqa: FBT001
) -> list[Line]:
    entries = [side.entry for side in sides]
    return differences_page(entries, view)
