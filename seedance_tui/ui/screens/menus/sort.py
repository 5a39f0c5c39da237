"""The sort menu: what the list is ordered by."""

from __future__ import annotations

from ....core.listing.sorting import Column
from ....core.text.i18n import _
from .menu import Choice, MenuScreen


class SortScreen(MenuScreen[Column]):
    """Comes back with the column to sort by."""

    def __init__(self, current: Column, *, reverse: bool) -> None:
        here = _("current, reversed · S: reverse") if reverse else _("current · S: reverse")
        rows = (
            ("n", Column.NEEDS, _("Needs attention"), _("expiring, done, failed, running, queued")),
            ("t", Column.NAME, _("Task"), _("label or ID")),
            ("s", Column.STATUS, _("Status"), ""),
            ("p", Column.PROGRESS, _("Progress"), ""),
            ("a", Column.AGE, _("Age"), _("newest first")),
            ("l", Column.LINK, _("Link"), _("soonest to expire first")),
            ("m", Column.MODEL, _("Model"), ""),
            ("k", Column.TOKENS, _("Tokens"), _("billed tokens")),
            ("w", Column.ADDED, _("Watch list"), _("order in the file")),
        )
        choices = [
            Choice(key, label, here if column is current else text, column, column is current)
            for key, column, label, text in rows
        ]
        super().__init__(_("Sort by"), choices)
