"""What every script knows: which words may follow, as lines of a shell's `case`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from ....core.listing.filter_completion import complete
from ... import parser
from ...command_specs import CommandSpec, OptionSpec, Takes, option_specs
from ...json_schema import fields

NO_COMMAND = ""


def groups(commands: Sequence[CommandSpec]) -> Iterator[tuple[str, str, OptionSpec]]:
    """Yield every option that takes a value, under each of its names, with the command's name.

    The shared ones may stand before the command as well.
    """
    shared = [(NO_COMMAND, option) for option in option_specs(parser.shared_options()._actions)]
    own = [(command.name, option) for command in commands for option in command.options]
    for command, option in (*shared, *own):
        if option.takes is not Takes.NOTHING:
            yield from ((name, command, option) for name in option.names)


def values(option: OptionSpec) -> tuple[str, ...]:
    """Return the words that may stand behind an option."""
    return fields() if option.takes is Takes.FIELDS else option.words


def shared_options(commands: Sequence[CommandSpec]) -> tuple[OptionSpec, ...]:
    """Return the options that every command has."""
    first, *others = commands
    return tuple(o for o in first.options if all(o in other.options for other in others))


def one_line(text: str) -> str:
    """Return a help text in one line, as it is said without the formats of argparse."""
    return " ".join(text.replace("%%", "%").split())


def quoted(words: Iterable[str]) -> str:
    """Return words as one word of a shell between single quotes; bash, zsh and fish agree."""
    text = " ".join(words).replace("\\", "").replace("'", "\N{RIGHT SINGLE QUOTATION MARK}")
    return f"'{text}'"


def filter_words() -> tuple[str, ...]:
    """Return what a word of a filter begins with, and the whole words of keys with few values."""
    return tuple(_filter_words())


def _filter_words() -> Iterator[str]:
    for begun in complete("", 0):
        yield begun
        if begun.endswith(":"):
            yield from (word for word in complete(begun, len(begun)) if " " not in word)
