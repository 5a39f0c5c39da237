"""What keeps videos from being lost: saved by themselves, or at least spoken of in time."""

from __future__ import annotations

from collections.abc import Sequence

from ....api.models import Phase
from ....core.downloads.deadlines import Crossing
from ....core.downloads.losses import Loss
from ....core.model.entry import Entry
from ....core.settings.auto_save import AutoSave
from ....core.text.i18n import _, plural
from ...drawing import format as fmt
from ...drawing.spans import Role
from ...widgets.notice_line import Notice
from .board import Board
from .notifications import Announcements

_EVERY = 10.0
"""Seconds between two looks at the deadlines and at the folder."""


class AutoSaveActions:
    """Looks at the deadlines every few seconds; each response is looked at when it comes."""

    def __init__(self, board: Board, announcements: Announcements) -> None:
        self._board = board
        self._session = board.session
        self._announcements = announcements
        self._hint: Notice | None = None

    def start(self) -> None:
        """Look from here on; the list is loaded."""
        self._board.auto_saves = self._session.files.auto_saves is not AutoSave.OFF
        self.look_after_files()
        self._board.set_interval(_EVERY, self.look_after_files)

    def hint(self, entries: Sequence[Entry]) -> None:
        """Say once, when a video is ready, that it can be saved unasked."""
        is_done = any(entry.status.phase is Phase.DONE for entry in entries)
        choices = self._session.choices
        if is_done and self._session.files.auto_saves is AutoSave.OFF and not choices.hint_seen:
            text = _("Links expire after 24 hours · press A to auto-save")
            self._hint = self._board.notify_line(text, "accent", until_seen=True, is_news=True)
            self._board.keep(hint_seen=True)

    def action_auto_save(self) -> None:
        """Choose what is saved without being asked: the result, both files, or nothing."""
        from ..menus.auto_save import AutoSaveScreen

        self._board.app.push_screen(AutoSaveScreen(self._session.files.auto_saves), self._auto_save)

    def _auto_save(self, word: AutoSave | None) -> None:
        files = self._session.files
        if word is None or word is files.auto_saves:
            return
        files.auto_save(word)
        if self._hint:
            self._board.said.settle(self._hint)
        self._board.auto_saves = word is not AutoSave.OFF
        count = files.enqueue_due()
        self._board.notify_line(_said(word, count), "normal" if word is AutoSave.OFF else "good")
        self._board.keep(auto_save=word, hint_seen=True)
        self._board.publish()

    def look_after_files(self) -> None:
        """Look which files are there, save what is due, speak of what is about to be lost."""
        self._board.start(self._look_after_files, group="files")

    async def _look_after_files(self) -> None:
        self._tell_crossings(await self._session.look_after_files())
        self._tell_losses(self._session.new_losses())
        self._board.publish()

    def _tell_losses(self, losses: Sequence[Loss]) -> None:
        """Say once what cannot be had any more, and let the header say so from here on."""
        told = self._session.losses
        self._board.lost = (len(told.told), told.since) if told.since is not None else None
        if len(losses) == 1:
            name = fmt.cut_middle(losses[0].entry.name, 30)
            text = _("{name} is lost: its link expired before it was saved").format(name=name)
        elif losses:
            n = len(losses)
            text = plural("{n} video lost", "{n} videos lost: links expired before saving", n)
        else:
            return
        self._board.notify_line(text, "bad", until_seen=True, is_news=True)

    def _tell_crossings(self, unsaved: list[Crossing]) -> None:
        """Say once what is about to be lost."""
        if not unsaved:
            return
        self._announcements.tell_expiring(unsaved)
        time = fmt.in_words(fmt.left(unsaved[0].deadline - self._session.now()))
        if len(unsaved) == 1:
            name = fmt.cut_middle(unsaved[0].entry.name, 30)
            text = _("{name} is not saved; link expires in {time}").format(name=name, time=time)
        else:
            count = plural("{n} video is not saved", "{n} videos are not saved", len(unsaved))
            text = _("{count}; first link expires in {time} · press 5 to view").format(
                count=count, time=time
            )
        role: Role = "bad" if unsaved[0].is_urgent else "warn"
        self._board.notify_line(text, role, is_news=True)  # the header goes on to say it


def _said(word: AutoSave, count: int) -> str:
    words = {
        AutoSave.OFF: _("Auto-save off."),
        AutoSave.RESULT: _("Auto-save on: result."),
        AutoSave.BOTH: _("Auto-save on: result and original."),
    }
    now = plural("{n} file queued", "{n} files queued", count) if count else ""
    return f"{words[word]} {now}".rstrip()
