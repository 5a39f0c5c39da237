"""config.toml as it is read: its values, and warnings that name the line of what is wrong.

It is the user's: it is read and never written.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterable, Mapping
from difflib import get_close_matches
from pathlib import Path
from typing import Any, Self, TypeVar

from ..text.i18n import _
from .errors import ConfigError

T = TypeVar("T")
_KNOWN = (
    *("api_key", "api_key_command", "api_key_file", "base_url", "watchlist", "history"),
    *("download_dir", "interval", "lang", "theme", "keymap"),
    *("name", "sidecar", "downloads_at_once", "guard"),
    *("views", "notify", "hooks", "tools", "pictures"),
    *("ascii", "plain_ui", "mouse", "keys", "columns", "hyperlinks"),
)
"""The keys that somebody reads, and the tables, each of which knows its own."""
_OF_SCREEN = (
    *("theme", "keymap", "tools", "pictures", "ascii", "plain_ui"),
    *("mouse", "keys", "columns", "hyperlinks"),
)
"""Those of them that only the monitor reads."""
_NAME = r"""(?:[\w-]+|"[^"]*"|'[^']*')"""
_DOTTED = rf"{_NAME}(?:\s*\.\s*{_NAME})*"
_HEADER = re.compile(rf"\s*\[{{1,2}}\s*({_DOTTED})\s*\]{{1,2}}\s*(?:#.*)?$")
_KEY = re.compile(rf"\s*({_DOTTED})\s*=")


class ScreenWarning(str):
    """A warning of a setting that only the monitor reads."""


class SettingsFile:
    """What the file at `path` says; `warnings` grows with what cannot be used of it.

    ValueError and RecursionError for text that is no TOML.
    """

    def __init__(self, path: Path, text: str = "") -> None:
        self.path = path
        self.values = tomllib.loads(text)
        self.warnings: list[str] = []
        self._text = text

    @classmethod
    def read(cls, path: Path, *, required: bool) -> Self:
        """Read the file, an empty one where there is none; ConfigError if it cannot be read."""
        try:
            return cls(path, path.read_text(encoding="utf-8-sig"))
        except FileNotFoundError:
            if required:
                raise ConfigError(_("{path}: no such file").format(path=path)) from None
            return cls(path)
        except (OSError, ValueError, RecursionError) as error:
            from ...files.os_errors import reason

            # Not the defaults: they would send a private gateway's key to the public one.
            words = _("{path} cannot be read: {reason}")
            raise ConfigError(words.format(path=path, reason=reason(error))) from error

    def get(self, key: str, default: T, read: Callable[[Any], T], *, table: str = "") -> T:
        """Return what `read` makes of the value of `key`, `default` where there is none.

        A ValueError of `read`, whose text goes behind the key, is a warning.
        """
        values = self.values.get(table, {}) if table else self.values
        if not isinstance(values, dict) or key not in values:
            return default
        try:
            return read(values[key])
        except ValueError as error:
            self.warn(and_default(error), key, table)
            return default

    def table(self, name: str, readers: Mapping[str, Callable[[Any], Any]]) -> dict[str, Any]:
        """Return what the readers make of the keys of a table; other keys are warned of."""
        values = self.values.get(name, {})
        if not isinstance(values, dict):
            self.warn(_("must be a table; using the defaults"), name)
            return {}
        for key in (key for key in values if key not in readers):
            self.warn(_hint(key, readers, name), key, name)
        missing = object()
        found = {key: self.get(key, missing, read, table=name) for key, read in readers.items()}
        return {key: value for key, value in found.items() if value is not missing}

    def warn(self, text: str, key: str, table: str = "") -> None:
        """Add a warning about a key."""
        self._warn(table or key, f"{self.place(key, table)} {text}")

    def place(self, key: str, table: str = "") -> str:
        """Name a key and where it stands: `config.toml line 3: theme`."""
        line = line_of(self._text, key, table)
        place = self.path.name
        if line is not None:
            place = _("{file} line {line}").format(file=place, line=line)
        return _("{name}: {what}").format(name=place, what=_dotted(table, key))

    def warn_in(self, array: str, number: int, text: str, key: str = "") -> None:
        """Add a warning about a key of one table of an array, the first one being 0."""
        self._warn(array, f"{self.place_in(array, number, key)} {text}")

    def _warn(self, setting: str, text: str) -> None:
        self.warnings.append(ScreenWarning(text) if setting in _OF_SCREEN else text)

    def place_in(self, array: str, number: int, key: str = "") -> str:
        """Name a table of an array, or a key of it, and where it stands."""
        lines = self._text.split("\n")
        headers = {n: _names(m[1]) for n, line in enumerate(lines) if (m := _HEADER.match(line))}
        starts = [n for n, names in headers.items() if names == [array]]
        if number >= len(starts):
            return self.place(array)
        start = starts[number]
        end = next((n for n in headers if n > start), len(lines))
        keys = ((n, _KEY.match(lines[n])) for n in range(start, end))
        line = next((n for n, m in keys if key and m and _names(m[1])[0] == key), start)
        place = _("{file} line {line}").format(file=self.path.name, line=line + 1)
        what = _dotted(array, key) if key else array
        return _("{name}: {what}").format(name=place, what=what)

    def check_names(self) -> None:
        """Warn of keys above all tables that nobody reads."""
        for key in (key for key in self.values if key not in _KNOWN):
            self.warn(_hint(key, _KNOWN), key)


def _hint(key: str, names: Iterable[str], table: str = "") -> str:
    if table and key in _KNOWN:
        return _("must come before the first table, not inside [{table}]").format(table=table)
    near = get_close_matches(key, list(names), n=1)
    words = (
        _("is not a known setting; did you mean {nearest}?")
        if near
        else _("is not a known setting")
    )
    return words.format(nearest=near[0] if near else "")


def and_default(problem: ValueError) -> str:
    """Say what is wrong with a value, and that another is in force."""
    return _("{problem}; using the default").format(problem=problem)


def line_of(text: str, key: str, table: str = "") -> int | None:
    """Return the line, from 1, on which `key` of `table` is set, or the table that holds it."""
    wanted = _dotted(table, key, "")
    above: list[str] = []
    for number, line in enumerate(text.split("\n"), 1):
        if header := _HEADER.match(line):
            path = above = _names(header[1])
        elif assignment := _KEY.match(line):
            path = above + _names(assignment[1])
        else:
            continue
        if _dotted(*path, "").startswith(wanted):
            return number
    return line_of(text, table) if table else None


def _dotted(*names: str) -> str:
    return ".".join(names).removeprefix(".")


def _names(dotted: str) -> list[str]:
    return [name.strip("\"'") for name in re.findall(_NAME, dotted)]
