"""Records as lines, while a command goes on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from ..core.model.entry import Entry
from .id_arguments import Named
from .invocation import Invocation
from .json_error import Error
from .json_record import record
from .output import Value
from .query_session import QuerySession
from .shapes import Shape, show_records


def shape_of_lines(call: Invocation) -> Shape | None:
    """Return the shape that is asked for; None where none is."""
    if not call.asks_for_records:
        return None
    shape = Shape.of(call.given)
    return replace(shape, format="ndjson") if shape.is_json else shape


def show_odd(call: Invocation, meant: Named) -> None:
    """Print a record for each word that is no ID, where records are asked for."""
    if shape := shape_of_lines(call):
        for odd in meant.records():
            show_records([odd], shape)


class RecordLines:
    """Prints records; every ID of the command line has at least one."""

    def __init__(self, queries: QuerySession, meant: Named, shape: Shape) -> None:
        self._queries = queries
        self._words = meant.words
        self._shape = shape
        self._shown: dict[str, bool] = {}
        """Each task of which a record was printed, and whether its error was in the last one."""

    def show(self, entry: Entry, error: Value = None) -> None:
        """Print what is known of a task now, and what has gone wrong with it."""
        word = self._words.get(entry.id, "")
        told = record(entry, self._queries.session.now(), word=word, error=error)
        self._shown[entry.id] = told["error"] is not None
        show_records([told], self._shape)

    def show_rest(self, ids: Iterable[str], errors: Mapping[str, Error]) -> None:
        """Print those tasks of which nothing was said, and as JSON those with an error untold."""
        for task_id in dict.fromkeys((*ids, *(errors if self._shape.is_json else ()))):
            error = errors.get(task_id)
            is_untold = bool(error) and self._shape.is_json and not self._shown.get(task_id)
            if task_id not in self._shown or is_untold:
                self.show(self._queries.entry(task_id), error)
