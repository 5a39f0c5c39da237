"""Asked before another task's response is taken for the one that was asked for."""

from __future__ import annotations

from enum import StrEnum

from ....core.text.i18n import _
from .menu import Choice, MenuScreen


class Whose(StrEnum):
    """Whose response it is, as the user says."""

    ANOTHERS = "another"
    ITS_OWN = "own"


class AnotherTaskScreen(MenuScreen[Whose]):
    """Comes back with whose the response is that names the task `other`; None: not decided."""

    def __init__(self, other: str) -> None:
        super().__init__(
            _("The response is about another task. Use it for this one?"),
            [
                Choice(
                    "k", _("Keep apart"), _("goes on polling for the right one"), Whose.ANOTHERS
                ),
                Choice("u", _("Use it here"), other, Whose.ITS_OWN, is_name=True),
            ],
        )
