"""The man page, in roff, from the same source as `--help`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from .. import __version__
from ..core.config import VARIABLES
from ..core.text.i18n import _
from .command_specs import CommandSpec, OptionSpec
from .exit_status import MEANINGS
from .json_guide import guide

_NAME = "seedance-tui"
_WIDTH = 72
"""Cells of a line that is printed as it is: 80 without the margin of the page."""


def manual(commands: Sequence[CommandSpec], shared: Sequence[OptionSpec]) -> Iterator[str]:
    """Yield the lines of the page; `shared` are the options of every command."""
    yield f'.TH SEEDANCE\\-TUI 1 "" "{_NAME} {__version__}" "User Commands"'
    yield from (".nr HY 0", ".nh")  # an option is to be found and copied whole
    yield from _section(_("NAME"))
    yield f"{_text(_NAME)} \\- {_text(_('watch Seedance 2.0 video tasks of the Anyfast API'))}"
    yield from _section(_("SYNOPSIS"))
    for line in (f"{_NAME} [TASK_ID …]", f"{_NAME} COMMAND …"):
        yield from (f".B {_text(line)}", ".br")
    yield from _section(_("DESCRIPTION"))
    yield _text(
        _(
            "Without a command it opens the monitor in the terminal. The commands below are for"
            " scripts: they print to standard output, complain on standard error, and tell by"
            " their exit status what happened."
        )
    )
    yield from _section(_("COMMANDS"))
    for command in commands:
        yield from _command(command, shared)
    yield from _section(_("OPTIONS OF EVERY COMMAND"))
    for option in shared:
        yield from _option(option)
    yield from _section(_("EXIT STATUS"))
    for code, meaning in MEANINGS.items():
        yield from _item(str(int(code)), _(meaning))
    yield from _section(_("JSON"))
    yield from _as_it_is(guide(_WIDTH))
    yield from _section(_("ENVIRONMENT"))
    for variable in VARIABLES.values():
        yield from (".TP", f".B {_text(variable)}")
    yield from _section(_("FILES"))
    yield _text(_("seedance-tui paths prints where they are."))


def _command(command: CommandSpec, shared: Sequence[OptionSpec]) -> Iterator[str]:
    yield f".SS {_text(command.usage.removeprefix(f'{_NAME} '))}"
    yield _text(command.about)
    for option in command.options:
        if option not in shared:
            yield from _option(option)
    if command.examples:
        yield from (".PP", _text(_("Examples:")))
        yield from _as_it_is(f"  {example}" for example in command.examples)


def _option(option: OptionSpec) -> Iterator[str]:
    value = option.metavar or ("|".join(option.words) if option.words else "")
    yield from _item(", ".join(option.names) + (f" {value}" if value else ""), option.help)


def _item(name: str, about: str) -> Iterator[str]:
    yield from (".TP", f".B {_text(name)}", _text(about.replace("%%", "%")) or "\\&")


def _section(title: str) -> Iterator[str]:
    yield f'.SH "{_text(title)}"'


def _as_it_is(lines: Iterable[str]) -> Iterator[str]:
    yield from (".PP", ".nf", *(_text(line) or "\\&" for line in lines), ".fi")


def _text(text: str) -> str:
    """Write text so that roff takes no letter of it for an order."""
    text = text.replace("\\", "\\e").replace("-", "\\-")
    text = "".join(sign if sign.isascii() else f"\\[u{ord(sign):04X}]" for sign in text)
    return f"\\&{text}" if text.startswith((".", "'")) else text
