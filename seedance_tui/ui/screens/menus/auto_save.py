"""What to save without being asked."""

from __future__ import annotations

from ....core.settings.auto_save import AutoSave
from ....core.text.i18n import _
from .menu import Choice, MenuScreen


class AutoSaveScreen(MenuScreen[AutoSave]):
    """Comes back with what is to be saved; `current` is the one in force."""

    def __init__(self, current: AutoSave) -> None:
        rows = (
            ("r", AutoSave.RESULT, _("The result")),
            ("b", AutoSave.BOTH, _("Result and original")),
            ("n", AutoSave.OFF, _("Off")),
        )
        choices = [
            Choice(key, label, _("current") if word == current else "", word, word == current)
            for key, word, label in rows
        ]
        super().__init__(_("Auto-save finished videos"), choices)
