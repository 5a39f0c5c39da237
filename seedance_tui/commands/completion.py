"""`completion`: a script by which a shell completes command lines."""

from __future__ import annotations

import argparse

from ..command_line.completion.watched_words import QUESTIONS, watched_words
from ..command_line.invocation import Invocation
from ..command_line.output import show_lines, show_tabbed
from ..core.model.codes import Exit
from ..core.text.i18n import _

STATUSES: tuple[Exit, ...] = ()
_SHELLS = ("bash", "zsh", "fish")


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
    parser.set_defaults(shared=tuple(parser._actions))
    parser.add_argument(
        "shell",
        choices=(*_SHELLS, *QUESTIONS),
        metavar=f"{{{','.join(_SHELLS)}}}",
        help=_("the shell that the script is for"),
    )
    parser.add_argument("typed", nargs="?", default="", help=argparse.SUPPRESS)


def run(call: Invocation) -> Exit:
    """Do its work: in a moment where a shell asks while somebody waits."""
    given = call.given
    if given.shell in QUESTIONS:
        path = call.config_without_key().watchlist
        show_tabbed(watched_words(path, given.shell, given.typed))
        return Exit.WELL
    from ..command_line.command_specs import command_specs
    from ..command_line.completion.scripts import script

    show_lines(script(given.shell, command_specs(given.shared)).splitlines())
    return Exit.WELL
