"""The sort menu: what the list is ordered by."""

from __future__ import annotations

from ....core.settings.choices import Order
from ....core.text.i18n import _
from .menu import Choice, MenuScreen


class SortScreen(MenuScreen[Order]):
    """Comes back with the column to sort by."""

    def __init__(self, current: Order, *, reverse: bool) -> None:
        here = _("current, reversed · S: reverse") if reverse else _("current · S: reverse")
        rows = (
            ("n", Order.NEEDS, _("Needs attention"), _("expiring, done, failed, running, queued")),
            ("t", Order.NAME, _("Task"), _("label or ID")),
            ("s", Order.STATUS, _("Status"), ""),
            ("p", Order.PROGRESS, _("Progress"), ""),
            ("a", Order.AGE, _("Age"), _("newest first")),
            ("l", Order.LINK, _("Link"), _("soonest to expire first")),
            ("m", Order.MODEL, _("Model"), ""),
            ("k", Order.TOKENS, _("Tokens"), _("billed tokens")),
            ("w", Order.ADDED, _("Watch list"), _("order in the file")),
        )
        choices = [
            Choice(key, label, here if column is current else text, column, column is current)
            for key, column, label, text in rows
        ]
        super().__init__(_("Sort by"), choices)
