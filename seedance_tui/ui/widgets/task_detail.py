"""The detail pane: one task as fields, as JSON, or as a timeline."""

from __future__ import annotations

from rich.segment import Segment
from textual.reactive import reactive
from textual.strip import Strip

from ...core.entry import Entry
from ...core.fields import fields_of
from ...core.history import Seen
from ...core.language import _
from ...core.text import safe
from .. import format as fmt
from ..detail import View, field_lines
from ..json_lines import json_lines
from ..looks import Line
from ..timeline_lines import timeline_lines
from .lines import Lines, key

_FRESH_SECONDS = 5.0
_COMPACT = 16
"""Lines of the pane below which every one of them is used for a field."""


class TaskDetail(Lines, can_focus=True):
    """Attributes: `entry` or None, `now` in Unix seconds, `utc`, `mode` one of `MODES`."""

    MODES = ("fields", "json", "timeline")

    BINDINGS = [
        key("j", "scroll_down", "Down", "detail.down"),
        key("k", "scroll_up", "Up", "detail.up"),
        key("g", "scroll_home", "First", "detail.first"),
        key("G", "scroll_end", "Last", "detail.last"),
    ]

    entry: reactive[Entry | None] = reactive[Entry | None](None, repaint=False)
    now: reactive[float] = reactive(0.0, repaint=False)
    utc: reactive[bool] = reactive(False, repaint=False)
    seen: reactive[tuple[Seen, ...]] = reactive((), repaint=False)
    """The changes of the entry that were seen, for the timeline."""
    mode: reactive[str] = reactive("fields", repaint=False)

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002  Textual's own name
        super().__init__(id=id)
        self._lines: list[Line] = []
        self._fresh: dict[str, float] = {}

    def watch_entry(self, before: Entry | None, after: Entry | None) -> None:
        """Show another task from its top, or the same one with what changed made bright."""
        if before is None or after is None or before.id != after.id:
            self._fresh.clear()
            self.scroll_home(animate=False, force=True, immediate=True)
        elif before.task and before.task is not after.task:
            self._fresh |= dict.fromkeys(_changed(before, after), self.now + _FRESH_SECONDS)
        self._rebuild()

    def watch_now(self) -> None:
        """Let the times run on."""
        self._fresh = {path: until for path, until in self._fresh.items() if until > self.now}
        if self.mode != "json":
            self._rebuild()

    def watch_utc(self) -> None:
        """Write the times for the other zone."""
        self._rebuild()

    def watch_seen(self) -> None:
        """Show what was seen."""
        self._rebuild()

    def watch_mode(self) -> None:
        """Show the task the other way, from its top."""
        self.scroll_home(animate=False, force=True, immediate=True)
        self._rebuild()

    def on_resize(self) -> None:
        """Lay the lines out for the new width."""
        super().on_resize()
        self._rebuild()

    def line(self, y: int) -> Line:
        """Return a line of the fields or of the JSON."""
        return self._lines[y]

    def _strip(self, y: int) -> Strip:
        """Let the last line in view say that there is more below it."""
        below = self.virtual_size.height - self.scroll_offset.y - self.size.height
        if y < self.size.height - 1 or below <= 0:
            return super()._strip(y)
        text = " ↓ " + _("more")
        return Strip([Segment(text, self._style("dim"))]).adjust_cell_length(
            self.size.width, self._style("normal")
        )

    def _rebuild(self) -> None:
        width = self.scrollable_content_region.width
        if width < 4:
            return
        self._lines = self._built(width)
        self.set_height(len(self._lines))
        self.repaint()

    def _built(self, width: int) -> list[Line]:
        if self.entry is None:
            return []
        if self.mode == "fields":
            compact = self.size.height < _COMPACT
            view = View(width, self.now, self.utc, compact, self._fresh)
            return field_lines(self.entry, view)
        if self.mode == "timeline":
            return timeline_lines(self.entry, self.seen, width, self.now, utc=self.utc)
        if self.entry.task is None:
            return [((" " + _("No answer yet."), "dim"),)]
        name = fmt.cut_middle(safe(self.entry.name), width - 2)
        return [((f" {name}", "strong"),), (), *json_lines(self.entry.task.raw, width)]


def _changed(before: Entry, after: Entry) -> set[str]:
    """The paths whose values differ between two answers."""
    old, new = (
        {
            field.path: field.value
            for field in fields_of(entry.task.envelope if entry.task else None)
        }
        for entry in (before, after)
    )
    return {path for path, value in new.items() if old.get(path) != value}
