"""Task IDs on the command line and on standard input."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Sequence

from ..core.text.i18n import _
from ..core.watchlist import find_ids
from ..core.watchlist.find_ids import Found

STANDARD_INPUT = "-"


def ids_argument(parser: argparse.ArgumentParser, *, default: str = "") -> None:
    """Add the IDs to a command line; `default` says what none of them means."""
    help_text = _("task ID, text containing IDs, or - for stdin")
    parser.add_argument(
        "ids",
        nargs="*" if default else "+",
        metavar="ID",
        help=_("; ").join((help_text, default)) if default else help_text,
    )


def find_in_words(
    words: Sequence[str], is_known: Callable[[str], bool] = lambda word: False
) -> Found:
    """Find the IDs that are meant; `-` stands for those in the text on standard input."""
    if STANDARD_INPUT not in words:
        return find_ids.find_in_words(words, is_known)
    text = sys.stdin.buffer.read().decode("utf-8-sig", "replace")
    piped = find_ids.find_ids(text)
    typed = find_ids.find_in_words((word for word in words if word != STANDARD_INPUT), is_known)
    found = tuple(dict.fromkeys((*typed.ids, *piped.ids)))
    return Found(found, tuple(dict.fromkeys((*typed.odd, *piped.odd))))
