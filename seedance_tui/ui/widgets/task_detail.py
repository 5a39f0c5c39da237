"""The detail pane: one task as fields, as JSON, or as a timeline."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from textual import events
from textual.geometry import Offset
from textual.message import Message
from textual.reactive import reactive
from textual.strip import Strip

from ...api.models import Task
from ...core.history.history import Seen
from ...core.model.entry import Entry
from ..detail.page import Page, PageContext, changed_paths
from .grouped_rows import GroupShown
from .page_view import PageView
from .steady import Steady

if TYPE_CHECKING:
    from ...core.media.picture import Picture
    from .lines import LineLook
    from .picture_cells import PictureCells

Mode = Literal["fields", "json", "timeline"]
"""How the pane shows its task."""
_FRESH_SECONDS = 5.0
_COMPACT = 16
"""Lines of the pane below which every one of them is used for a field."""


class TaskDetail(PageView):
    """Attributes: `entry` or None, `now` in Unix seconds, `utc`, `mode` one of `MODES`, `search`.

    The walk from field to field goes on through refreshes and in other tasks.
    """

    @dataclass
    class Dragged(Message):
        """The rule between list and detail was dragged to a cell of the screen; or let go there."""

        x: int
        y: int
        is_over: bool = False

    class Shown(Message):
        """The pane has come into sight, or has another size."""

    MODES: tuple[Mode, ...] = ("fields", "json", "timeline")

    entry: reactive[Entry | None] = reactive[Entry | None](None, repaint=False)
    group_shown: reactive[GroupShown | None] = reactive[GroupShown | None](None, repaint=False)
    """What is shown where there is no entry: a group and its tasks."""
    now: reactive[float] = reactive(0.0, repaint=False)
    utc: reactive[bool] = reactive(False, repaint=False)
    seen: reactive[tuple[Seen, ...]] = reactive((), repaint=False)
    """The changes of the entry that were seen, for the timeline."""
    poster: reactive[Picture | None] = reactive["Picture | None"](None, repaint=False)
    """The small picture of the entry."""
    poster_room: reactive[bool] = reactive(False, repaint=False)
    """Whether room is kept for it before it is there."""
    in_pixels = False
    """How it is drawn; said before the first one is."""
    mode: reactive[Mode] = reactive[Mode]("fields", repaint=False)
    search: reactive[str] = reactive("", repaint=False)
    """A text to be found in the JSON, in any case; empty for none."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002  Textual's own name
        super().__init__(id=id)
        self._json_of: tuple[Task | None, tuple[str, int, str], Page] | None = None
        self._fresh: dict[str, float] = {}
        """The paths that have just changed, and until when they are bright."""
        self._steady = Steady()
        self._poster: list[Strip] = []
        self._cells: PictureCells | None = None
        """What draws the picture, from the first one on."""

    def watch_entry(self, before: Entry | None, after: Entry | None) -> None:
        """Show another task from its top, or the same one with what changed made bright."""
        if before and after and before.id == after.id:
            if before.task and before.task is not after.task:
                self._fresh |= dict.fromkeys(
                    changed_paths(before.task, after.task), self.now + _FRESH_SECONDS
                )
            self._rebuild()
            return
        self._fresh.clear()
        self.scroll_home(animate=False, force=True, immediate=True)
        self._rebuild()
        if self.has_focus:
            self.show_place()

    def watch_group_shown(self) -> None:
        """Show its sums."""
        if self.entry is None:
            self._rebuild()

    def watch_now(self) -> None:
        """Let the times run on."""
        if self.mode != "json" and not self._steady.holds(
            "page", (self.entry, self.group_shown), self.now, self._page_at
        ):
            self._show_built()

    def watch_utc(self) -> None:
        """Write the times for the other zone."""
        self._rebuild()

    def watch_seen(self) -> None:
        """Show what was seen."""
        self._rebuild()

    def watch_poster(self) -> None:
        """Show the picture, or that there is none."""
        if self._cells:
            self._cells.keep((self.poster,))
        self._forget()
        self._rebuild()
        self.refresh()

    def watch_poster_room(self) -> None:
        """Keep room for a picture, or give it back."""
        self._rebuild()

    def on_unmount(self) -> None:
        """Let go of the picture."""
        if self._cells:
            self._cells.forget()

    def watch_mode(self) -> None:
        """Show the task the other way, from its top."""
        self.scroll_home(animate=False, force=True, immediate=True)
        self._rebuild()

    def watch_search(self) -> None:
        """Show what is found, and go to the first of it from here on down."""
        self._rebuild()
        self.go_to_match()

    def on_resize(self) -> None:
        """Lay the lines out for the new width."""
        super().on_resize()
        self._rebuild()
        self.post_message(self.Shown())

    def on_show(self) -> None:
        """Say so."""
        self.post_message(self.Shown())

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """Take hold of the rule, which stands at the left of the pane or above it."""
        if self._is_on_rule(event.offset):
            self.capture_mouse()

    def focus_on_click(self) -> bool:
        """Leave the focus where it is if the rule is taken."""
        return not self._is_on_rule(self.app.mouse_position - self.region.offset)

    def _is_on_rule(self, at: Offset) -> bool:
        is_beside = self.styles.border_left[0] not in ("", "none")
        return (at.x if is_beside else at.y) == 0 and self.region.size != self.size

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """Take the rule along."""
        if self.app.mouse_captured is self:
            self.post_message(self.Dragged(event.screen_x, event.screen_y))

    def on_mouse_up(self, event: events.MouseUp) -> None:
        """Let the rule go."""
        if self.app.mouse_captured is self:
            self.release_mouse()
            self.post_message(self.Dragged(event.screen_x, event.screen_y, is_over=True))

    def _rebuild(self) -> None:
        self._steady.clear()
        self._show_built()

    def _show_built(self) -> None:
        if self.line_width >= 4:
            self.show_page(self._page_at(self.now))

    def _page_at(self, now: float) -> Page:
        """The page as it is at a moment."""
        entry, width = self.entry, self.line_width
        if entry is None:
            return self._group_page(now)
        if self.mode == "json":
            return self._json(entry, width)
        from ..detail.fields_page import fields_page
        from ..drawing.poster_room import room_for

        compact = self.size.height < _COMPACT
        fresh = {path for path, until in self._fresh.items() if until > now}
        view = PageContext(width, now, self.utc, compact, fresh)
        if self.mode == "timeline":
            from ..detail.timeline import timeline_page

            return timeline_page(entry, self.seen, view)
        is_wanted = self.poster or self.poster_room
        room = room_for(entry.upstream.ratio, width, self.size.height) if is_wanted else (0, 0)
        self._poster = self._poster_rows(room)
        return fields_page(entry, view, room[1])

    def _group_page(self, now: float) -> Page:
        """The page of a group; blank without one."""
        if self.group_shown is None:
            return Page()
        from ..detail.group_page import group_page

        return group_page(*self.group_shown, PageContext(self.line_width, now, self.utc))

    def _look(self, y: int) -> LineLook:
        """A line of the page; those of the picture are painted by their number."""
        look, top = super()._look(y), self._page.poster_at
        row = y + self.scroll_offset.y - (top or 0)
        if top is None or not 0 <= row < len(self._poster) or look.line:
            return look
        return look._replace(picture=row)

    def _strip(self, look: LineLook) -> Strip:
        if look.picture is None or self._cells is None:
            return super()._strip(look)
        style = self._style("normal")
        margin = Strip.blank(1, style)
        row = Strip.join([margin, self._cells.on_page(self._poster[look.picture], style)])
        return row.adjust_cell_length(look.width, style)

    def _poster_rows(self, room: tuple[int, int]) -> list[Strip]:
        """The picture, where there is one, in so many cells and lines."""
        if self.poster is None or not room[1]:
            return []
        if self._cells is None:
            from .picture_cells import picture_cells

            self._cells = picture_cells(self, in_pixels=self.in_pixels)
        return self._cells.rows(self.poster, room)

    def _json(self, entry: Entry, width: int) -> Page:
        """The page of a response, which is kept: it may have thousands of lines."""
        made_of = entry.name, width, self.search
        if self._json_of is None or self._json_of[:2] != (entry.task, made_of):
            from ..detail.json_page import json_page

            self._json_of = entry.task, made_of, json_page(entry, width, self.search)
        return self._json_of[2]
