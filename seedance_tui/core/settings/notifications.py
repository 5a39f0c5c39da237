"""What the user wants to be told of, and how: `[notify]` in config.toml."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Self

from ..text.i18n import _
from .toml_file import SettingsFile
from .values import flag, one_of, quoted


class Event(StrEnum):
    """What there is to tell."""

    DONE = "done"
    FAILED = "failed"
    EXPIRING = "expiring"


class Desktop(StrEnum):
    """How the desktop is notified."""

    AUTO = "auto"
    OSC9 = "osc9"
    OSC777 = "osc777"
    OSC99 = "osc99"
    OFF = "off"


class When(StrEnum):
    """In what state of the terminal."""

    UNFOCUSED = "unfocused"
    ALWAYS = "always"
    NEVER = "never"


@dataclass(frozen=True, slots=True)
class NotifySettings:
    """Bell, desktop notification and title of the window."""

    bell: bool = True
    desktop: Desktop = Desktop.AUTO
    title: bool = True
    when: When = When.UNFOCUSED
    """Holds for the bell and the desktop; the title is always kept."""
    events: frozenset[Event] = frozenset(Event)

    @classmethod
    def read(cls, file: SettingsFile) -> Self:
        """Read the table `[notify]`."""
        readers: dict[str, Callable[[Any], object]] = {
            "bell": flag,
            "desktop": one_of(Desktop),
            "title": flag,
            "when": one_of(When),
            "events": _events,
        }
        return cls(**file.table("notify", readers))

    def tells(self, *, focused: bool | None) -> bool:
        """Whether to tell now; `focused` is None while the terminal has not said what it is."""
        if self.when is When.UNFOCUSED:
            return not focused
        return self.when is When.ALWAYS


def _events(value: object) -> frozenset[Event]:
    try:
        if isinstance(value, list):
            return frozenset(map(one_of(Event), value))
    except ValueError:
        pass
    raise ValueError(_("must be a list of {words}").format(words=quoted(Event)))
