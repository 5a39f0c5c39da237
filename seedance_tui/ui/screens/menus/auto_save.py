"""What to save without being asked."""

from __future__ import annotations

from ....core.text.i18n import _
from .menu import Choice, MenuScreen


class AutoSaveScreen(MenuScreen[str]):
    """Comes back with a word of `AUTO_SAVE`; `current` is the one in force."""

    def __init__(self, current: str) -> None:
        rows = (
            ("r", "result", _("The result")),
            ("b", "both", _("Result and original")),
            ("n", "off", _("Off")),
        )
        choices = [
            Choice(key, label, _("current") if word == current else "", word)
            for key, word, label in rows
        ]
        super().__init__(_("Auto-save finished videos"), choices)
