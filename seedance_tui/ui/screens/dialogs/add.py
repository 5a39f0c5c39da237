"""Add tasks: whatever is typed or pasted is searched for IDs while it stands there."""

from __future__ import annotations

from dataclasses import dataclass

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.message import Message
from textual.widgets import Input, Static, TextArea

from ....core.text.i18n import _, plural
from ....core.text.sanitize import safe
from ....core.watchlist.batch import tags_in
from ....core.watchlist.find_ids import Found, find_ids
from ...drawing.format import cut_end
from ...drawing.glyphs import glyphs
from ...widgets.safe_input import SafeInput
from .dialog import Dialog

_MOST_CHARACTERS = 500
_LOW = 17
"""Lines of a terminal below which the hint gives way to the fields."""


@dataclass(frozen=True, slots=True)
class Addition:
    """What was found, and what is said of all of it; `{n}` in the label numbers the tasks."""

    found: Found
    label: str = ""
    tags: tuple[str, ...] = ()


class IdArea(TextArea):
    """A text area in which enter means done; a line is broken with ctrl+j."""

    class Submitted(Message):
        """Enter was pressed."""

    def on_key(self, event: events.Key) -> None:
        """Be done at enter, which would break the line."""
        if event.key == "enter":
            event.stop()
            event.prevent_default()
            self.post_message(self.Submitted())

    def on_resize(self) -> None:
        """Have the terminal's cursor here from the start: before, the area has no place."""
        if self.has_focus:
            self.app.cursor_position = self.cursor_screen_offset

    def on_paste(self, event: events.Paste) -> None:
        """Take what is harmless to show."""
        event.stop()
        event.prevent_default()
        self.insert(safe(event.text, lines=True))


class AddScreen(Dialog[Addition | None]):
    """Comes back with what was found; `known` are the IDs that are watched already."""

    DEFAULT_CSS = """
    AddScreen {
        align: center middle;
        background: $background 60%;
        & > Vertical {
            width: 84; max-width: 100%; height: auto; max-height: 100%;
            background: $surface; padding: 1 2;
        }
        #title { text-style: bold; }
        #hint { color: $foreground 70%; margin-bottom: 1; }
        #counts { color: $foreground 80%; margin-top: 1; }
        Input, Input:focus {
            border: none; height: 1; padding: 0 1; background: $background; margin-top: 1;
        }
        #tags { margin-top: 0; }
        &.-short {
            #hint { display: none; }
            & > Vertical { padding: 0 2; }
        }
        IdArea {
            height: auto; min-height: 3; max-height: 12; border: none; padding: 0 1;
            background: $background; scrollbar-size: 1 1;
        }
        IdArea:focus { border: none; }
    }
    """

    BINDINGS = [Binding("escape", "dismiss(None)", "Close", show=False, priority=True)]

    def __init__(self, known: frozenset[str], text: str = "") -> None:
        super().__init__()
        self._known = known
        self._text = text

    def compose(self) -> ComposeResult:
        """Show the field, and below it what was found in it."""
        with Vertical():
            yield Static(_("Add tasks"), id="title", markup=False)
            yield Static(
                _("Type or paste task IDs, plain or inside JSON, logs, links or tables."),
                id="hint",
                markup=False,
            )
            yield IdArea(self._text, soft_wrap=True, show_line_numbers=False, compact=True)
            yield self._field("label", _("Label for all, {n} for the number"))
            yield self._field("tags", _("Tags for all (comma-separated)"))
            yield Static("", id="counts", markup=False)

    def _field(self, name: str, placeholder: str) -> SafeInput:
        return SafeInput(id=name, placeholder=placeholder, max_length=_MOST_CHARACTERS)

    def on_mount(self) -> None:
        """Put the cursor behind what is there."""
        self.set_class(self.app.size.height < _LOW, "-short")
        area = self.query_one(IdArea)
        area.move_cursor(area.document.end)
        self._count()

    def on_key(self, event: events.Key) -> None:
        """Take what was typed before the field had the focus."""
        area = self.query_one(IdArea)
        if area.has_focus or isinstance(self.focused, SafeInput):
            return
        if event.key == "enter":
            self._submit()
        elif event.is_printable and event.character:
            area.insert(event.character)

    @on(TextArea.Changed)
    def _count(self) -> None:
        found = find_ids(self.query_one(IdArea).text)
        known = sum(1 for task_id in found.ids if task_id in self._known)
        parts = [plural("{n} new", "{n} new", len(found.ids) - known)]
        if known:
            parts.append(plural("{n} already on the list", "{n} already on the list", known))
        if found.odd:
            parts.append(plural("{n} invalid", "{n} invalid", len(found.odd)))
        parts.append(_("enter: add · tab: label, tags · esc: cancel"))
        self.query_one("#counts", Static).update(glyphs().joint.join(parts))

    @on(IdArea.Submitted)
    @on(Input.Submitted)
    def _submit(self) -> None:
        """Come back with what was found; a text in which nothing was found stays, to be mended."""
        text = self.query_one(IdArea).text
        found = find_ids(text)
        if text.strip() and not found.ids:
            words = cut_end(" ".join(found.odd) or text.strip(), 40)
            what = _("no ID found in: {words}").format(words=safe(words))
            self.query_one("#counts", Static).update(glyphs().joint.join((what, _("esc: cancel"))))
            return
        label, tags = (self.query_one(f"#{name}", SafeInput).value for name in ("label", "tags"))
        self.dismiss(Addition(found, safe(label).strip(), tags_in(tags)))
