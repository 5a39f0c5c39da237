"""Asked before something is done that the user wanted to be asked about."""

from __future__ import annotations

from ....core.text.i18n import _
from .menu import Choice, MenuScreen


class ConfirmScreen(MenuScreen[bool]):
    """Comes back with whether to do it, None as good as not."""

    def __init__(self, title: str, yes: str) -> None:
        super().__init__(
            title, [Choice("n", _("Cancel"), "", value=False), Choice("y", yes, "", value=True)]
        )
