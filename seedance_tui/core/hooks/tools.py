"""What a tool of the user's own runs for which tasks, and how it is run: never by a shell."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from ..model.entry import Entry
from ..settings.api_key import without_key
from ..settings.hooks import Command
from ..text.i18n import _
from ..text.sanitize import safe
from . import _process
from ._environment import fields
from .tool_settings import RunMode, Tool, field_of

_GRACE = 2.0
"""Seconds between asking a tool to end and killing it."""
_MOST_OUTPUT = 200_000
"""Bytes of what a tool says that are kept, the last ones."""


@dataclass(frozen=True, slots=True)
class ToolPlan:
    """The commands of a tool for some tasks, and why it is not run for others, a sentence each."""

    commands: tuple[Command, ...] = ()
    refused: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Ran:
    """How a command ended: `why` it failed, empty if it did not, and the text that it printed."""

    why: str
    output: str = ""

    @property
    def last_line(self) -> str:
        """The last line that says anything."""
        lines = [line.strip() for line in self.output.splitlines()]
        return next((line for line in reversed(lines) if line), "")


class _Unusable(ValueError):
    """A value cannot be an argument; the text says why."""


def plan(tool: Tool, entries: Sequence[Entry]) -> ToolPlan:
    """Return what the tool runs; a task that lacks a field it needs is left out, and told."""
    if not tool.needs_tasks:
        return ToolPlan((tool.argv,))
    good: list[dict[str, str]] = []
    refused: list[str] = []
    for entry in entries:
        values = fields(entry)
        try:
            list(_arguments(tool, [values]))
        except _Unusable as error:
            refused.append(_("{name}: {what}").format(name=entry.name, what=error))
        else:
            good.append(values)
    batches = [good] if tool.run is RunMode.ALL and good else [[values] for values in good]
    return ToolPlan(tuple(tuple(_arguments(tool, one)) for one in batches), tuple(refused))


def _arguments(tool: Tool, tasks: Sequence[Mapping[str, str]]) -> Iterator[str]:
    is_behind_dashes = False
    for word in tool.argv:
        field = field_of(word)
        if not field:
            is_behind_dashes = is_behind_dashes or word == "--"
            yield word
            continue
        for values in tasks:
            value = values[field]
            if not value:
                raise _Unusable(_("has no {field}").format(field=field))
            if value.startswith("-") and not is_behind_dashes:
                text = _('its {field} begins with "-": put "--" before it in argv')
                raise _Unusable(text.format(field=field))
            yield value


async def run_captured(command: Sequence[str], environ: Mapping[str, str]) -> Ran:
    """Run a command away from the terminal, for as long as it takes, and keep what it prints."""
    with tempfile.TemporaryFile() as file:
        why = await _process.run(
            command, without_key(environ), None, grace=_GRACE, output=file.fileno()
        )
        file.seek(max(0, file.seek(0, 2) - _MOST_OUTPUT))
        return Ran(why, safe(file.read().decode("utf-8", errors="replace"), lines=True))


def run_on_terminal(command: Sequence[str], environ: Mapping[str, str]) -> Ran:
    """Run a command that has the terminal until it ends; blocks."""
    return Ran(_process.on_terminal(command, without_key(environ)))
