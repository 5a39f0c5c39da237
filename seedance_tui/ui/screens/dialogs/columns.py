"""Choose the columns of the list, and their order."""

from __future__ import annotations

from collections.abc import Sequence

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.reactive import reactive
from textual.widgets import Static

from ....core.text.i18n import _
from ...drawing import format as fmt
from ...drawing.columns import COLUMNS
from ...drawing.glyphs import glyphs
from ...drawing.spans import Line
from ...widgets.rows import Rows
from .dialog import Dialog


class ColumnRows(Rows):
    """Attributes: `names` in their order, `chosen` those that the list has."""

    names: reactive[tuple[str, ...]] = reactive((), repaint=False)
    chosen: reactive[frozenset[str]] = reactive(frozenset(), repaint=False)

    class Chosen(Rows.Chosen):
        """A row was clicked."""

    def watch_names(self) -> None:
        """Show them in this order."""
        self.set_keys(self.names)

    def watch_chosen(self) -> None:
        """Show which there are."""
        self.repaint()

    def line(self, y: int) -> Line:
        """Return a column: whether the list has it, its head, what it shows."""
        name = self.names[y]
        has_it = name in self.chosen
        sign = (glyphs().mark or _("yes")) if has_it else ""
        head = fmt.fit(_(COLUMNS[name].head), 10)
        return (
            (self.pointer(y), "accent"),
            (fmt.fit(sign, 4), "accent"),
            (head, "bright" if has_it else "dim"),
            (fmt.fit(words()[name], max(0, self.line_width - 16)), "dim"),
        )


class ColumnsScreen(Dialog[tuple[str, ...] | None]):
    """Comes back with the names of the columns; with none where the width is to decide."""

    DEFAULT_CSS = """
    ColumnsScreen {
        align: center middle;
        background: $background 60%;
        & > Vertical {
            width: 80; max-width: 100%; height: auto; max-height: 100%;
            background: $surface; padding: 1 2;
        }
        #title { text-style: bold; margin-bottom: 1; }
        #hint { color: $foreground 70%; margin-top: 1; }
        ColumnRows { height: auto; max-height: 60vh; background: $surface; }
        &.-short > Vertical { padding: 0 2; }
        &.-short #title, &.-short #hint { margin: 0; }
    }
    """
    BINDINGS = [
        Binding("escape,q", "dismiss(None)", "Close", show=False),
        Binding("enter", "keep", "Keep", show=False),
        Binding("space", "turn", "Show or hide", show=False),
        Binding("shift+up,K", "place(-1)", "Up", show=False),
        Binding("shift+down,J", "place(1)", "Down", show=False),
        Binding("r", "dismiss(())", "By width", show=False),
    ]
    AUTO_FOCUS = "ColumnRows"

    def __init__(self, shown: Sequence[str]) -> None:
        super().__init__()
        self._shown = tuple(shown)

    def compose(self) -> ComposeResult:
        """Show all columns, those of the list first and in their order."""
        hint = glyphs().joint.join(
            [
                _("space: show or hide"),
                _("J K: move"),
                _("r: by width"),
                _("enter: keep"),
                _("esc: cancel"),
            ]
        )
        with Vertical():
            yield Static(_("Columns"), id="title", markup=False)
            yield ColumnRows()
            yield Static(hint, id="hint", markup=False)

    def on_mount(self) -> None:
        """Begin with the columns that there are."""
        self.set_class(self.app.size.height < 20, "-short")
        rows = self.query_one(ColumnRows)
        rows.names = tuple(dict.fromkeys((*self._shown, *COLUMNS)))
        rows.chosen = frozenset(self._shown)

    @on(ColumnRows.Chosen)
    def action_turn(self) -> None:
        """Show the column under the cursor, or hide it; that of the task always stays."""
        rows = self.query_one(ColumnRows)
        if isinstance(rows.cursor, str) and rows.cursor != "task":
            rows.chosen ^= {rows.cursor}

    def action_place(self, by: int) -> None:
        """Move the column under the cursor to the left or to the right."""
        rows = self.query_one(ColumnRows)
        names, place = list(rows.names), rows.place
        rows.stay()
        if 0 <= place + by < len(names):
            names.insert(place + by, names.pop(place))
            rows.names = tuple(names)

    def action_keep(self) -> None:
        """Come back with the columns in their order."""
        rows = self.query_one(ColumnRows)
        self.dismiss(tuple(name for name in rows.names if name in rows.chosen))


def words() -> dict[str, str]:
    """What each column shows."""
    return {
        "task": _("label or ID"),
        "status": _("status, and what the program knows"),
        "progress": _("how far, the reason of a failure, or the facts"),
        "age": _("since it was submitted"),
        "link": _("time left on the link"),
        "tags": _("your tags"),
        "resolution": _("resolution of the result"),
        "ratio": _("width to height"),
        "duration": _("length of the video"),
        "tokens": _("billed tokens"),
        "model": _("model"),
        "seed": _("seed"),
        "note": _("your note"),
        "id": _("task ID"),
    }
