"""`help`: the commands, one of them, the exit statuses, the JSON, or the whole as a man page."""

from __future__ import annotations

import argparse
import re
import shutil
from collections.abc import Iterator

from ..command_line.command_specs import command_specs, option_specs
from ..command_line.exit_status import MEANINGS, TELLING
from ..command_line.invocation import NOBODY_IS_ASKED, Invocation, parsed
from ..command_line.output import show_lines
from ..command_line.parser import explained, wrapped
from ..command_line.run import COMMANDS
from ..core.model.codes import Exit
from ..core.text.i18n import _

STATUSES: tuple[Exit, ...] = ()
UNUSED = (
    *NOBODY_IS_ASKED,
    "--download-dir",
    "--config",
    "--watchlist",
    "--history",
    "--json",
    "--quiet",
    "--verbose",
)
_SENTENCE_END = re.compile(r"(?<=[.])\s|(?<=。)")
_OF_EACH = ("help", "json", "quiet")
"""What the reading of a command line adds to the shared options itself."""


def about() -> str:
    """Return the sentence that describes it."""
    return _("Explain a command, the exit statuses or the JSON.")


def examples() -> tuple[str, ...]:
    """Return command lines that show what it is for."""
    return (
        "seedance-tui help wait",
        "seedance-tui help exit",
        "seedance-tui help --man | man -l -",
    )


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add its own arguments."""
    parser.set_defaults(shared=tuple(parser._actions))
    parser.add_argument(
        "topic",
        nargs="?",
        choices=(*COMMANDS, "exit", "json"),
        metavar="COMMAND|exit|json",
        help=_("what to explain (default: name all commands)"),
    )
    parser.add_argument("--man", action="store_true", help=_("print a man page"))


def run(call: Invocation) -> Exit:
    """Do its work."""
    given, width = call.given, shutil.get_terminal_size().columns
    if given.man:
        from ..command_line.manual import manual

        show_lines(manual(command_specs(given.shared), option_specs(given.shared)))
    elif given.topic == "exit":
        show_lines(_statuses(width))
    elif given.topic == "json":
        from ..command_line.json_guide import guide

        show_lines(guide(width))
    elif given.topic:
        _explain(call, given.topic)
    else:
        show_lines(_commands(width))
    return Exit.WELL


def _explain(call: Invocation, verb: str) -> None:
    """Print what `VERB --help` prints, which ends the program well."""
    shared = argparse.ArgumentParser(add_help=False)
    for action in call.given.shared:
        if action.dest not in _OF_EACH:
            shared._add_action(action)
    parsed(verb, ["--help", *_language(call)], [shared], call.environ, None)


def _language(call: Invocation) -> list[str]:
    return ["--lang", call.given.lang] if call.given.lang else []


def _commands(width: int) -> Iterator[str]:
    told = [(one.name, _SENTENCE_END.split(one.about)[0]) for one in command_specs(())]
    yield from explained(told, width)
    yield ""
    more = _("More: seedance-tui help COMMAND, help exit, help json, help --man")
    yield from wrapped(more, width)


def _statuses(width: int) -> Iterator[str]:
    told = [(str(int(code)), _(meaning)) for code, meaning in MEANINGS.items()]
    yield from explained(told, width)
    order = " ".join(str(int(code)) for code in TELLING if code is not Exit.WELL)
    yield _("Of several, the first of {codes}.").format(codes=order)
