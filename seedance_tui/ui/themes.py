"""The program's own themes: one accent, and three colours that mean something."""

from __future__ import annotations

from textual.theme import Theme

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
    primary="#0b7285",
    secondary="#0b7285",
    accent="#0b7285",
    foreground="#23282f",
    background="#fcfbf8",
    surface="#f1efe9",
    panel="#e8e5dd",
    success="#2f7d32",
    warning="#9a5b00",
    error="#b42318",
)
