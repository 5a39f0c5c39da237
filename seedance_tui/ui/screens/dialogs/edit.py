"""Edit what the user says of tasks: label, tags, note; of several, a pattern of labels."""

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
from ....core.watchlist.batch import NUMBER, numbered, tags_in
from ...drawing.format import cut_middle
from ...drawing.glyphs import glyphs
from ...widgets.safe_input import SafeInput
from ...widgets.tag_chips import TagChips, chips
from .dialog import Dialog

_ROOM = 500
"""Characters that fit into a field, more if there were more."""
_LOW = 20
"""Lines of a terminal below which nothing stands between the fields."""


@dataclass(frozen=True, slots=True)
class Edit:
    """New words; None where a field was not offered, or was left as it was.

    `{n}` in the label stands for the number of each task, where there are several.
    """

    label: str | None
    note: str | None
    tags_added: tuple[str, ...]
    tags_removed: tuple[str, ...]

    def of(self, watched: Watched, number: int | None = None) -> Watched:
        """Return the entry with the new words; `number` is its place among several."""
        kept = [tag for tag in watched.tags if tag not in self.tags_removed]
        tags = tuple(dict.fromkeys((*kept, *self.tags_added)))
        changed = replace(watched, tags=tags)
        if self.label is not None:
            label = self.label if number is None else numbered(self.label, number)
            changed = replace(changed, label=label)
        return changed if self.note is None else replace(changed, note=self.note)


class EditScreen(Dialog[Edit | None]):
    """Comes back with the edit; `known` are the tags of other tasks, the most frequent first."""

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
        #hint, #preview { color: $foreground 70%; }
        #preview { height: 1; margin-bottom: 1; }
        Input, Input:focus {
            border: none; height: 1; padding: 0 1; margin-bottom: 1; background: $background;
        }
        #label.-pattern { margin-bottom: 0; }
        TagChips { margin-bottom: 1; color: $foreground; }
        &.-short {
            & > Vertical { padding: 0 2; }
            #title, #preview, Input, Input:focus, TagChips { margin: 0; }
        }
    }
    """

    BINDINGS = [
        Binding("escape", "dismiss(None)", "Close", show=False, priority=True),
        Binding("enter", "keep", "Save", show=False),
        Binding("down", "app.focus_next", "Next", show=False),
        Binding("up", "app.focus_previous", "Previous", show=False),
    ]

    def __init__(self, entries: Sequence[Watched], known: Sequence[str] = ()) -> None:
        super().__init__()
        self._entries = entries
        self._chips = chips([entry.tags for entry in entries], known)
        labels = {safe(entry.label) for entry in entries}
        self._shown = {"label": labels.pop() if len(labels) == 1 else "", "tags": ""}
        if len(entries) == 1:
            self._shown["note"] = safe(entries[0].note)

    def compose(self) -> ComposeResult:
        """Show the fields, and below them how to leave."""
        count, one = len(self._entries), self._entries[0]
        several = plural("{n} task", "{n} tasks", count)
        title = one.label or one.id if count == 1 else several
        with Vertical():
            yield Static(safe(_("Edit {name}").format(name=title)), id="title", markup=False)
            if count == 1:
                yield from self._field("label", _("Label"))
            yield from self._field("tags", _("Tags to add (comma-separated)"))
            if count > 1:
                yield from self._field("label", _("Label of all, {n} for the number"))
                yield Static("", id="preview", markup=False)
            else:
                yield from self._field("note", _("Note"))
            if self._chips:  # last: who types a label meets no key that turns a tag
                yield Static(_("Tags"), classes="name", markup=False)
                yield TagChips(self._chips, id="chips")
            yield Static(self._how_to_leave, id="hint", markup=False)

    @property
    def _how_to_leave(self) -> str:
        words = [_("enter: save · tab: next field · esc: cancel")]
        if self._chips:
            words.append(_("space: turn a tag"))
        return glyphs().joint.join(words)

    def on_mount(self) -> None:
        """Say what becomes of the labels."""
        self.set_class(self.app.size.height < _LOW, "-short")
        self._show_labels()

    @on(Input.Changed, "#label")
    def _show_labels(self) -> None:
        if len(self._entries) == 1:
            return
        pattern, count = self.query_one("#label", SafeInput), len(self._entries)
        pattern.add_class("-pattern")
        text = self._typed("label")
        if text is None:
            words = _("Labels stay as they are.")
        elif NUMBER not in text:
            words = _("The same label for all; {n} numbers them.") if text else _("No labels.")
        else:
            ends = [cut_middle(numbered(text, number), 30) for number in (1, count)]
            words = f"{ends[0]} {glyphs().ellipsis} {ends[1]}"
        self.query_one("#preview", Static).update(words)

    @on(Input.Submitted)
    def action_keep(self) -> None:
        """Come back with what was typed and turned."""
        turned = list(self.query(TagChips))
        typed = tags_in(self._typed("tags") or "")
        added = (*(tag for one in turned for tag in one.added), *typed)
        self.dismiss(
            Edit(
                label=self._typed("label"),
                note=self._typed("note"),
                tags_added=added,
                tags_removed=tuple(t for one in turned for t in one.removed if t not in added),
            )
        )

    def _field(self, name: str, label: str) -> ComposeResult:
        value, room = self._shown[name], max(_ROOM, len(self._shown[name]))
        yield Static(label, classes="name", markup=False)
        yield SafeInput(value, id=name, max_length=room, select_on_focus=False)

    def _typed(self, name: str) -> str | None:
        """Return what is new in a field; None if it still is what was shown, or is not there."""
        if name not in self._shown:
            return None
        value = self.query_one(f"#{name}", SafeInput).value
        return None if value == self._shown[name] else safe(value).strip()
