"""Theme and key bindings, from the settings and the remembered choices."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence

from textual import on
from textual.binding import Binding
from textual.filter import Monochrome, NoColor
from textual.scrollbar import ScrollBar, ScrollBarRender

from ..core.session import Session
from ..core.settings.screen import Preset
from .drawing.glyphs import choose, glyphs
from .drawing.themes import WITHOUT_COLOURS, FoundTheme, find_theme, own_themes
from .keys.action import has_key
from .messages import BackgroundTold
from .textual_private import QuietApp

_SHOW_CURSOR = "\x1b[?25h"


class WholeCells(ScrollBarRender):
    """A scrollbar whose ends are whole cells: it is drawn with spaces alone."""

    VERTICAL_BARS = [" "]
    HORIZONTAL_BARS = [" "]


class Appearance(QuietApp):
    """Theme, key bindings and symbols, as the settings and the terminal allow."""

    def __init__(self, session: Session) -> None:
        from .terminal.hyperlinks import can_open_links

        super().__init__()
        self.session = session
        settings = session.config.screen
        choose(settings, has_hyperlinks=can_open_links(os.environ))
        is_ascii = settings.ascii or settings.plain
        ScrollBar.renderer = WholeCells if is_ascii else ScrollBarRender
        self.set_class(is_ascii, "-ascii")
        self.set_class(settings.plain, "-plain")
        self.own_keys: Mapping[str, str] = {}
        """The keys that actions have instead of their usual ones."""
        self._is_dressed = False
        self._found_theme = ""
        self._obey_no_color()

    def apply_settings(self, places: Sequence[Iterable[Binding]]) -> list[str]:
        """Apply theme and key bindings; return warnings about settings that cannot be used.

        `places` are the bindings that work together; where the user has no keys of their own,
        none are needed.
        """
        settings = self.session.config.screen
        self.set_class(self.has_256_colours, "-indexed")
        for theme in own_themes(indexed=self.has_256_colours):
            self.register_theme(theme)
        found = self._find_theme(self._ask_background())
        self._put_on(found.name)
        warnings = list(found.warnings)
        if settings.keymap or settings.keys is not Preset.DEFAULT:
            from .keys.keymap import resolve

            keymap = resolve(settings, places)
            self.set_keymap(keymap.keys)
            self.own_keys = keymap.keys
            warnings += keymap.warnings
        if settings.plain:
            self.write_to_terminal(_SHOW_CURSOR)
        return warnings

    def _ask_background(self) -> bool | None:
        """Ask whether the background is light, if it matters; return what is known before."""
        if self.no_color or not self.has_few_colours:
            return None
        from .terminal.background import AnswerFinder, light_by_variable, question

        answer = AnswerFinder(lambda is_light: self.post_message(BackgroundTold(is_light)))
        self.ask_terminal(question(os.environ), answer)
        return light_by_variable(os.environ)

    @on(BackgroundTold)
    def _suit_background(self, event: BackgroundTold) -> None:
        """Take the theme that can be read there, unless the user has changed it meanwhile."""
        if self.theme == self._found_theme:
            self._put_on(self._find_theme(event.is_light).name)

    def _find_theme(self, is_light: bool | None) -> FoundTheme:  # noqa: FBT001
        settings, chosen = self.session.config.screen, self.session.choices.theme
        return find_theme(
            settings,
            chosen,
            self.available_themes,
            few_colours=self.has_few_colours,
            is_light=is_light,
            may_be_either=bool(os.environ.get("TMUX")),
        )

    def _put_on(self, theme: str) -> None:
        """Show a theme that nobody has chosen just now: it is not kept."""
        self._is_dressed = False
        self.theme = self._found_theme = WITHOUT_COLOURS if self.no_color else theme
        self._is_dressed = True

    def copy_to_clipboard(self, text: str) -> None:
        """Ask the terminal to copy, by a sequence that also reaches it through screen."""
        from .terminal.osc52 import osc52

        self.keep_copied(text)
        self.write_to_terminal(osc52(text, os.environ))

    @property
    def has_few_colours(self) -> bool:
        """Whether the terminal has 16 colours; without a terminal nobody sees any."""
        return not self.is_headless and self.console.color_system in ("standard", "windows")

    @property
    def has_256_colours(self) -> bool:
        """Whether the terminal has these and no more, as over SSH or in GNU screen."""
        return not self.is_headless and self.console.color_system == "256"

    def _obey_no_color(self) -> None:
        """Take NO_COLOR at its word: only if it is not empty, but then no grey either."""
        self.no_color = bool(os.environ.get("NO_COLOR"))
        to_true_colours, *others = self.filters
        others = [one for one in others if not isinstance(one, Monochrome | NoColor)]
        self.filters = [to_true_colours, *([NoColor()] if self.no_color else []), *others]

    def watch_theme(self, theme: str) -> None:
        """Keep a theme that the user chose for the next time."""
        if self._is_dressed:
            self.run_worker(self.session.choices.keep(theme=theme), group="choices")

    def get_key_display(self, binding: Binding) -> str:
        """Return how a key is called on this terminal; empty for an action without one."""
        if not has_key(binding):
            return ""
        shown = super().get_key_display(binding)
        for sign, name in glyphs().keys.items():
            shown = shown.replace(sign, name)
        return shown
