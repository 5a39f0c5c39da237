"""The actions that copy links, fields and IDs to the clipboard."""

from __future__ import annotations

import os
from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from ....api.links import Kind, Link
from ....core.model.entry import Entry
from ....core.model.urgency import has_expired
from ....core.text.i18n import _, plural
from .board import Board

if TYPE_CHECKING:
    from ..menus.copy import Copyable


class CopyActions:
    """Copies, and tells in a notice what was copied and by which clipboard route."""

    def __init__(self, board: Board) -> None:
        self._board = board
        self._session = board.session

    def action_copy_result(self) -> None:
        """Copy the result link or, in the detail pane, the field that one has walked to."""
        detail = self._board.detail
        if not (self._board.focused is detail and detail.field):
            self.copy_links(self._board.targets(), Kind.RESULT)
        elif detail.field.text:
            self.copy(detail.field.text, detail.field.label)
        else:
            self._board.notify_line(
                _("The response has no {field}.").format(field=detail.field.label), "warn"
            )

    def action_copy_original(self) -> None:
        """Copy the original link."""
        self.copy_links(self._board.targets(), Kind.ORIGINAL)

    def action_copy_menu(self) -> None:
        """Choose what to copy."""
        from ..menus.copy import CopyScreen

        if targets := self._board.targets():
            self._board.app.push_screen(
                CopyScreen(targets, self._session.config.base_url), self._chosen
            )

    def copy_links(self, targets: Sequence[Entry], kind: Kind) -> None:
        """Copy the links of tasks, a line each; of one without, say why."""
        from ....api.unsigned import usable

        links = [link for entry in targets if (link := usable(entry.link(kind)))]
        if not links:
            if any(entry.link(kind) for entry in targets):
                self._board.notify_line(
                    _("The link has expired and was not kept: press r to refresh."), "warn"
                )
                return
            for entry in targets[:1]:
                self._board.notify_line(no_link(kind, is_open=entry.is_open), "warn")
            return
        self.copy("\n".join(link.url for link in links), self._called(kind, links, len(targets)))

    def _called(self, kind: Kind, links: Sequence[Link], wanted: int) -> str:
        now = self._session.now()
        gone = sum(has_expired(link, now) for link in links)
        if wanted == 1:
            what = _("Result link") if kind is Kind.RESULT else _("Original link")
            return _("{what}, expired").format(what=what) if gone else what
        parts = [plural("{n} link", "{n} links", len(links))]
        if gone:
            parts.append(plural("{n} expired", "{n} expired", gone))
        if missing := wanted - len(links):
            parts.append(plural("{n} task has no link", "{n} tasks have no link", missing))
        return _(", ").join(parts)

    def _chosen(self, choice: Copyable | None) -> None:
        if choice is None:
            return
        if choice.whole_screen:
            self._board.start(partial(self._show_whole, choice.text), group="copy")
        else:
            self.copy(choice.text, choice.label)

    async def _show_whole(self, text: str) -> None:
        """Show a text to be selected: outside the full screen where there is an outside."""
        from ...terminal.normal_screen import show_until_enter
        from ..dialogs.link import LinkScreen

        if not await show_until_enter(self._board.app, text):
            self._board.app.push_screen(LinkScreen(text))

    def copy(self, text: str, what: str) -> None:
        """Copy a text, and say by which route what went."""
        self._board.start(partial(self._hand_over, text, what), group="copy", exclusive=True)

    async def _hand_over(self, text: str, what: str) -> None:
        from ...terminal import clipboard

        route = await clipboard.copy(text, os.environ, self._board.app.copy_to_clipboard)
        self._board.notify_line(_("{name}: {what}").format(name=what, what=route))


def no_link(kind: Kind, *, is_open: bool) -> str:
    """Say why there is no such link."""
    if is_open:
        return _("No link yet: the task has not finished.")
    if kind is Kind.ORIGINAL:
        return _("No original link: the task was not super-resolved.")
    return _("The response has no such link.")
