"""`completion`: a script by which a shell completes command lines."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from ..command_line.completion.shipped import SHELLS, path
from ..command_line.output import show_lines, show_tabbed
from ..core.model.codes import Exit
from ..core.text import i18n
from ..core.text.i18n import _

if TYPE_CHECKING:
    from ..command_line.invocation import Invocation

STATUSES: tuple[Exit, ...] = ()
UNUSED = (
    "--api-key-file",
    "--base-url",
    "--download-dir",
    "--history",
    "--interval",
    "--json",
    "--verbose",
)
_QUESTIONS = ("ids", "tags")


class _Words(tuple[str, ...]):
    """The words that are offered; the questions of the scripts are taken as well."""

    __slots__ = ()

    def __contains__(self, word: object) -> bool:
        return super().__contains__(word) or word in _QUESTIONS


def about() -> str:
    """Return the sentence that describes it."""
    return _("Print a script that lets a shell complete command lines.")


def examples() -> tuple[str, ...]:
    """Return command lines that show what it is for."""
    return (
        "echo 'eval \"$(seedance-tui completion bash)\"' >> ~/.bashrc",
        "echo 'eval \"$(seedance-tui completion zsh)\"' >> ~/.zshrc",
        "seedance-tui completion fish > ~/.config/fish/completions/seedance-tui.fish",
    )


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add its own arguments; `ids` and `tags` are what the scripts themselves ask for."""
    parser.add_argument(
        "shell",
        choices=_Words(SHELLS),
        metavar=f"{{{','.join(SHELLS)}}}",
        help=_("the shell that the script is for"),
    )
    parser.add_argument("typed", nargs="?", default="", help=argparse.SUPPRESS)


def run(call: Invocation) -> Exit:
    """Do its work: in a moment, as a shell asks while somebody waits."""
    given = call.given
    if given.shell in SHELLS:
        script = path(given.shell, i18n.spoken()).read_text(encoding="utf-8")
        show_lines(script.splitlines())
        return Exit.WELL
    from ..command_line.completion.watched_words import watched_words

    path_of_list = call.config_without_key().watchlist
    show_tabbed(watched_words(path_of_list, given.shell, given.typed))
    return Exit.WELL
