"""What is said where the list has no rows."""

from __future__ import annotations

from collections.abc import Sequence

from ....core.listing.listing import Listing
from ....core.listing.suggestions import suggest
from ....core.model.entry import Entry
from ....core.settings.choices import View
from ....core.text.i18n import _, plural
from .board import Board

_LOOKED_AT = 2000
"""Tasks among which is looked for what a filter could have meant."""


class NothingShown:
    """Says what to do about an empty list; what a filter could have meant is looked for once."""

    def __init__(self, board: Board) -> None:
        self._board = board
        self._session = board.session
        self._suggested = ("", "")
        """A filter that finds nothing, and one that would."""

    def what_to_do(self, listing: Listing, entries: Sequence[Entry]) -> str:
        """Return the hint; `entries` are those that the view chooses from."""
        if listing.query.text:
            return self._of_filter(listing, entries)
        if self._board.shows_archive:
            is_read = self._board.archived is not None
            return _("The archive is empty.") if is_read else _("Reading the archive…")
        if self._session.store.entries:
            return _("No tasks in this view.\nPress 1 to show all.")
        if not self._session.config.says_key:
            return _(
                "No API key: press : and choose “API key”,\nor set ANYFAST_API_KEY.\n\n"
                "Without one: seedance-tui --demo"
            )
        return _("No tasks yet.\nPaste task IDs here, or press a.")

    def suggestion(self, listing: Listing, entries: Sequence[Entry]) -> str:
        """Return a filter that would find something; empty where there is none like it."""
        text = listing.query.text
        if text and self._suggested[0] != text:
            self._suggested = text, suggest(text, entries[:_LOOKED_AT], self._session.now())
        return self._suggested[1] if text else ""

    def _of_filter(self, listing: Listing, entries: Sequence[Entry]) -> str:
        """Say that a filter finds nothing, and where something would be found."""
        hint = _("No task matches the filter.\nPress esc to clear it.")
        now = self._session.now()
        elsewhere = sum(listing.query.holds(entry, now) for entry in entries)
        if listing.view is not View.ALL and elsewhere:
            more = plural(
                "{n} task outside this view matches: press 1.",
                "{n} tasks outside this view match: press 1.",
                elsewhere,
            )
            return f"{hint}\n\n{more}"
        if suggestion := self.suggestion(listing, entries):
            words = _("Did you mean {filter}?\nIn the filter, tab takes it.")
            return f"{hint}\n\n{words.format(filter=suggestion)}"
        return hint
