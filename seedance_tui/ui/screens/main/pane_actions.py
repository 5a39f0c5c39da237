"""Which panes and columns are seen, how large, and how the detail shows its task."""

from __future__ import annotations

from ....core.text.i18n import _
from .board import Board
from .copy_actions import CopyActions
from .filter_actions import FilterActions

_USUAL_SHARE, _LEAST_SHARE = 45, 25
"""Percent of the screen for the detail pane."""
_LEAST_CHOSEN_FOR = 80
"""Cells of the list for which columns are chosen: a narrower one leaves some of them out."""


class PaneActions:
    """Panes are shown and hidden by classes of the screen; the style sheet does the rest."""

    def __init__(self, board: Board, filters: FilterActions, copies: CopyActions) -> None:
        self._board = board
        self._session = board.session
        self._filters = filters
        self._copies = copies

    def action_messages(self) -> None:
        """Show everything that was said; what waited to be seen is seen."""
        from ..panes.messages import MessagesScreen

        board, log = self._board, self._board.said
        seen = log.seen
        log.look()
        board.show_unseen()
        board.app.push_screen(
            MessagesScreen(
                lambda: log.newest_first, seen, self._session.now, self._copies.copy, utc=board.utc
            )
        )

    def action_open_detail(self) -> None:
        """Go to the detail pane, shown if it is not; on the head of a group, fold or unfold it."""
        tasks = self._board.tasks
        if self._board.focused is tasks and tasks.group_here:
            tasks.fold()
            return
        if self._board.has_class("-no-detail"):
            self._board.remove_class("-no-detail")
            self.share_again()
        self._board.add_class("-reading")
        self._board.set_focus(self._board.detail)
        self._board.publish()

    def action_leave(self) -> None:
        """Go back to the list; from the list, take the marks away that are seen, then the filter.

        Marks that are on no row go last: without the filter they may be seen.
        """
        tasks = self._board.tasks
        if self._board.focused is tasks and not self._board.has_class("-zoomed"):
            if tasks.marked or not self._filters.clear():
                tasks.marks = frozenset()
            return
        self.show_list()

    def action_show_list(self) -> None:
        """Go back to the list; from the list, do nothing."""
        if self._board.focused is not self._board.tasks or self._board.has_class("-zoomed"):
            self.show_list()

    def show_list(self) -> None:
        """Go back to the list."""
        self._board.remove_class("-reading", "-zoomed")
        self._board.set_focus(self._board.tasks)
        self._board.publish()

    def action_next_pane(self) -> None:
        """Go to the other pane."""
        if self._board.focused is self._board.tasks:
            self.action_open_detail()
        else:
            self.show_list()

    def action_toggle_detail(self) -> None:
        """Show or hide the detail pane."""
        self._board.toggle_class("-no-detail")
        self.share_again()
        self.show_list()
        self._board.keep(detail_shown=not self._board.has_class("-no-detail"))

    def action_resize(self, percent: int) -> None:
        """Give the detail pane more of the screen, or less."""
        before = self._session.choices.detail_share or _USUAL_SHARE
        self._share(max(_LEAST_SHARE, min(100 - _LEAST_SHARE, before + percent)))
        self._board.keep(detail_share=self._session.choices.detail_share)

    def drag(self, x: int, y: int, *, is_over: bool) -> None:
        """Move the rule between list and detail to a cell of the screen; keep it once let go."""
        body = self._board.query_one("#body").region
        if self._board.has_class("-wide"):
            percent = round(100 * (body.right - x) / body.width)
        else:
            percent = round(100 * (body.bottom - y) / body.height)
        self._share(max(_LEAST_SHARE, min(100 - _LEAST_SHARE, percent)))
        if is_over:
            self._board.keep(detail_share=self._session.choices.detail_share)

    def recall(self) -> tuple[str, ...]:
        """Show panes and columns as in the last run; say what is wrong with the settings."""
        choices = self._session.choices
        self._board.set_class(not choices.detail_shown, "-no-detail")
        self._board.utc = choices.utc
        if choices.detail_share:
            self._share(choices.detail_share)
        return self._recall_columns()

    def _recall_columns(self) -> tuple[str, ...]:
        """Show the columns that were chosen on the screen, else those of the settings."""
        settings, chosen = self._session.config.screen, self._session.choices.columns
        if not (settings.columns or chosen):
            self._board.columns = ()
            return ()
        from ...drawing.chosen_columns import known_columns, remembered

        of_settings, warnings = known_columns(settings)
        self._board.columns = remembered(chosen) or of_settings
        return tuple(warnings)

    def action_columns(self) -> None:
        """Choose which columns there are, and in which order."""
        from ...drawing.columns import layout
        from ..dialogs.columns import ColumnsScreen

        board = self._board
        width = max(board.tasks.line_width, _LEAST_CHOSEN_FOR)
        shown = layout(width, board.columns, board.needs).cells
        screen = ColumnsScreen(board.columns or tuple(shown))
        board.app.push_screen(screen, self._take_columns)

    def _take_columns(self, columns: tuple[str, ...] | None) -> None:
        if columns is not None:
            self._board.keep(columns=",".join(columns))
            self._session.choices.take(columns=",".join(columns))
            self._recall_columns()

    def share_again(self) -> None:
        """Share the new size as the old one was shared."""
        if self._session.choices.detail_share:
            self._board.call_after_refresh(self._share, self._session.choices.detail_share)

    def _share(self, percent: int) -> None:
        """Let the style sheet decide again where only one pane is shown at a time."""
        self._session.choices.detail_share = percent
        styles = self._board.detail.styles
        alone = (
            self._board.has_class("-zoomed")
            or self._board.has_class("-tiny")
            or self._board.has_class("-low")
            or self._board.has_class("-no-detail")
        )
        beside = self._board.has_class("-wide") and not self._board.has_class("-zoomed")
        styles.width = f"{percent}%" if beside else None
        styles.max_width = "100%" if beside else None
        left = self._board.query_one("#left").styles
        left.max_height = None if beside or alone else f"{100 - percent}%"

    def action_zoom(self) -> None:
        """Give the pane with the focus the whole screen, or give it back."""
        self._board.set_class(self._board.focused is self._board.detail, "-reading")
        self._board.toggle_class("-zoomed")
        self.share_again()
        self._board.publish()

    def action_mode(self) -> None:
        """Show the detail the other way."""
        detail = self._board.detail
        modes = detail.MODES
        detail.mode = modes[(modes.index(detail.mode) + 1) % len(modes)]
        self._board.publish()

    def action_suspend(self) -> None:
        """Go to the background of the shell until it calls the program back."""
        self._board.app.action_suspend_process()

    def action_zone(self) -> None:
        """Write times as local time or as UTC."""
        utc = self._board.utc = not self._board.utc
        self._board.keep(utc=utc)
        self._board.notify_line(_("Showing UTC.") if utc else _("Showing local time."))

    def action_help(self) -> None:
        """Show what each key does."""
        from ..dialogs.help import HelpScreen

        self._board.app.push_screen(HelpScreen())

    def action_palette(self) -> None:
        """Find an action by its name."""
        self._board.app.action_command_palette()
