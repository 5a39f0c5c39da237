"""The program's own themes: one accent, and three colours that mean something."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from difflib import get_close_matches

from textual.theme import BUILTIN_THEMES, Theme

from ...core.settings.screen import ScreenSettings
from ...core.text.i18n import _

DARK = Theme(
    name="seedance-dark",
    dark=True,
    primary="#6cc3c9",
    secondary="#6cc3c9",
    accent="#6cc3c9",
    foreground="#d8dce3",
    background="#14171c",
    surface="#1c2027",
    panel="#232830",
    success="#8cc77c",
    warning="#e3b25f",
    error="#ea7a78",
)
LIGHT = Theme(
    name="seedance-light",
    dark=False,
    primary="#0a6577",
    secondary="#0a6577",
    accent="#0a6577",
    foreground="#23282f",
    background="#fcfbf8",
    surface="#f1efe9",
    panel="#e8e5dd",
    success="#286b2b",
    warning="#865000",
    error="#a82015",
)
CONTRAST = Theme(
    name="seedance-contrast",
    dark=True,
    primary="#5ff1ff",
    secondary="#5ff1ff",
    accent="#5ff1ff",
    foreground="#ffffff",
    background="#000000",
    surface="#202020",
    panel="#303030",
    success="#6cff6c",
    warning="#ffe14d",
    error="#ff9a9a",
)
OWN = (DARK, LIGHT, CONTRAST)
_INDEXED = (
    replace(DARK, background="#121212", surface="#1c1c1c", panel="#262626"),
    replace(LIGHT, background="#ffffff", surface="#eeeeee", panel="#e4e4e4"),
    CONTRAST,
)
"""Ours for 256 colours: of those the nearest to our backgrounds are black, navy and yellow."""
OF_THE_TERMINAL = replace(
    BUILTIN_THEMES["ansi-dark"],
    primary="ansi_bright_cyan",
    secondary="ansi_bright_cyan",
    error="ansi_bright_red",
)
"""Textual's own, but for its blue and red, which can hardly be read on black."""
WITHOUT_COLOURS, LIGHT_WITHOUT = OF_THE_TERMINAL.name, "ansi-light"
"""What NO_COLOR and a terminal of 16 colours are drawn with: the terminal's own colours.

Beside them there are dim, bold and reverse.
"""


def own_themes(*, indexed: bool) -> tuple[Theme, ...]:
    """Return our themes, and the terminal's; `indexed` is for a terminal of 256 colours."""
    return (*(_INDEXED if indexed else OWN), OF_THE_TERMINAL)


@dataclass(frozen=True, slots=True)
class FoundTheme:
    """The name of the theme in force, and what is wrong with the one that was asked for."""

    name: str
    warnings: tuple[str, ...] = ()


def find_theme(
    settings: ScreenSettings, chosen: str, names: Collection[str], *, few_colours: bool = False
) -> FoundTheme:
    """Find the theme among `names`: that of config.toml, else the chosen one, else our dark one.

    With `few_colours`, 16, the terminal's own are taken: of ours several would turn white.
    """
    if few_colours and settings.theme in ("", *(theme.name for theme in OWN)):
        usual = LIGHT_WITHOUT if settings.theme == LIGHT.name else WITHOUT_COLOURS
        return FoundTheme(chosen if chosen.startswith("ansi-") else usual)
    usual = chosen if chosen in names else DARK.name
    if not settings.theme:
        return FoundTheme(usual)
    if settings.theme in names:
        return FoundTheme(settings.theme)
    near = get_close_matches(settings.theme, names, n=1)
    if near:
        words = _("is not a known theme; did you mean {nearest}? Using {usual}.")
    else:
        words = _("is not a known theme. Using {usual}.")
    text = words.format(nearest=near[0] if near else "", usual=usual)
    return FoundTheme(usual, (settings.warning("theme", text),))
