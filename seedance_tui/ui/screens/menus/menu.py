"""A menu over the screen: a letter, or the cursor and enter, picks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import Generic, TypeVar

from rich.cells import cell_len
from rich.text import Text
from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.geometry import Offset
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from ....core.text.i18n import _
from ...drawing import format as fmt
from ...drawing.glyphs import glyphs
from ..dialogs.dialog import Dialog

_WIDTH = 84
_MOST_LABEL = 20
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Choice(Generic[T]):
    """A line of a menu: `detail` says what is behind it; without a `value` it cannot be picked."""

    key: str
    label: str
    detail: str
    value: T | None
    is_current: bool = False
    """Whether it is in force: the menu begins there, so that enter changes nothing."""
    is_name: bool = False
    """Whether `detail` is a name or an address: its end tells it from others, so it stays."""


class ChoiceList(OptionList):
    """A list that is always shown whole, so that a page is all of it."""

    def watch_highlighted(self, highlighted: int | None) -> None:
        """Take the terminal's own cursor along where a screen reader follows it."""
        super().watch_highlighted(highlighted)
        self._take_cursor()

    def on_resize(self) -> None:
        """Have the cursor on the first choice from the start: before, it has no place."""
        self._take_cursor()

    def _take_cursor(self) -> None:
        if glyphs().plain and self.highlighted is not None:
            row = Offset(0, self.highlighted - self.scroll_offset.y)
            self.app.cursor_position = self.content_region.offset + row

    def action_page_up(self) -> None:
        """Go to the first choice."""
        self.action_first()

    def action_page_down(self) -> None:
        """Go to the last choice."""
        self.action_last()


class MenuScreen(Dialog[T | None]):
    """Comes back with the value of the choice, or None."""

    DEFAULT_CSS = """
    MenuScreen {
        align: center middle;
        background: $background 0%;
        & > Vertical {
            width: 84; max-width: 100%; height: auto; max-height: 100%;
            background: $surface; padding: 1 2; overflow: hidden;
        }
        #title { color: $foreground; text-style: bold; margin-bottom: 1; }
        OptionList, OptionList:focus {
            height: auto; max-height: 70vh; border: none; padding: 0;
            background: $surface; background-tint: $surface 0%; scrollbar-size-vertical: 1;
        }
        OptionList > .option-list--option { color: $foreground; }
        OptionList:focus > .option-list--option-highlighted {
            background: $primary 18%; color: $foreground; text-style: none;
        }
        OptionList > .option-list--option-disabled { color: $foreground 50%; }
        &:ansi OptionList:focus > .option-list--option-highlighted {
            background: ansi_blue; color: ansi_bright_white;
        }
        &:nocolor OptionList:focus > .option-list--option-highlighted {
            text-style: bold underline;
        }
    }
    """

    BINDINGS = [Binding("escape,q", "dismiss(None)", "Close", show=False)]

    def __init__(self, title: str, choices: Sequence[Choice[T]]) -> None:
        super().__init__()
        self._title = title
        self._choices = choices
        self._has_current = any(choice.is_current for choice in choices)

    def compose(self) -> ComposeResult:
        """Show the choices under the title."""
        label = min(_MOST_LABEL, max(cell_len(choice.label) for choice in self._choices) + 2)
        room = max(8, min(_WIDTH, self.app.size.width) - 12 - label - 2 * self._has_current)
        with Vertical():
            yield Static(fmt.in_row(self._title), id="title", markup=False)
            yield ChoiceList(
                *(
                    Option(_prompt(c, label, room, self._sign(c)), disabled=c.value is None)
                    for c in self._choices
                ),
                markup=False,
                compact=True,
            )

    def on_mount(self) -> None:
        """Begin at what is in force."""
        places = (place for place, choice in enumerate(self._choices) if choice.is_current)
        if (place := next(places, None)) is not None:
            self.query_one(ChoiceList).highlighted = place

    def _sign(self, choice: Choice[T]) -> str:
        """The cells before a label: a tick at what is in force, where anything is."""
        if not self._has_current or not glyphs().mark:
            return ""
        return fmt.fit(glyphs().mark if choice.is_current else "", 2)

    def on_key(self, event: events.Key) -> None:
        """Pick by letter; of what cannot be picked, say that it is not there."""
        for choice in self._choices:
            if event.character != choice.key:
                continue
            event.stop()
            if choice.value is not None:
                self.dismiss(choice.value)
                return
            text = _("{label}: not available.").format(label=choice.label)
            self.query_one("#title", Static).update(f"{fmt.in_row(self._title)}  {text}")

    @on(OptionList.OptionSelected)
    def _pick(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        self.dismiss(self._choices[event.option_index].value)


def _prompt(choice: Choice[T], label: int, room: int, sign: str) -> Text:
    cut = partial(fmt.cut_middle, tail=room // 3) if choice.is_name else fmt.cut_end
    detail = cut(fmt.in_row(choice.detail), room)
    name = sign + fmt.fit(choice.label, label)
    return Text.assemble((f" {choice.key}  ", "bold"), name, (detail, "dim"), no_wrap=True)
