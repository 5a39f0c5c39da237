"""The array `[[tools]]` of config.toml: commands of the user's own, each on a key."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from enum import StrEnum
from typing import Any

from ..settings.hooks import Command, command
from ..settings.toml_file import SettingsFile
from ..settings.values import flag, one_of, text
from ..text.i18n import _
from ..text.sanitize import safe
from ._environment import field_names

_FIELD = re.compile(r"\{([a-z_]+)\}")
_NEEDED = ("key", "name", "argv")


class Output(StrEnum):
    """Where what a tool says is shown."""

    NOTICE = "notice"
    """Its last line, in the notice line; all of it in the messages."""
    PANE = "pane"
    SUSPEND = "suspend"
    """The tool has the terminal until it ends."""


class RunMode(StrEnum):
    """How often a tool runs for several tasks."""

    EACH = "each"
    """Once a task."""
    ALL = "all"
    """Once: each field is as many arguments as there are tasks."""


@dataclass(frozen=True, slots=True)
class Tool:
    """A command and the key for it; an argument that is `{field}` is that field of a task."""

    key: str
    name: str
    argv: Command
    confirm: bool = False
    output: Output = Output.NOTICE
    run: RunMode = RunMode.EACH
    place: str = ""
    """Where it stands in the settings: `config.toml line 3: tools.key`."""

    @property
    def needs_tasks(self) -> bool:
        """Whether any argument is a field of a task."""
        return any(field_of(argument) for argument in self.argv)


def field_of(argument: str) -> str:
    """Return the field that an argument stands for, empty for an argument that is itself."""
    found = _FIELD.fullmatch(argument)
    return found[1] if found else ""


def read_tools(file: SettingsFile) -> tuple[Tool, ...]:
    """Read the tools; one that cannot be used is left out and warned of, with its line."""
    tables = file.values.get("tools", [])
    if not isinstance(tables, list) or not all(isinstance(one, dict) for one in tables):
        file.warn(_("must be tables, each headed [[tools]]"), "tools")
        return ()
    read = (_read(file, number, values) for number, values in enumerate(tables))
    return tuple(tool for tool in read if tool)


def _read(file: SettingsFile, number: int, values: Mapping[str, Any]) -> Tool | None:
    """Read one tool; None if anything of it is wrong, which is said."""
    found: dict[str, Any] = {"place": file.place_in("tools", number, "key")}
    is_well = True
    for key, value in values.items():
        try:
            found[key] = _READERS[key](value)
        except KeyError:
            near = get_close_matches(key, _READERS, n=1)
            words = _("is not a known setting; did you mean {nearest}?")
            plain = _("is not a known setting")
            file.warn_in("tools", number, words.format(nearest=near[0]) if near else plain, key)
        except ValueError as error:
            is_well = False
            words = _("{problem}; this tool is left out")
            file.warn_in("tools", number, words.format(problem=error), key)
    if missing := [key for key in _NEEDED if key not in values]:
        words = _("lacks {names}; this tool is left out")
        file.warn_in("tools", number, words.format(names=", ".join(missing)))
    return Tool(**found) if is_well and not missing else None


def _words(value: object) -> str:
    words = safe(text(value)).strip()
    if not words:
        raise ValueError(_("must not be empty"))
    return words


def _argv(value: object) -> Command:
    """Read the words of a command, of which those that are fields are whole words."""
    words = command(value)
    if not words or field_of(words[0]):
        raise ValueError(_("has no program name"))
    known = field_names()
    for word in words:
        field = field_of(word)
        if field and field not in known:
            raise ValueError(
                _("{word} is not a field; there are {fields}").format(
                    word=word, fields=", ".join(known)
                )
            )
        inside = next((name for name in _FIELD.findall(word) if name in known), "")
        if inside and not field:
            text = _("{field} must be an argument by itself, not a part of {word}")
            raise ValueError(text.format(field=f"{{{inside}}}", word=word))
    return words


_READERS: Mapping[str, Callable[[object], Any]] = {
    "key": _words,
    "name": _words,
    "argv": _argv,
    "confirm": flag,
    "output": one_of(Output),
    "run": one_of(RunMode),
}
