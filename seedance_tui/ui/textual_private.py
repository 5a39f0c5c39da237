"""What the program needs of Textual and Textual does not promise: all of it is here.

The upper bound of `textual` in pyproject.toml is there for this module; each part of it has a
test, which fails where a later Textual has changed it.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from contextlib import suppress
from functools import partial
from typing import TypeVar

from rich.align import Align
from rich.console import RenderableType
from rich.style import Style
from rich.text import Text
from textual import events, on
from textual._compositor import CompositorUpdate
from textual.app import App
from textual.binding import Binding
from textual.command import CommandList, CommandPalette
from textual.dom import DOMNode
from textual.driver import Driver
from textual.filter import LineFilter
from textual.geometry import Size
from textual.keys import _character_to_key
from textual.screen import Screen
from textual.scroll_view import ScrollView
from textual.widget import Widget
from textual.widgets.option_list import Option
from textual.worker import WorkerFailed

from ..core.text.i18n import _

T = TypeVar("T")
_HALF_WIDTH = {chr(code + 0xFEE0): chr(code) for code in range(0x21, 0x7F)}
_HALF_WIDTH |= {chr(code): key for code, key in ((0x3000, " "), (0x3001, "/"))}
_HALF_WIDTH |= {chr(code): key for code, key in ((0x300A, "<"), (0x300B, ">"))}
"""The full-width forms, and what Chinese input methods type for `/`, `<` and `>`."""


class QuietApp(App[None]):
    """Ends on the first error without a word: Textual's own would print local variables."""

    crash: BaseException | None = None
    """The error that ended the program, to be raised again where no screen is in the way."""

    def __init__(self) -> None:
        from .textual_updates import ShownCells

        self._shown = ShownCells()
        super().__init__()

    def on_crash(self) -> None:
        """Do what is left to do before the screen goes."""

    def _handle_exception(self, error: Exception) -> None:
        self._return_code = 1
        self.on_crash()
        if self._exception is None:
            self._exception = error
            self._exception_event.set()
            self.crash = error.error if isinstance(error, WorkerFailed) else error
        self.panic()

    def get_driver_class(self) -> type[Driver]:
        """Return Textual's own driver, on Unix with what a terminal that is gone needs."""
        chosen = super().get_driver_class()
        if sys.platform == "win32" or chosen.__name__ != "LinuxDriver":
            return chosen
        from .textual_driver import TerminalDriver

        return TerminalDriver

    def on_gone(self) -> None:
        """Do what is to be done when the terminal is gone; called in any thread."""

    def abandon_terminal(self) -> None:
        """Write nothing more: nobody sees it, and a dead terminal may never take it."""
        if self._driver and not self.is_headless:
            vars(self._driver)["is_gone"] = True

    def write_to_terminal(self, sequence: str) -> None:
        """Send a control sequence of our own making past the screen."""
        if sequence and self._driver and not self.is_headless:
            self._driver.write(sequence)

    def ask_terminal(self, question: str, answer: object) -> None:
        """Ask, where the driver can tell an `AwaitedAnswer` from keys."""
        if question and (ask := getattr(self._driver, "ask", None)):
            ask(question, answer)

    def on_resize(self) -> None:
        """Draw everything anew: nobody knows what a terminal of another size shows."""
        self._shown.forget()

    @on(Driver.SignalResume)
    def draw_anew(self) -> None:
        """Draw everything, also the cells that should be there already."""
        self._shown.forget()
        self.refresh()

    def _resume_signal(self) -> None:
        self._shown.forget()
        super()._resume_signal()

    def _display(self, screen: Screen[object], renderable: RenderableType | None) -> None:
        if isinstance(renderable, CompositorUpdate) and not self._batch_count:
            renderable = self.changes(renderable)
        super()._display(screen, renderable)

    def changes(self, update: CompositorUpdate) -> CompositorUpdate:
        """Return what of an update the terminal does not show yet, and take it for shown."""
        return self._shown.changes(update, whole_lines=self.has_class("-plain"))

    def keep_copied(self, text: str) -> None:
        """Keep what was copied for Textual's own fields, where the terminal was asked already."""
        self._clipboard = text

    @property
    def filters(self) -> Sequence[LineFilter]:
        """What changes the colours of each line before it goes to the terminal."""
        return tuple(self._filters)

    @filters.setter
    def filters(self, filters: Sequence[LineFilter]) -> None:
        self._filters = list(filters)


class CalmScreen(Screen[T]):
    """A screen that draws no more often than the line takes it, and what it covers once.

    Textual's own takes changes below it for its own again and again: the whole terminal is written
    anew several times a second, as long as the other one is open.
    """

    def _on_timer_update(self) -> None:
        if not getattr(self.app._driver, "is_behind", False):  # else the timer asks again
            super()._on_timer_update()

    def _compositor_refresh(self) -> None:
        if self is self.app.screen or self.app.is_inline:
            super()._compositor_refresh()
            return
        changed = set(self._compositor._dirty_regions)
        self._compositor._dirty_regions.clear()
        self._dirty_widgets.clear()
        if changed and self in self.app._background_screens:
            self.app.screen.refresh(*changed)


class CalmPalette(CommandPalette):
    """Says in our words that nothing was found, and takes a page key before it has a list."""

    def _action_command_list(self, action: str) -> None:
        with suppress(KeyError):
            super()._action_command_list(action)

    def _start_no_matches_countdown(self, search_value: str) -> None:
        self._stop_no_matches_countdown()
        say = partial(self._say_no_matches, search_value)
        self._no_matches_timer = self.set_timer(self._NO_MATCHES_COUNTDOWN, say)

    def _say_no_matches(self, search_value: str) -> None:
        if search_value:
            words = Align.center(Text(_("No matches found"), style="not bold"))
            option = Option(words, disabled=True, id=self._NO_MATCHES)
            self.query_one(CommandList).add_option(option)
        self._list_visible = bool(search_value)


def bindings_of(node: DOMNode) -> list[Binding]:
    """Return the bindings of a part of the screen, as declared but with the keys in force."""
    order = {binding.id: place for place, (_key, binding) in enumerate(node._bindings)}
    bindings = node._bindings.copy()
    bindings.apply_keymap(node.app._keymap)
    found = dict.fromkeys(binding for _key, binding in bindings)
    return sorted(found, key=lambda binding: order[binding.id])


def key_of(character: str) -> str:
    """Return what Textual calls the key that types a character."""
    return _character_to_key(character)


def set_virtual_size(view: ScrollView, size: Size) -> None:
    """Say how large the content is.

    Set as usual, the size would lay the whole screen out, also where nothing outside has to make
    room for the lines.
    """
    view.set_reactive(ScrollView.virtual_size, size)
    view._scroll_update(size)


def style_of(widget: Widget, classes: str) -> Style:
    """Return the style that the style sheet has for a part of a widget.

    As component classes, all of them would be styled for every region whenever a class changes: a
    fifth of a start.
    """
    part = DOMNode(classes=classes)
    part._attach(widget)
    widget.app.stylesheet.apply(part)
    return part.rich_style


def half_width(event: events.Key) -> events.Key:
    """Return the key that a full-width sign stands for, as a Chinese input method types it."""
    character = _HALF_WIDTH.get(event.character or "")
    return events.Key(_character_to_key(character), character) if character else event
