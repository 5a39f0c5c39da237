"""What the user chose on the screen and wants back next time: a small TOML file of the program."""

from __future__ import annotations

import asyncio
import logging
import tomllib
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Any, NewType, Self, TypedDict, Unpack

import tomli_w

from ..storage.atomic import locked, write_whole
from ..storage.paths import choices_path
from ..text.sanitize import safe
from .auto_save import AutoSave
from .values import flag, one_of, text, whole_number

_log = logging.getLogger(__name__)
_LONGEST = 4000
_OWN = "own:"


class View(StrEnum):
    """Which tasks are shown."""

    ALL = "all"
    ACTIVE = "active"
    READY = "ready"
    FAILED = "failed"
    EXPIRING = "expiring"
    ARCHIVE = "archive"
    """What is no longer watched: these entries are in no other view."""


class Order(StrEnum):
    """What the list is sorted by."""

    NEEDS = "needs"
    """What needs the user first."""
    NAME = "name"
    STATUS = "status"
    PROGRESS = "progress"
    AGE = "age"
    LINK = "link"
    """The link that expires first; expired ones count as none."""
    MODEL = "model"
    TOKENS = "tokens"
    ADDED = "added"
    """As the watch list has it."""


class Grouping(StrEnum):
    """What the tasks of a group have in common."""

    NONE = ""
    TAG = "tag"
    """The first tag of each task: a task has one row."""
    DAY = "day"
    """The day on which a task was submitted."""
    MODEL = "model"
    STATUS = "status"


OwnViewWord = NewType("OwnViewWord", str)
"""The word for a view of the user's own: its name behind a prefix that no other view has."""


def word_of_own_view(name: str) -> OwnViewWord:
    """Return the word for the view of this name."""
    return OwnViewWord(f"{_OWN}{safe(name)}"[:_LONGEST])


class Changes(TypedDict, total=False):
    """Some of the choices, by name."""

    auto_save: AutoSave
    hint_seen: bool
    view: View | OwnViewWord
    sort: Order
    reverse: bool
    group: Grouping
    filter: str
    detail_share: int
    detail_shown: bool
    utc: bool
    theme: str
    columns: str
    first_rows: str
    name_cells: int
    status_cells: int
    reason_cells: int
    idle_columns: str


@dataclass
class Choices:
    """The choices in force in this instance, at first the defaults.

    `load`, `write` and `save` block and may raise OSError. Words that are not known, such as a
    view of a later version, are passed over, and stay in the file until another is chosen.
    """

    path: Path
    auto_save: AutoSave | None = None
    """None where nobody has chosen."""
    hint_seen: bool = False
    view: View | OwnViewWord = View.ALL
    sort: Order = Order.NEEDS
    reverse: bool = False
    group: Grouping = Grouping.NONE
    filter: str = ""
    detail_share: int = 0
    """Percent of the screen that the detail pane has; 0 where nobody has chosen."""
    detail_shown: bool = True
    utc: bool = False
    columns: str = ""
    """Columns of the list with commas between them; empty where nobody has chosen."""
    theme: str = ""
    """The name of a theme; empty where nobody has chosen."""
    first_rows: str = ""
    """IDs of the tasks that stood first in a long list, with spaces between; else empty."""
    name_cells: int = 0
    """Cells that the list asked for names when it was last read."""
    status_cells: int = 0
    """The same for statuses; 0 where no list was read."""
    reason_cells: int = 0
    """The same for the status and the reason of a failure together."""
    idle_columns: str = ""
    """Columns that said nothing then, with commas between them."""

    _one_writer: asyncio.Lock = field(default_factory=asyncio.Lock, repr=False, compare=False)

    @classmethod
    def beside(cls, watch_list: Path) -> Self:
        """Return the choices that belong to a watch list: `watchlist.choices.toml`."""
        return cls(choices_path(watch_list))

    def load(self) -> None:
        """Take over what the file says; what is damaged or of a wrong kind stays as it is."""
        for name, value in self._read().items():
            if name in _READERS:
                with suppress(ValueError):
                    setattr(self, name, _READERS[name](value))

    def take(self, **changes: Unpack[Changes]) -> None:
        """Let these choices be in force; TypeError for a name or a value that is no choice."""
        for name, value in changes.items():
            if name not in _READERS or not _is_choice(_READERS[name], value):
                raise TypeError(f"{name}={value!r} is no choice")
        for name, value in changes.items():
            setattr(self, name, value)

    def write(self, **changes: Unpack[Changes]) -> None:
        """Write these choices alone: those of another instance, and unknown keys, are kept."""
        with locked(self.path):
            document = self._read()
            if (changed := document | changes) != document:
                content = tomli_w.dumps(changed).encode("utf-8", errors="replace")
                write_whole(self.path, content)

    def save(self, **changes: Unpack[Changes]) -> None:
        """Take the choices and write them; they are in force even if the disk refuses them."""
        self.take(**changes)
        self.write(**changes)

    async def keep(self, **changes: Unpack[Changes]) -> None:
        """Save the choices in a thread; a disk that refuses is logged."""
        self.take(**changes)
        async with self._one_writer:
            try:
                await asyncio.to_thread(self.write, **changes)
            except OSError as error:
                _log.warning("the choices cannot be written: %s", error)

    async def recall(self) -> None:
        """Load the choices in a thread; a disk that refuses is logged."""
        try:
            await asyncio.to_thread(self.load)
        except OSError as error:
            _log.warning("the choices cannot be read: %s", error)

    def _read(self) -> dict[str, Any]:
        try:
            from ...files.placing import patiently

            return tomllib.loads(patiently(self.path.read_bytes).decode("utf-8-sig"))
        except (FileNotFoundError, ValueError, RecursionError):
            return {}


def _safe_text(value: object) -> str:
    return safe(text(value))[:_LONGEST]


def _number(value: object) -> int:
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    raise ValueError(value)


def _view(value: object) -> View | OwnViewWord:
    word = _safe_text(value)
    return OwnViewWord(word) if word.startswith(_OWN) else View(word)


_READERS: Mapping[str, Callable[[Any], object]] = {
    "auto_save": one_of(AutoSave),
    "hint_seen": flag,
    "view": _view,
    "sort": one_of(Order),
    "reverse": flag,
    "group": one_of(Grouping),
    "filter": _safe_text,
    "detail_share": whole_number(0, 100),
    "detail_shown": flag,
    "utc": flag,
    "theme": _safe_text,
    "columns": _safe_text,
    "first_rows": _safe_text,
    "name_cells": _number,
    "status_cells": _number,
    "reason_cells": _number,
    "idle_columns": _safe_text,
}
"""What makes a choice of a value of the file; ValueError for one that is none."""


def _is_choice(read: Callable[[Any], object], value: object) -> bool:
    try:
        read(value)
    except ValueError:
        return False
    return True
