"""The contact sheet: many tasks, a picture each, to choose among them."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from string import ascii_uppercase
from time import strftime

from textual import on, work
from textual.app import ComposeResult

from ....api.models import Phase
from ....core.media.no_picture import NoPicture
from ....core.media.picture import Picture
from ....core.model.entry import Entry
from ....core.text.i18n import _, plural
from ....core.text.sanitize import safe
from ....files.os_errors import described
from ...drawing import format as fmt
from ...drawing.glyphs import glyphs
from ...drawing.spans import Line, Role, pick_sign, status_word
from ...keys.action import bindings
from ...keys.compare import SHEET
from ...widgets.key_bar import KeyBar
from ...widgets.lines import SpanLine
from ...widgets.notice_line import NoticeLine
from ...widgets.tile_grid import Tile, TileGrid
from ...widgets.why_none import WhyNone
from ..panes.pane import FullPane
from ._saved_pictures import free_name
from ._sheet_file import Labelled, write_sheet
from .sides import VideoSource


@dataclass(frozen=True, slots=True)
class SheetVerbs:
    """What the keys do to the tasks: the monitor does it, and tells what came of it."""

    enlarge: Callable[[Entry], None]
    compare: Callable[[Sequence[Entry]], None]
    pick: Callable[[Entry, bool | None], None]
    undo: Callable[[], None]
    redo: Callable[[], None]
    say: Callable[[str, Role, str], object]
    folder: Callable[[], Path]
    """Where the sheet is saved."""


class SheetScreen(FullPane):
    """Shows the tasks that `read` returns; `why_none` says why there can be no pictures."""

    DEFAULT_CSS = """
    SheetScreen { background: $background; }
    """
    ACTIONS = SHEET
    BINDINGS = bindings(SHEET)
    AUTO_FOCUS = "TileGrid"

    def __init__(
        self,
        read: Callable[[], Sequence[Entry]],
        source: VideoSource | None,
        why_none: str,
        verbs: SheetVerbs,
        *,
        in_pixels: bool = False,
    ) -> None:
        super().__init__()
        self._read = read
        self._source = source
        self._why_none = why_none
        self._verbs = verbs
        self._in_pixels = in_pixels
        self._order = [entry.id for entry in read()]
        self._is_blind = False
        self._fetches = False
        self._posters: dict[str, Picture] = {}
        self._words: dict[str, str] = {}

    def compose(self) -> ComposeResult:
        """Show how many there are, the tasks, the latest notice, the keys."""
        yield SpanLine()
        yield WhyNone(self._why_none)
        yield TileGrid(has_pictures=not self._why_none, in_pixels=self._in_pixels)
        yield NoticeLine()
        yield KeyBar()

    def on_mount(self) -> None:
        """Show what is there, and have the pictures made."""
        self.publish()
        self._load()

    def publish(self) -> None:
        """Show what the store has."""
        grid, entries = self.query_one(TileGrid), self._entries
        grid.tiles = tuple(self._tile(place, entry) for place, entry in enumerate(entries))
        picked = sum(entry.watched.pick is True for entry in entries)
        rejected = sum(entry.watched.pick is False for entry in entries)
        parts = [plural("{n} task", "{n} tasks", len(entries))]
        parts += [_("{n} picked").format(n=picked)] if picked and not self._is_blind else []
        parts += [_("{n} rejected").format(n=rejected)] if rejected and not self._is_blind else []
        parts += [_("names hidden")] if self._is_blind else []
        head: Line = (
            (" " + _("Contact sheet") + "  ", "strong"),
            (glyphs().joint.join(parts), "normal"),
        )
        self.query_one(SpanLine).show(head)
        self.show_keys()

    def action_move(self, right: int, down: int) -> None:
        """Go to another task."""
        self.query_one(TileGrid).move(right, down)

    def action_enlarge(self) -> None:
        """See the video of the task."""
        for entry in self._current:
            self._verbs.enlarge(entry)

    def action_pick(self, wanted: int) -> None:
        """Pick the task or reject it; the second time neither. Names that were hidden are shown."""
        for entry in self._current:
            pick = None if entry.watched.pick is bool(wanted) else bool(wanted)
            if self._is_blind and wanted:
                self._is_blind, pick = False, True
            self._verbs.pick(entry, pick)
            self.publish()

    def action_undo(self) -> None:
        """Take the last change of the watch list back."""
        self._verbs.undo()

    def action_redo(self) -> None:
        """Make it again."""
        self._verbs.redo()

    def action_blind(self) -> None:
        """Hide the names and mix the tasks; or show the names again."""
        self._is_blind = not self._is_blind
        if self._is_blind:
            random.shuffle(self._order)
            self.query_one(TileGrid).cursor = 0
        self.publish()

    def action_compare(self) -> None:
        """Compare the two that are picked."""
        picked = [entry for entry in self._entries if entry.watched.pick]
        if len(picked) == 2 and not self._is_blind:
            self._verbs.compare(picked)
        else:
            self._verbs.say(_("Pick two tasks with + to compare them."), "warn", "")

    def action_fetch(self) -> None:
        """Show also what is not saved."""
        self._fetches = True
        self._load()

    @work(group="sheet_file", exclusive=True)
    async def action_save(self) -> None:
        """Save the sheet."""
        names = {entry.id: self._called(place, entry) for place, entry in enumerate(self._entries)}
        pictures = [Labelled(self._posters[i], names[i]) for i in names if i in self._posters]
        if not pictures or self._source is None:
            self._verbs.say(self._why_none or _("There are no pictures yet."), "warn", "")
            return
        path = free_name(self._verbs.folder() / f"sheet-{strftime('%Y-%m-%d')}.png")
        columns = self.query_one(TileGrid).columns
        title = _("Contact sheet")
        try:
            await self._source.worker.run(
                lambda cancel: write_sheet(path, title, pictures, columns)
            )
        except OSError as error:
            reason = safe(described(error))
            said = _("Could not save the pictures: {reason}").format(reason=reason)
            self._verbs.say(said, "bad", "")
        else:
            self._verbs.say(_("Sheet saved: {path}, and as a page."), "good", fmt.home(path))

    @on(TileGrid.Chosen)
    def _enlarge(self) -> None:
        self.action_enlarge()

    @work(group="sheet", exclusive=True)
    async def _load(self) -> None:
        """Have the pictures made, one after the other."""
        for entry in self._entries if self._source else ():
            if entry.id in self._posters or self._source is None:
                continue
            try:
                poster = await self._source.poster(
                    entry, fetches=self._fetches, fine=self._in_pixels
                )
                if poster:
                    self._posters[entry.id] = poster
                else:
                    self._words[entry.id] = _none_yet(entry)
            except NoPicture as error:
                has_video = entry.status.phase is Phase.DONE
                self._words[entry.id] = error.sentence if has_video else _none_yet(entry)
            if not self.is_here:
                return
            self.publish()

    @property
    def _entries(self) -> list[Entry]:
        known = {entry.id: entry for entry in self._read()}
        return [known[one] for one in self._order if one in known]

    @property
    def _current(self) -> Sequence[Entry]:
        cursor = self.query_one(TileGrid).cursor
        return self._entries[cursor : cursor + 1]

    def _tile(self, place: int, entry: Entry) -> Tile:
        pick = None if self._is_blind else entry.watched.pick
        sign = "" if self._is_blind else pick_sign(entry).strip()
        roles: dict[bool | None, Role] = {True: "good", False: "bad"}
        words = self._words.get(entry.id, "")
        return Tile(
            self._called(place, entry),
            self._posters.get(entry.id),
            words,
            sign,
            roles.get(pick, "normal"),
        )

    def _called(self, place: int, entry: Entry) -> str:
        """The name; hidden, a letter, or a number where there are no more of them."""
        if not self._is_blind:
            return fmt.in_row(entry.name)
        return ascii_uppercase[place] if place < len(ascii_uppercase) else str(place + 1)


def _none_yet(entry: Entry) -> str:
    """Why there is no picture of a task that no link was asked for."""
    if entry.is_open:
        return _("not finished yet")
    return status_word(entry) if entry.status.phase.is_lost else _("not saved")
