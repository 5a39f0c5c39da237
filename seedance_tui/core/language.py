"""The language in which the program speaks: English as written, or a catalogue in `locale/`."""

from __future__ import annotations

import gettext
from collections.abc import Mapping
from pathlib import Path

_LOCALE = Path(__file__).parent.parent / "locale"
_translation: gettext.NullTranslations = gettext.NullTranslations()


def use(language: str) -> None:
    """Speak `language` (`en` or `zh`) from here on."""
    global _translation
    _translation = gettext.translation("seedance_tui", _LOCALE, [language], fallback=True)


def from_environment(environ: Mapping[str, str]) -> str:
    """`zh` if the first of LC_ALL, LC_MESSAGES, LANG that is set says so, else `en`."""
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if value := environ.get(name):
            return "zh" if value.lower().startswith("zh") else "en"
    return "en"


def _(text: str) -> str:
    """Return the text in the chosen language."""
    return _translation.gettext(text) if text else ""


def plural(one: str, many: str, count: int) -> str:
    """Return the form for `count`, with `{n}` replaced by it."""
    return _translation.ngettext(one, many, count).format(n=count)
