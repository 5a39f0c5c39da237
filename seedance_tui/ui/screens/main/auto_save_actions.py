"""What keeps videos from being lost: saved by themselves, or at least spoken of in time."""

from __future__ import annotations

from textual import work

from ....api.models import Phase
from ....core.downloads.deadlines import Crossing
from ....core.model.entry import Entry
from ....core.model.urgency import URGENT_WITHIN
from ....core.text.i18n import _, plural
from ...drawing import format as fmt
from ...widgets.notice_line import NoticeLine
from ...widgets.status_line import StatusLine
from .file_actions import FileActions
from .notifications import Telling

_EVERY = 10.0
"""Seconds between two looks at the deadlines and at the folder."""


class GuardActions(Telling, FileActions):
    """Looks at the deadlines every few seconds; each answer is looked at when it comes."""

    def begin_guarding(self) -> None:
        """Look from here on; the list is loaded."""
        self.query_one(StatusLine).auto_saves = self.session.files.auto_saves != "off"
        self.look_after_files()
        self.set_interval(_EVERY, self.look_after_files)

    def hint_at_guard(self, entries: list[Entry]) -> None:
        """Say once, when a video is ready, that it can be saved unasked."""
        is_done = any(entry.status.phase is Phase.DONE for entry in entries)
        choices = self.session.choices
        if is_done and self.session.files.auto_saves == "off" and not choices.hint_seen:
            hint = _("Links expire after 24 hours · press A to auto-save")
            self.query_one(NoticeLine).insist(hint, "accent")
            self.keep(hint_seen=True)

    def action_auto_save(self) -> None:
        """Choose what is saved without being asked: the result, both files, or nothing."""
        from ..menus.auto_save import AutoSaveScreen

        self.app.push_screen(AutoSaveScreen(self.session.files.auto_saves), self._auto_save)

    def _auto_save(self, word: str | None) -> None:
        if word is None:
            return
        files = self.session.files
        files.auto_save(word)
        self.query_one(StatusLine).auto_saves = word != "off"
        count = files.enqueue_due()
        self.tell(_said(word, count), "normal" if word == "off" else "good")
        self.keep(auto_save=word, hint_seen=True)
        self.publish()

    @work(group="files")
    async def look_after_files(self) -> None:
        """Look which files are there, save what is due, speak of what is about to be lost."""
        self._tell_crossings(await self.session.look_after_files())
        self.publish()

    def _tell_crossings(self, unsaved: list[Crossing]) -> None:
        """Say once what is about to be lost."""
        if not unsaved:
            return
        self.tell_expiring(unsaved)
        time = fmt.in_words(fmt.left(unsaved[0].deadline - self.session.now()))
        if len(unsaved) == 1:
            name = fmt.cut_middle(unsaved[0].entry.name, 30)
            text = _("{name} is not saved; link expires in {time}").format(name=name, time=time)
        else:
            count = plural("{n} video is not saved", "{n} videos are not saved", len(unsaved))
            text = _("{count}; first link expires in {time} · press 5 to view").format(
                count=count, time=time
            )
        self.tell(text, "bad" if unsaved[0].threshold <= URGENT_WITHIN else "warn")


def _said(word: str, count: int) -> str:
    words = {
        "off": _("Auto-save off."),
        "result": _("Auto-save on: result."),
        "both": _("Auto-save on: result and original."),
    }
    now = plural("{n} file queued", "{n} files queued", count) if count else ""
    return f"{words[word]} {now}".rstrip()
