"""What `add`, `edit` and `remove` say of the tasks that they have changed."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence

from ..core.model.entry import Entry
from .id_arguments import Named
from .invocation import Invocation
from .json_error import Error
from .json_record import record
from .output import columns, is_quiet, show_lines, show_tabbed
from .shapes import Shape, show_records


def show_edited(
    call: Invocation,
    meant: Named,
    entries: Sequence[Entry],
    words: Mapping[str, str],
    *,
    now: float,
    errors: Mapping[str, Error],
) -> None:
    """Print records of the shape asked for, or a word for each task unless it is to be quiet.

    `words` say what became of each task; `errors` why nothing did.
    """
    if call.asks_for_records:
        records = [
            record(one, now, word=meant.words.get(one.id, ""), error=errors.get(one.id))
            for one in entries
        ]
        show_records([*records, *meant.records()], Shape.of(call.given))
    elif not is_quiet():
        _show_words(list(words.items()))


def _show_words(rows: Sequence[tuple[str, str]]) -> None:
    if sys.stdout.isatty() and rows:
        show_lines(columns(rows))
    else:
        show_tabbed(rows)
