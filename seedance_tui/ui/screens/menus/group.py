"""The menu of groups: what the tasks that stand together have in common."""

from __future__ import annotations

from ....core.settings.choices import Grouping
from ....core.text.i18n import _
from .menu import Choice, MenuScreen


class GroupScreen(MenuScreen[Grouping]):
    """Comes back with what to group by."""

    def __init__(self, current: Grouping) -> None:
        rows = (
            ("t", Grouping.TAG, _("Tag"), _("the first tag of each task")),
            ("d", Grouping.DAY, _("Day"), _("newest first")),
            ("m", Grouping.MODEL, _("Model"), ""),
            ("s", Grouping.STATUS, _("Status"), ""),
            ("n", Grouping.NONE, _("No groups"), ""),
        )
        choices = [
            Choice(key, label, _("current") if grouping is current else text, grouping)
            for key, grouping, label, text in rows
        ]
        super().__init__(_("Group by"), choices)
