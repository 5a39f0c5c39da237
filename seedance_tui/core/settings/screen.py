"""How the screen looks and which keys it has, as the command line and config.toml say."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Self

from .toml_file import SettingsFile, and_default
from .values import flag, one_of, table, text, text_or_list, texts


class Preset(StrEnum):
    """A set of keys to begin with."""

    DEFAULT = "default"
    VIM = "vim"


class PictureMode(StrEnum):
    """How pictures of videos are drawn."""

    AUTO = "auto"
    """As half blocks, where the terminal has the colours for it."""
    OFF = "off"
    BLOCKS = "blocks"
    KITTY = "kitty"
    """In pixels, by the protocol of kitty."""


@dataclass(frozen=True, slots=True)
class ScreenSettings:
    """What the screen is to be; which themes, actions and keys there are, only the screen knows."""

    theme: str = ""
    keys: Preset = Preset.DEFAULT
    keymap: Mapping[str, str] = field(default_factory=dict)
    """Keys with commas between them, by the action that is to have them."""
    ascii: bool = False
    plain: bool = False
    """Whether it is to be read aloud: no lines, bars and shapes, one thing on a line."""
    mouse: bool = True
    hyperlinks: bool = True
    """Whether a click on a link opens it, where the terminal can."""
    columns: tuple[str, ...] = ()
    """The columns of the list, empty for those that usually fit."""
    pictures: PictureMode = PictureMode.AUTO
    places: Mapping[str, str] = field(default_factory=dict)
    """Where the settings stand that only the screen can judge: `config.toml line 3: theme`."""

    @classmethod
    def read(cls, file: SettingsFile, *, ascii: bool, plain: bool, mouse: bool) -> Self:  # noqa: A002
        """Read the settings of the file, over which what the command line says has precedence."""
        theme, keymap = file.get("theme", "", text), dict(_keymap(file))
        usual: tuple[str, ...] = ()
        columns = file.get("columns", usual, texts)
        places = {f"keymap.{action}": file.place(action, "keymap") for action in keymap}
        if columns:
            places["columns"] = file.place("columns")
        if theme:
            places["theme"] = file.place("theme")
        return cls(
            theme=theme,
            keys=file.get("keys", Preset.DEFAULT, one_of(Preset)),
            keymap=keymap,
            ascii=file.get("ascii", False, flag) or ascii,
            plain=file.get("plain_ui", False, flag) or plain,
            mouse=file.get("mouse", True, flag) and mouse,
            hyperlinks=file.get("hyperlinks", True, flag),
            columns=columns,
            pictures=file.get("pictures", PictureMode.AUTO, one_of(PictureMode)),
            places=places,
        )

    def warning(self, key: str, text: str) -> str:
        """Return a warning about a setting, worded as those of the file are."""
        return f"{self.places.get(key, key)} {text}"


def _keymap(file: SettingsFile) -> Iterator[tuple[str, str]]:
    for action, value in _leaves(file.get("keymap", {}, table)):
        try:
            yield action, text_or_list(value)
        except ValueError as error:
            file.warn(and_default(error), action, "keymap")


def _leaves(values: Mapping[str, object], above: str = "") -> Iterator[tuple[str, object]]:
    """The values by their dotted names: a name written without quotes is tables within tables."""
    for name, value in values.items():
        if isinstance(value, dict):
            yield from _leaves(value, f"{above}{name}.")
        else:
            yield above + name, value
