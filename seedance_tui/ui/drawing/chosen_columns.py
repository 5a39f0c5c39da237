"""The columns that the user has chosen, in the settings or on the screen."""

from __future__ import annotations

from difflib import get_close_matches

from ...core.settings.screen import ScreenSettings
from ...core.text.i18n import _
from ...core.text.sanitize import safe
from .columns import COLUMNS


def known_columns(settings: ScreenSettings) -> tuple[tuple[str, ...], list[str]]:
    """Return the columns that the settings choose, and warnings about those that there are not."""
    known = tuple(name for name in settings.columns if name in COLUMNS)
    warnings = [
        settings.warning("columns", _unknown(name))
        for name in settings.columns
        if name not in COLUMNS
    ]
    return known, warnings


def remembered(words: str) -> tuple[str, ...]:
    """Return the columns that were chosen on the screen; those of another version are left out."""
    return tuple(name for name in words.split(",") if name in COLUMNS)


def _unknown(name: str) -> str:
    near = get_close_matches(name, list(COLUMNS), n=1)
    words = (
        _("{name} is not a column; did you mean {nearest}?")
        if near
        else _("{name} is not a column")
    )
    return words.format(name=f'"{safe(name)}"', nearest=near[0] if near else "")
