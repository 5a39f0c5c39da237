"""What the user chose on the screen and wants back next time: a small TOML file of the program."""

from __future__ import annotations

import asyncio
import logging
import tomllib
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any, Self, TypedDict, Unpack

import tomli_w

from ..storage.atomic import locked, write_whole
from ..storage.paths import choices_path
from ..text.sanitize import safe
from .auto_save import AutoSave

_log = logging.getLogger(__name__)
_LONGEST = 4000


class Changes(TypedDict, total=False):
    """Some of the choices, by name."""

    auto_save: str
    hint_seen: bool
    view: str
    sort: str
    reverse: bool
    group: str
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

    `load`, `write` and `save` block and may raise OSError. Words that the screen does not know,
    such as a view of a later version, are passed over by the screen.
    """

    path: Path
    auto_save: str = ""
    """A word of `AutoSave`; empty where nobody has chosen."""
    hint_seen: bool = False
    view: str = ""
    sort: str = ""
    reverse: bool = False
    group: str = ""
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
            if name in _KINDS and _fits(name, value):
                setattr(self, name, safe(value)[:_LONGEST] if isinstance(value, str) else value)

    def take(self, **changes: Unpack[Changes]) -> None:
        """Let these choices be in force; TypeError for a name or a value that is no choice."""
        for name, value in changes.items():
            if name not in _KINDS or not _fits(name, value):
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


_KINDS = {f.name: type(f.default) for f in fields(Choices) if f.name in Changes.__annotations__}


def _fits(name: str, value: object) -> bool:
    if type(value) is not _KINDS[name]:
        return False
    if name == "auto_save":
        return value in ("", *AutoSave)
    return name != "detail_share" or (isinstance(value, int) and 0 <= value <= 100)
