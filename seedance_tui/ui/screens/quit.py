"""Asked before leaving while files are being saved."""

from __future__ import annotations

from enum import StrEnum

from ...core.language import _, plural
from .menu import Choice, MenuScreen


class Leave(StrEnum):
    """How to leave."""

    NOW = "now"
    WHEN_SAVED = "when saved"


class QuitScreen(MenuScreen[Leave]):
    """Comes back with how to leave, or with None to stay."""

    def __init__(self, files: int) -> None:
        title = plural("{n} file is not saved yet.", "{n} files are not saved yet.", files)
        super().__init__(
            title,
            [
                Choice("q", _("Leave now"), _("it goes on at the next start"), Leave.NOW),
                Choice("w", _("Leave when saved"), _("the program waits"), Leave.WHEN_SAVED),
                Choice("s", _("Stay"), "", None),
            ],
        )
