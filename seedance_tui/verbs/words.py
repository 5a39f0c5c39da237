"""Task IDs on the command line and on standard input."""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Callable, Iterable

from ..core.ids import Found, find_ids
from ..core.language import _
from ..core.text import safe

STANDARD_INPUT = "-"
_TEXT = re.compile(r"[\s\"'<>{}()\[\],;|…]|\.\.\.|://|/v1/")
"""What an ID has nowhere in it, and a link, JSON or a list does."""
_LONGEST = 200


def ids_argument(parser: argparse.ArgumentParser, *, default: str = "") -> None:
    """Add the IDs to a command line; `default` says what none of them means."""
    help_text = _("a task ID, any text that has IDs in it, or - for standard input")
    parser.add_argument(
        "ids",
        nargs="*" if default else "+",
        metavar="ID",
        help=f"{help_text}; {default}" if default else help_text,
    )


def find_in_words(
    words: Iterable[str], is_known: Callable[[str], bool] = lambda word: False
) -> Found:
    """Find the IDs that are meant: a plain word is an ID whatever its form, a text is searched.

    A word that `is_known` is an ID too. `-` reads standard input.
    """
    ids: dict[str, None] = {}
    odd: dict[str, None] = {}
    for word in words:
        found = Found((word,)) if is_known(word) else _found(word)
        ids |= dict.fromkeys(found.ids)
        odd |= dict.fromkeys(found.odd)
    return Found(tuple(ids), tuple(odd))


def _found(word: str) -> Found:
    if word == STANDARD_INPUT:
        return find_ids(sys.stdin.buffer.read().decode("utf-8-sig", "replace"))
    if _TEXT.search(word):
        return find_ids(word)
    is_id = word and safe(word) == word and len(word) <= _LONGEST
    return Found((word,)) if is_id else Found((), (word,))
