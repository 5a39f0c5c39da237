"""What stands below the options in the help of a command: examples, and its exit statuses."""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Sequence

from ..core.model.codes import Exit
from ..core.text.i18n import _
from .exit_status import ALWAYS, MEANINGS
from .invocation import Command


def complete(parser: argparse.ArgumentParser, command: Command) -> None:
    """Add it, and leave out of the help what a command takes and does nothing with."""
    parser.epilog = _epilog(command.examples(), command.STATUSES)
    for action in parser._actions:
        if set(action.option_strings).intersection(getattr(command, "UNUSED", ())):
            action.help = argparse.SUPPRESS


def _epilog(examples: Sequence[str], statuses: Iterable[Exit]) -> str:
    """Return it, a line for each example and for each exit status."""
    lines = [_("examples:"), *(f"  {example}" for example in examples)]
    told = sorted({*ALWAYS, *statuses})
    lines += ["", _("exit status:"), *(f"  {int(one):<4}{_(MEANINGS[one])}" for one in told)]
    if len(told) > len(ALWAYS) + 1:
        lines += ["  " + _("Of several, the first of 2 3 1 6 9 5 4 7 8.")]
    return "\n".join(lines)
