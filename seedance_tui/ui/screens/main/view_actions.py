"""What changes only how things are seen."""

from __future__ import annotations

from ....core.language import _
from ....core.outcomes import sentence
from ....core.views import View
from ...widgets.status_line import StatusLine
from ...widgets.task_detail import TaskDetail
from ...widgets.task_list import TaskList
from ...widgets.view_tabs import ViewTabs
from ..help import HelpScreen
from .base import MainBase


class ViewActions(MainBase):
    """Panes are shown and hidden by classes of the screen; the style sheet does the rest."""

    view = View.ALL

    def action_view(self, name: str) -> None:
        """Show another view."""
        self.view = View(name)
        self.query_one(ViewTabs).view = self.view
        self.publish()

    def action_open_detail(self) -> None:
        """Go to the detail pane, shown if it is not."""
        self.remove_class("-no-detail")
        self.add_class("-reading")
        self.query_one(TaskDetail).focus()
        self.publish()

    def action_leave(self) -> None:
        """Go back to the list."""
        self.remove_class("-reading", "-zoomed")
        self.query_one(TaskList).focus()
        self.publish()

    def action_next_pane(self) -> None:
        """Go to the other pane."""
        if self.query_one(TaskList).has_focus:
            self.action_open_detail()
        else:
            self.action_leave()

    def action_toggle_detail(self) -> None:
        """Show or hide the detail pane."""
        self.toggle_class("-no-detail")
        self.action_leave()

    def action_zoom(self) -> None:
        """Give the pane with the focus the whole screen, or give it back."""
        self.set_class(self.query_one(TaskDetail).has_focus, "-reading")
        self.toggle_class("-zoomed")

    def action_mode(self) -> None:
        """Show the detail the other way."""
        detail = self.query_one(TaskDetail)
        modes = detail.MODES
        detail.mode = modes[(modes.index(detail.mode) + 1) % len(modes)]
        self.publish()

    def action_zone(self) -> None:
        """Write times as local time or as UTC."""
        detail = self.query_one(TaskDetail)
        detail.utc = not detail.utc
        self.tell(_("Times are UTC.") if detail.utc else _("Times are local."))

    def action_pause(self) -> None:
        """Stop asking, or go on."""
        poller = self.session.poller
        if poller.paused:
            poller.resume()
        else:
            poller.pause()
        self.query_one(StatusLine).paused = poller.paused

    def action_refresh(self) -> None:
        """Ask about the task now."""
        if targets := self.targets():
            self._ask([entry.id for entry in targets])

    def action_refresh_all(self) -> None:
        """Ask about every task now."""
        self._ask([entry.id for entry in self.session.store.entries])

    def action_help(self) -> None:
        """Show what each key does."""
        self.app.push_screen(HelpScreen())

    def action_palette(self) -> None:
        """Find an action by its name."""
        self.app.action_command_palette()

    def _ask(self, ids: list[str]) -> None:
        if self.session.client is None:
            trouble = self.session.store.trouble
            text = sentence(trouble) if trouble else _("There is no connection yet.")
            self.tell(text, "bad" if trouble else "warn")
            return
        self.session.poller.ask_now(ids)
        self.tell(_("Asking…"))
