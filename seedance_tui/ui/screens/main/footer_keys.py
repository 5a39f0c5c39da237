"""The footer of the monitor: the keys that can act now, and where in the list one is."""

from __future__ import annotations

from collections.abc import Mapping

from textual import events, on
from textual.binding import Binding
from textual.widget import Widget

from ....api.links import Kind
from ....core.model.file_states import Saved
from ....core.text.i18n import _, plural
from ...drawing.glyphs import glyphs
from ...keys.keymap import has_key
from ...keys.monitor import FILTER_FOOTER, FOOTER
from ...widgets.filter_line import FilterLine
from ...widgets.key_bar import KeyBar, KeyHint
from ...widgets.task_detail import TaskDetail
from ...widgets.task_list import TaskList
from .base import MainBase


class FooterKeys(MainBase):
    """Tells the key bar what there is to be done where the focus is."""

    _keys_by_focus: Mapping[Widget | None, Mapping[str, Binding]] = {}

    def show_footer(self) -> None:
        """Show the keys that can act, and the place in the list."""
        bar, shown = self.query_one(KeyBar), self.query_one(TaskList)
        bar.hints = tuple(self._hints())
        count = len(shown.entries)
        place = _("{n} of {count}").format(n=shown.place + 1, count=count) if count else ""
        bar.place = glyphs().joint.join(filter(None, (place, _marks(shown))))

    @on(events.DescendantFocus)
    def _focus_moved(self) -> None:
        self.show_footer()

    def _hints(self) -> list[KeyHint]:
        in_filter = self.query_one(FilterLine).is_typed_into
        actions, target = (FILTER_FOOTER, "focused.") if in_filter else (FOOTER, "")
        keys = self._keys_in_force()
        return [
            KeyHint(self.app.get_key_display(key), _(key.description), target + name)
            for name in actions
            if (key := keys.get(name)) and self._can_act(name)
        ]

    def _keys_in_force(self) -> Mapping[str, Binding]:
        """The first key of each action: kept for each focus, as finding out asks about all keys."""
        if self.focused not in self._keys_by_focus:
            keys: dict[str, Binding] = {}
            for active in self.active_bindings.values():
                if has_key(active.binding):
                    keys.setdefault(active.binding.action, active.binding)
            self._keys_by_focus = {**self._keys_by_focus, self.focused: keys}
        return self._keys_by_focus[self.focused]

    def _can_act(self, action: str) -> bool:
        entry = self.current
        match action:
            case "copy_result" | "download":
                return entry is not None and entry.link() is not None
            case "copy_original":
                return entry is not None and entry.link(Kind.ORIGINAL) is not None
            case "versus":
                return entry is not None and entry.is_super_resolved
            case "open_detail":
                return entry is not None and not self.query_one(TaskDetail).display
            case "leave":
                return not self.query_one("#left").display
            case "downloads":
                return bool(self.session.files.queue.jobs)
            case "open":
                return entry is not None and isinstance(entry.file(), Saved)
            case "undo":
                return self.session.editor.can_undo
            case "refresh" | "mode":
                return entry is not None
        return True


def _marks(tasks: TaskList) -> str:
    """Count the marks, and those of them that are on no row: a verb passes over these."""
    marked, hidden = len(tasks.marks), len(tasks.marks) - len(tasks.marked)
    parts = [plural("{n} marked", "{n} marked", marked)] if marked else []
    parts += [plural("{n} hidden", "{n} hidden", hidden)] if hidden else []
    return _(", ").join(parts)
