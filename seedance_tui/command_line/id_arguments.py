"""Task IDs on the command line and on standard input."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from ..api.key import redact
from ..core.model.codes import Exit
from ..core.text.i18n import _
from ..core.watchlist import find_ids
from ..core.watchlist.find_ids import Found
from .json_error import not_an_id, tell
from .json_record import Record, record_of_no_id

STANDARD_INPUT = "-"


@dataclass(frozen=True, slots=True)
class Named:
    """What the words of a command line mean: IDs in order, and words that are none."""

    words: Mapping[str, str]
    """Each ID, with the word that stands for it."""
    odd: tuple[str, ...]

    @property
    def ids(self) -> tuple[str, ...]:
        """The IDs, each once."""
        return tuple(self.words)

    @property
    def found(self) -> Found:
        """The same without what was typed."""
        return Found(self.ids, self.odd)

    @property
    def codes(self) -> list[Exit]:
        """What it adds to the exit statuses."""
        return [Exit.USAGE] if self.odd else []

    def records(self) -> list[Record]:
        """Return a record for each word that is no ID."""
        return [record_of_no_id(redact(word), not_an_id(word)) for word in self.odd]


def ids_argument(parser: argparse.ArgumentParser, *, default: str = "") -> None:
    """Add the IDs to a command line; `default` says what none of them means."""
    help_text = _("task ID, text containing IDs, or - for stdin")
    parser.add_argument(
        "ids",
        nargs="*" if default else "+",
        metavar="ID",
        help=_("; ").join((help_text, default)) if default else help_text,
    )


def original_argument(add_argument: Callable[..., argparse.Action]) -> None:
    """Add the option that asks for the original in place of the result, to a parser or a group."""
    add_argument(
        "--original", action="store_true", help=_("the original (before super-resolution)")
    )


def named(
    words: Sequence[str],
    *,
    as_json: bool,
    is_known: Callable[[str], bool] = lambda word: False,
) -> Named:
    """Find the IDs that are meant, and name on standard error each word that is none.

    `-` stands for those in the text on standard input; nothing there means nothing to do.
    """
    meant: dict[str, str] = {}
    odd: dict[str, None] = {}
    for word in words:
        found = _in_input() if word == STANDARD_INPUT else _in_word(word, is_known)
        for task_id in found.ids:
            meant.setdefault(task_id, task_id if word == STANDARD_INPUT else redact(word))
        odd |= dict.fromkeys(found.odd)
    for word in odd:
        tell(not_an_id(word), as_json=as_json)
    return Named(meant, tuple(odd))


def _in_input() -> Found:
    return find_ids.find_ids(sys.stdin.buffer.read().decode("utf-8-sig", "replace"))


def _in_word(word: str, is_known: Callable[[str], bool]) -> Found:
    """Find what one word means: a text without any ID in it is no ID as a whole."""
    found = find_ids.find_in_words([word], is_known)
    return found if found.ids else Found((), (redact(word),))
