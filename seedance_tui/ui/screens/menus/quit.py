"""Asked before leaving while files are being saved."""

from __future__ import annotations

from enum import StrEnum

from ....core.text.i18n import _, plural
from .menu import Choice, MenuScreen


class Leave(StrEnum):
    """How to leave."""

    NOW = "now"
    WHEN_SAVED = "when saved"
    STAY = "stay"


class QuitScreen(MenuScreen[Leave]):
    """Comes back with how to leave, None as good as to stay.

    Of the unsaved `files` as many as `moving` will be saved by themselves: only these are worth
    waiting for.
    """

    def __init__(self, files: int, moving: int) -> None:
        title = plural("{n} download is unfinished.", "{n} downloads are unfinished.", files)
        super().__init__(
            title,
            [
                Choice("q", _("Quit now"), _("downloads resume at the next start"), Leave.NOW),
                Choice(
                    "w",
                    _("Quit when finished"),
                    _("waits for the downloads") if moving else _("no download in progress"),
                    Leave.WHEN_SAVED if moving else None,
                ),
                Choice("s", _("Cancel"), "", Leave.STAY),
            ],
        )
