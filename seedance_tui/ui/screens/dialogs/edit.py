"""Edit what the user says of tasks: label, tags, note."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.widgets import Input, Static

from ....core.model.watched import Watched
from ....core.text.i18n import _, plural
from ....core.text.sanitize import safe
from ...widgets.safe_input import SafeInput
from .dialog import Dialog

_ROOM = 500
"""Characters that fit into a field, more if there were more."""
_SEPARATORS = str.maketrans({"，": ",", "、": ",", "；": ",", ";": ","})


@dataclass(frozen=True, slots=True)
class Edit:
    """New words; None where a field was not offered, or was left as it was."""

    label: str | None
    note: str | None
    tags_added: tuple[str, ...]
    tags_removed: tuple[str, ...]

    def of(self, watched: Watched) -> Watched:
        """Return the entry with the new words."""
        kept = [tag for tag in watched.tags if tag not in self.tags_removed]
        tags = tuple(dict.fromkeys((*kept, *self.tags_added)))
        changed = replace(watched, tags=tags)
        if self.label is not None:
            changed = replace(changed, label=self.label)
        return changed if self.note is None else replace(changed, note=self.note)


class EditScreen(Dialog[Edit | None]):
    """Comes back with the edit; of several tasks only the tags can be changed together."""

    DEFAULT_CSS = """
    EditScreen {
        align: center middle;
        background: $background 60%;
        & > Vertical {
            width: 84; max-width: 100%; height: auto; max-height: 100%;
            background: $surface; padding: 1 2;
        }
        #title { text-style: bold; margin-bottom: 1; }
        .name { color: $foreground 70%; }
        #hint { color: $foreground 70%; }
        Input, Input:focus {
            border: none; height: 1; padding: 0 1; margin-bottom: 1; background: $background;
        }
    }
    """

    BINDINGS = [
        Binding("escape", "dismiss(None)", "Close", show=False, priority=True),
        Binding("down", "app.focus_next", "Next", show=False),
        Binding("up", "app.focus_previous", "Previous", show=False),
    ]

    def __init__(self, entries: Sequence[Watched]) -> None:
        super().__init__()
        self._entries = entries
        first, *others = (entry.tags for entry in entries)
        self._tags = tuple(tag for tag in first if all(tag in tags for tags in others))
        self._shown = {"tags": safe(", ".join(self._tags))}
        if not others:
            one = entries[0]
            self._shown |= {"label": safe(one.label), "note": safe(one.note)}

    def compose(self) -> ComposeResult:
        """Show the fields, and below them how to leave."""
        one = self._entries[0] if len(self._entries) == 1 else None
        title = one.label or one.id if one else _several(len(self._entries))
        with Vertical():
            yield Static(safe(_("Edit {name}").format(name=title)), id="title", markup=False)
            if one:
                yield from self._field("label", _("Label"))
            yield from self._field("tags", _("Tags (comma-separated)"))
            if one:
                yield from self._field("note", _("Note"))
            yield Static(_("enter: save · tab: next field · esc: cancel"), id="hint", markup=False)

    @on(Input.Submitted)
    def _keep(self) -> None:
        typed = self._typed("tags")
        before = {safe(tag): tag for tag in self._tags}
        tags = tuple(before) if typed is None else _tags(typed)
        self.dismiss(
            Edit(
                label=self._typed("label"),
                note=self._typed("note"),
                tags_added=tuple(tag for tag in tags if tag not in before),
                tags_removed=tuple(tag for shown, tag in before.items() if shown not in tags),
            )
        )

    def _field(self, name: str, label: str) -> ComposeResult:
        value, room = self._shown[name], max(_ROOM, len(self._shown[name]))
        yield Static(label, classes="name", markup=False)
        yield SafeInput(value, id=name, compact=True, max_length=room, select_on_focus=False)

    def _typed(self, name: str) -> str | None:
        """Return what is new in a field; None if it still is what was shown, or is not there."""
        if name not in self._shown:
            return None
        value = self.query_one(f"#{name}", SafeInput).value
        return None if value == self._shown[name] else safe(value).strip()


def _tags(text: str) -> tuple[str, ...]:
    words = (word.strip() for word in safe(text).translate(_SEPARATORS).split(","))
    return tuple(dict.fromkeys(word for word in words if word))


def _several(count: int) -> str:
    return plural("{n} task", "{n} tasks", count)
