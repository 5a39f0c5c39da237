"""What the commands take, read from their parsers: for completion, help and the manual."""

from __future__ import annotations

import argparse
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from importlib import import_module
from typing import cast

from .invocation import Command
from .run import COMMANDS

IDS = "ids"
"""What the operands are called that are task IDs."""


class Takes(StrEnum):
    """What stands behind an option."""

    NOTHING = "nothing"
    WORDS = "words"
    FILE = "file"
    FOLDER = "folder"
    FILTER = "filter"
    FIELDS = "fields"
    TAG = "tag"
    TEXT = "text"


_BY_METAVAR: Mapping[str, Takes] = {
    "FILE": Takes.FILE,
    "DIR": Takes.FOLDER,
    "EXPR": Takes.FILTER,
    "A,B": Takes.FIELDS,
    "TAG": Takes.TAG,
}


@dataclass(frozen=True, slots=True)
class OptionSpec:
    """An option; `words` are all that may stand behind it, where that is a few."""

    names: tuple[str, ...]
    help: str
    takes: Takes
    metavar: str = ""
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CommandSpec:
    """A command: `operands` are the words that may be given, `takes_ids` if those are task IDs."""

    name: str
    about: str
    usage: str
    options: tuple[OptionSpec, ...]
    operands: tuple[str, ...] = ()
    takes_ids: bool = False
    examples: tuple[str, ...] = ()


def option_specs(actions: Sequence[argparse.Action]) -> tuple[OptionSpec, ...]:
    """Return what a parser's options are."""
    return tuple(_option(action) for action in actions if action.option_strings)


def command_specs(shared: Sequence[argparse.Action]) -> tuple[CommandSpec, ...]:
    """Return every command; `shared` are the options that each has besides its own."""
    return tuple(_command(name, shared) for name in COMMANDS)


def _command(name: str, shared: Sequence[argparse.Action]) -> CommandSpec:
    module = cast(Command, import_module(f"..commands.{name}", __package__))
    parser = argparse.ArgumentParser(prog=f"seedance-tui {name}", add_help=False)
    module.arguments(parser)
    own = [action for action in parser._actions if action.help != argparse.SUPPRESS]
    operands = [action for action in own if not action.option_strings]
    unused = set(getattr(module, "UNUSED", ()))
    usage = " ".join(parser.format_usage().split()[1:])
    examples: tuple[str, ...] = getattr(module, "examples", tuple)()
    return CommandSpec(
        name,
        module.about(),
        usage,
        option_specs([*own, *(one for one in shared if unused.isdisjoint(one.option_strings))]),
        tuple(word for action in operands for word in _words(action)),
        takes_ids=any(action.dest == IDS for action in operands),
        examples=examples,
    )


def _option(action: argparse.Action) -> OptionSpec:
    metavar = action.metavar if isinstance(action.metavar, str) else ""
    words = _words(action)
    if action.nargs == 0:
        takes = Takes.NOTHING
    else:
        takes = Takes.WORDS if words else _BY_METAVAR.get(metavar, Takes.TEXT)
    return OptionSpec(tuple(action.option_strings), action.help or "", takes, metavar, words)


def _words(action: argparse.Action) -> tuple[str, ...]:
    """Return the words that it may be; where it names them itself, no others are offered."""
    if isinstance(action.metavar, str) and action.metavar.startswith("{"):
        return tuple(action.metavar.strip("{}").split(","))
    return tuple(str(word) for word in action.choices or ())
