"""Read one value of config.toml; the text of a ValueError goes behind the key it belongs to."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from enum import StrEnum
from typing import TYPE_CHECKING, Any, TypeVar

from ..text.i18n import _
from .auto_save import AutoSave
from .errors import ConfigError

if TYPE_CHECKING:
    from ...api.links import Kind
    from .toml_file import SettingsFile

LEAST_INTERVAL = 0.5
"""Seconds between two polls of a task."""
Word = TypeVar("Word", bound=StrEnum)


def text(value: object) -> str:
    """Read a text."""
    if isinstance(value, str):
        return value
    raise ValueError(_("must be a string"))


def flag(value: object) -> bool:
    """Read true or false."""
    if isinstance(value, bool):
        return value
    raise ValueError(_("must be true or false"))


def seconds(value: object) -> float:
    """Read a span of time, from a number or its text."""
    try:
        if isinstance(value, str | int | float) and not isinstance(value, bool):
            span = float(value)
            if 0 <= span < float("inf"):
                return span
    except (ValueError, OverflowError):
        pass
    raise ValueError(_("must be a number of seconds"))


def whole_number(least: int, most: int) -> Callable[[object], int]:
    """Return what reads a whole number within limits."""

    def read(value: object) -> int:
        if isinstance(value, int) and not isinstance(value, bool) and least <= value <= most:
            return value
        words = _("must be an integer from {least} to {most}")
        raise ValueError(words.format(least=least, most=most))

    return read


def language_word(value: object) -> str:
    """Read `en` or `zh`; empty is no choice."""
    if value in ("", "en", "zh"):
        return text(value)
    raise ValueError(_("{value!r}: must be en or zh").format(value=value))


def table(value: object) -> dict[str, object]:
    """Read a table of anything."""
    if isinstance(value, dict):
        return value
    raise ValueError(_("must be a table"))


def text_or_list(value: object) -> str:
    """Read a text, or a list of them, which becomes a text with commas."""
    texts: list[Any] = value if isinstance(value, list) else [value]
    if all(isinstance(one, str) for one in texts):
        return ",".join(texts)
    raise ValueError(_("must be a string or a list of strings"))


def texts(value: object) -> tuple[str, ...]:
    """Read a list of texts."""
    if isinstance(value, list) and all(isinstance(one, str) for one in value):
        return tuple(value)
    raise ValueError(_("must be a list of strings"))


def one_of(words: type[Word]) -> Callable[[object], Word]:
    """Return what reads one of the words."""

    def read(value: object) -> Word:
        for word in words:
            if word == value:
                return word
        raise ValueError(_("must be one of {words}").format(words=quoted(words)))

    return read


def quoted(words: Iterable[str]) -> str:
    """Return the words as they are written in the file."""
    return ", ".join(f'"{word}"' for word in words)


def auto_save(value: object) -> tuple[Kind, ...]:
    """Read an auto-save value; true means the result alone."""
    word = {False: "off", True: "result"}[value] if isinstance(value, bool) else value
    if isinstance(word, str) and word in set(AutoSave):
        return AutoSave(word).kinds
    raise ValueError(_("must be one of {words}").format(words='false, true, "result", "both"'))


def language(chosen: str | None, file: SettingsFile) -> str:
    """Return the language of the option, or else of the file, empty if neither names one."""
    if not chosen:
        return file.get("lang", "", language_word)
    try:
        return language_word(chosen)
    except ValueError as error:
        raise ConfigError(f"lang: {error}") from None
