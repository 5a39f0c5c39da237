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
_ansi_light = BUILTIN_THEMES["ansi-light"]
OF_A_LIGHT_TERMINAL = replace(
    _ansi_light,
    secondary="ansi_blue",
    warning="ansi_magenta",
    success="ansi_default",
    variables={
        **_ansi_light.variables,
        "input-selection-background": "ansi_blue",
        "input-selection-foreground": "ansi_bright_white",
        "screen-selection-background": "ansi_blue",
    },
)
"""Textual's own, but for cyan and green, pale in most palettes, and for two reds that are one."""
OF_EITHER_TERMINAL = replace(
    OF_A_LIGHT_TERMINAL,
    name="ansi-either",
    primary="ansi_default",
    secondary="ansi_default",
    warning="ansi_magenta",
    error="ansi_magenta",
)
"""What can be read on black and on white, where the background may well be either.

Of all sixteen magenta alone can; it is for what needs the user.
"""
WITHOUT_COLOURS, LIGHT_WITHOUT = OF_THE_TERMINAL.name, OF_A_LIGHT_TERMINAL.name
"""What NO_COLOR and a terminal of 16 colours are drawn with: the terminal's own colours.

Beside them there are dim, bold and reverse.
"""


def own_themes(*, indexed: bool) -> tuple[Theme, ...]:
    """Return our themes, and the terminal's; `indexed` is for a terminal of 256 colours."""
    terminals = (OF_THE_TERMINAL, OF_A_LIGHT_TERMINAL, OF_EITHER_TERMINAL)
    return (*(_INDEXED if indexed else OWN), *terminals)


@dataclass(frozen=True, slots=True)
class FoundTheme:
    """The name of the theme in force, and what is wrong with the one that was asked for."""

    name: str
    warnings: tuple[str, ...] = ()


def find_theme(
    settings: ScreenSettings,
    chosen: str,
    names: Collection[str],
    *,
    few_colours: bool = False,
    is_light: bool | None = None,
    may_be_either: bool = False,
) -> FoundTheme:
    """Find the theme among `names`: that of config.toml, else the chosen one, else our dark one.

    With `few_colours`, 16, the terminal's own are taken, of ours several would turn white: those
    for a background that `is_light` or not. Where nobody knows, None, it counts as dark, but for
    terminals that `may_be_either`.
    """
    if few_colours and settings.theme in ("", *(theme.name for theme in OWN)):
        usual = OF_EITHER_TERMINAL.name if may_be_either else WITHOUT_COLOURS
        if is_light is not None:
            usual = LIGHT_WITHOUT if is_light else WITHOUT_COLOURS
        elif settings.theme == LIGHT.name:
            usual = LIGHT_WITHOUT
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
