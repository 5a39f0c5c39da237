"""What to save without being asked."""

from __future__ import annotations

from ....core.text.i18n import _
from .menu import Choice, MenuScreen


class AutoSaveScreen(MenuScreen[str]):
    """Returns a word of `core.downloads.auto_save.AUTO_SAVE`; `current` is the one in force."""

    def __init__(self, current: str) -> None:
        rows = (
            ("r", "result", _("The result")),
            ("b", "both", _("Result and original")),
            ("n", "off", _("Nothing")),
        )
        choices = [
            Choice(key, label, _("now") if word == current else "", word)
            for key, word, label in rows
        ]
        super().__init__(_("Save finished videos without being asked"), choices)
