"""Asked before tasks are removed from the archive for good."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum

from ....core.text.i18n import _, plural
from .menu import Choice, MenuScreen


class Deletion(StrEnum):
    """What is to become of the tasks."""

    KEEP = "keep"
    DELETE = "delete"


class DeleteScreen(MenuScreen[Deletion]):
    """Comes back with what is to become of the tasks of these names, None as good as to keep."""

    def __init__(self, names: Sequence[str]) -> None:
        n = len(names)
        title = plural("Remove {n} task for good?", "Remove {n} tasks for good?", n)
        super().__init__(
            title,
            [
                Choice("k", _("Keep"), "", Deletion.KEEP),
                Choice(
                    "d",
                    _("Remove for good"),
                    names[0] if n == 1 else "",
                    Deletion.DELETE,
                    is_name=True,
                ),
            ],
        )
