"""Translation: English as written, or a catalogue in `locale/`."""

from __future__ import annotations

import gettext
from collections.abc import Mapping
from pathlib import Path
from typing import TypeVar

LANGUAGES = ("en", "zh")
_Text = TypeVar("_Text", bound=str)
_LOCALE = Path(__file__).parents[2] / "locale"
_spoken = "en"
_translation: gettext.NullTranslations = gettext.NullTranslations()
_spelling: Mapping[str, str] = {}


def use(language: str) -> None:
    """Translate into `language` (`en` or `zh`) from here on."""
    global _spoken, _translation
    _spoken = language
    _translation = gettext.translation("seedance_tui", _LOCALE, [language], fallback=True)


def spoken() -> str:
    """Return the language in use."""
    return _spoken


def spell(signs: Mapping[str, str]) -> None:
    """Write signs such as `…` in another way from here on: not every terminal has them."""
    global _spelling
    _spelling = signs


def from_environment(environ: Mapping[str, str]) -> str:
    """`zh` if the first of LC_ALL, LC_MESSAGES, LANG that is set says so, else `en`."""
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if value := environ.get(name):
            return "zh" if value.lower().startswith("zh") else "en"
    return "en"


def _(text: str) -> str:
    """Return the text in the chosen language."""
    return _spelt(_translation.gettext(text)) if text else ""


def pgettext(context: str, text: str) -> str:
    """Return the text in the chosen language where it has another meaning than elsewhere."""
    return _spelt(_translation.pgettext(context, text))


def N_(text: _Text) -> _Text:  # noqa: N802  gettext's own name for it
    """Mark a text for the catalogue that `_` will get from a variable."""
    return text


def plural(one: str, many: str, count: int, **values: object) -> str:
    """Return the form for `count`, with `{n}` replaced by it, and other names by `values`."""
    return _spelt(_translation.ngettext(one, many, count)).format(n=count, **values)


def _spelt(text: str) -> str:
    if _spelling and not text.isascii():
        for sign, spelling in _spelling.items():
            text = text.replace(sign, spelling)
    return text
