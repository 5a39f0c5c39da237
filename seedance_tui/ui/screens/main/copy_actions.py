"""What is copied, and how its way is told."""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import TYPE_CHECKING

from textual import work

from ....api.links import Kind, Link
from ....core.model.entry import Entry
from ....core.model.urgency import is_dead
from ....core.text.i18n import _, plural
from ...terminal import clipboard
from ...widgets.task_detail import TaskDetail
from .base import MainBase

if TYPE_CHECKING:
    from ..menus.copy import Copyable


class CopyActions(MainBase):
    """Copying never changes anything, and says by which route the text went."""

    def action_copy_result(self) -> None:
        """Copy the result link or, in the detail pane, the field that one has walked to."""
        detail = self.query_one(TaskDetail)
        if not (self.focused is detail and detail.field):
            self.copy_links(self.targets(), Kind.RESULT)
        elif detail.field.text:
            self._copy(detail.field.text, detail.field.label)
        else:
            self.tell(_("The response has no {field}.").format(field=detail.field.label), "warn")

    def action_copy_original(self) -> None:
        """Copy the original link."""
        self.copy_links(self.targets(), Kind.ORIGINAL)

    def action_copy_menu(self) -> None:
        """Choose what to copy."""
        from ..menus.copy import CopyScreen

        if targets := self.targets():
            self.app.push_screen(CopyScreen(targets, self.session.config.base_url), self._chosen)

    def copy_links(self, targets: Sequence[Entry], kind: Kind) -> None:
        """Copy the links of tasks, a line each; of one without, say why."""
        links = [link for entry in targets if (link := entry.link(kind))]
        if not links:
            for entry in targets[:1]:
                self.tell(no_link(kind, is_open=entry.is_open), "warn")
            return
        self._copy("\n".join(link.url for link in links), self._called(kind, links, len(targets)))

    def _called(self, kind: Kind, links: Sequence[Link], wanted: int) -> str:
        now = self.session.now()
        gone = sum(is_dead(link, now) for link in links)
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
        from ..dialogs.link import LinkScreen

        if choice is None:
            return
        if choice.whole_screen:
            self.app.push_screen(LinkScreen(choice.text))
        else:
            self._copy(choice.text, choice.label)

    @work(group="copy", exclusive=True)
    async def _copy(self, text: str, what: str) -> None:
        route = await clipboard.copy(text, os.environ, self.app.copy_to_clipboard)
        self.tell(_("{name}: {what}").format(name=what, what=route))


def no_link(kind: Kind, *, is_open: bool) -> str:
    """Say why there is no such link."""
    if is_open:
        return _("No link yet: the task has not finished.")
    if kind is Kind.ORIGINAL:
        return _("No original link: the task was not super-resolved.")
    return _("The response has no such link.")
