"""What changes only how things are seen."""

from __future__ import annotations

from ....core.model.outcomes import sentence
from ....core.text.i18n import _
from ...widgets.status_line import StatusLine
from ...widgets.task_detail import TaskDetail
from ...widgets.task_list import TaskList
from .listing_actions import ListingActions

_USUAL_SHARE, _LEAST_SHARE = 45, 25
"""Percent of the screen for the detail pane."""


class ViewActions(ListingActions):
    """Panes are shown and hidden by classes of the screen; the style sheet does the rest."""

    def action_open_detail(self) -> None:
        """Go to the detail pane, shown if it is not."""
        self.remove_class("-no-detail")
        self.add_class("-reading")
        self.set_focus(self.query_one(TaskDetail))
        self.publish()

    def action_leave(self) -> None:
        """Go back to the list; from the list, take the marks away that are seen, then the filter.

        Marks that are on no row go last: without the filter they may be seen.
        """
        tasks = self.query_one(TaskList)
        if self.focused is tasks and not self.has_class("-zoomed"):
            if tasks.marked or not self.clear_filter():
                tasks.marks = frozenset()
            return
        self.show_list()

    def action_show_list(self) -> None:
        """Go back to the list; from the list, do nothing."""
        if self.focused is not self.query_one(TaskList) or self.has_class("-zoomed"):
            self.show_list()

    def show_list(self) -> None:
        """Go back to the list."""
        self.remove_class("-reading", "-zoomed")
        self.set_focus(self.query_one(TaskList))
        self.publish()

    def action_next_pane(self) -> None:
        """Go to the other pane."""
        if self.focused is self.query_one(TaskList):
            self.action_open_detail()
        else:
            self.show_list()

    def action_toggle_detail(self) -> None:
        """Show or hide the detail pane."""
        self.toggle_class("-no-detail")
        self.show_list()
        self.keep(detail_shown=not self.has_class("-no-detail"))

    def action_resize(self, percent: int) -> None:
        """Give the detail pane more of the screen, or less."""
        before = self.session.choices.detail_share or _USUAL_SHARE
        self._share(max(_LEAST_SHARE, min(100 - _LEAST_SHARE, before + percent)))
        self.keep(detail_share=self.session.choices.detail_share)

    def recall_panes(self) -> None:
        """Show the panes as they were in the last run."""
        choices = self.session.choices
        self.set_class(not choices.detail_shown, "-no-detail")
        self.query_one(TaskDetail).utc = choices.utc
        if choices.detail_share:
            self._share(choices.detail_share)

    def on_resize(self) -> None:
        """Share the new size as the old one was shared."""
        if self.session.choices.detail_share:
            self.call_after_refresh(self._share, self.session.choices.detail_share)

    def _share(self, percent: int) -> None:
        """Let the style sheet decide again where only one pane is shown at a time."""
        self.session.choices.detail_share = percent
        styles = self.query_one(TaskDetail).styles
        alone = self.has_class("-zoomed") or self.has_class("-tiny") or self.has_class("-low")
        beside = self.has_class("-wide") and not self.has_class("-zoomed")
        styles.width = f"{percent}%" if beside else None
        styles.max_width = "100%" if beside else None
        styles.height = None if beside or alone else f"{percent}%"

    def action_zoom(self) -> None:
        """Give the pane with the focus the whole screen, or give it back."""
        self.set_class(self.focused is self.query_one(TaskDetail), "-reading")
        self.toggle_class("-zoomed")
        self.on_resize()
        self.publish()

    def action_mode(self) -> None:
        """Show the detail the other way."""
        detail = self.query_one(TaskDetail)
        modes = detail.MODES
        detail.mode = modes[(modes.index(detail.mode) + 1) % len(modes)]
        self.publish()

    def action_filter(self) -> None:
        """Filter the list or, where the JSON has the keys, search in that."""
        from ..dialogs.search import SearchScreen

        detail = self.query_one(TaskDetail)
        if self.focused is detail and detail.mode == "json":
            self.app.push_screen(SearchScreen(detail.search, self._search))
        else:
            super().action_filter()

    def _search(self, text: str) -> str:
        """Search in the JSON; return how many matches there are, in words."""
        detail = self.query_one(TaskDetail)
        detail.search = text
        place, count = detail.matches
        return _("{n} of {count} · n: next").format(n=place, count=count) if text else ""

    def action_zone(self) -> None:
        """Write times as local time or as UTC."""
        detail = self.query_one(TaskDetail)
        detail.utc = not detail.utc
        self.keep(utc=detail.utc)
        self.tell(_("Showing UTC.") if detail.utc else _("Showing local time."))

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
        from ..dialogs.help import HelpScreen

        self.app.push_screen(HelpScreen())

    def action_palette(self) -> None:
        """Find an action by its name."""
        self.app.action_command_palette()

    def _ask(self, ids: list[str]) -> None:
        if self.session.client is None:
            trouble = self.session.store.trouble
            text = sentence(trouble) if trouble else _("Not connected yet.")
            self.tell(text, "bad" if trouble else "warn")
            return
        self.session.poller.ask_now(ids)
        self.tell(_("Refreshing…"))
