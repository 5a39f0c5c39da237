"""The sort menu: what the list is ordered by."""

from __future__ import annotations

from ....core.listing.sorting import Column
from ....core.text.i18n import _
from .menu import Choice, MenuScreen


class SortScreen(MenuScreen[Column]):
    """Comes back with the column to sort by."""

    def __init__(self, current: Column, *, reverse: bool) -> None:
        here = _("now, reversed · S turns it") if reverse else _("now · S turns it")
        rows = (
            ("n", Column.NEEDS, _("Needs me first"), _("dying, done, failed, running, queued")),
            ("t", Column.NAME, _("Task"), _("label or ID")),
            ("s", Column.STATUS, _("Status"), ""),
            ("p", Column.PROGRESS, _("Progress"), ""),
            ("a", Column.AGE, _("Age"), _("youngest first")),
            ("l", Column.LINK, _("Link"), _("what dies first")),
            ("m", Column.MODEL, _("Model"), ""),
            ("k", Column.TOKENS, _("Tokens"), _("as they are billed")),
            ("w", Column.ADDED, _("Watch list"), _("the order of the file")),
        )
        choices = [
            Choice(key, label, here if column is current else text, column)
            for key, column, label, text in rows
        ]
        super().__init__(_("Sort by"), choices)
