"""Records as lines of JSON, while a command goes on."""

from __future__ import annotations

from collections.abc import Iterable

from ..core.model.entry import Entry
from .id_arguments import Named
from .json_record import record
from .output import Value, show_json_line, show_json_lines
from .query_session import QuerySession


class RecordLines:
    """Prints records; every word of the command line has at least one."""

    def __init__(self, queries: QuerySession, meant: Named) -> None:
        self._queries = queries
        self._words = meant.words
        self._shown: set[str] = set()
        show_json_lines(meant.records())

    def show(self, entry: Entry, error: Value = None) -> None:
        """Print what is known of a task now, and what has gone wrong with it."""
        self._shown.add(entry.id)
        word = self._words.get(entry.id, "")
        show_json_line(record(entry, self._queries.session.now(), word=word, error=error))

    def show_rest(self, ids: Iterable[str]) -> None:
        """Print those tasks of which nothing was said."""
        for task_id in ids:
            if task_id not in self._shown:
                self.show(self._queries.entry(task_id))
