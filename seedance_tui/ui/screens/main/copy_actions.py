"""What is copied, and how its way is told."""

from __future__ import annotations

import os

from textual import work

from ....api.links import Kind
from ....core.language import _
from ... import clipboard
from ..copy import Copyable, CopyScreen
from ..link import LinkScreen
from .base import MainBase


class CopyActions(MainBase):
    """Copying never changes anything, and says by which route the text went."""

    def action_copy_result(self) -> None:
        """Copy the result link."""
        self._copy_link(Kind.RESULT)

    def action_copy_original(self) -> None:
        """Copy the original link."""
        self._copy_link(Kind.ORIGINAL)

    def action_copy_menu(self) -> None:
        """Choose what to copy."""
        for entry in self.targets()[:1]:
            self.app.push_screen(CopyScreen(entry, self.session.config.base_url), self._chosen)

    def _copy_link(self, kind: Kind) -> None:
        for entry in self.targets()[:1]:
            link = entry.link(kind)
            if link is None:
                self.tell(no_link(kind, is_open=entry.is_open), "warn")
            else:
                what = _("Result link") if kind is Kind.RESULT else _("Original link")
                left = link.left(self.session.now())
                gone = left is not None and left <= 0
                self._copy(link.url, _("{what}, expired").format(what=what) if gone else what)

    def _chosen(self, choice: Copyable | None) -> None:
        if choice is None:
            return
        if choice.whole_screen:
            self.app.push_screen(LinkScreen(choice.text))
        else:
            self._copy(choice.text, choice.label)

    @work(group="copy", exclusive=True)
    async def _copy(self, text: str, what: str) -> None:
        route = await clipboard.copy(text, os.environ, self.app.copy_to_clipboard)
        self.tell(f"{what}: {route}")


def no_link(kind: Kind, *, is_open: bool) -> str:
    """Say why there is no such link."""
    if is_open:
        return _("There is no link yet: the task is not done.")
    if kind is Kind.ORIGINAL:
        return _("There is no original link: the task was not super-resolved.")
    return _("The answer holds no such link.")
