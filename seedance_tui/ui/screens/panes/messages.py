"""The messages: everything that was said in this run, to be read in full, searched and copied."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from enum import IntEnum

from textual.app import ComposeResult

from ....core.text.i18n import _, plural
from ...drawing.glyphs import glyphs
from ...drawing.spans import Line
from ...keys.action import Situation, bindings
from ...keys.panes import MESSAGES
from ...widgets.key_bar import KeyBar
from ...widgets.lines import SpanLine
from ...widgets.message_list import MessageList
from ...widgets.notice_line import Notice, NoticeLine
from .pane import FullPane


class Level(IntEnum):
    """How bad a message is at least that is shown."""

    ALL = 0
    WARNINGS = 1
    ERRORS = 2

    def holds(self, notice: Notice) -> bool:
        """Whether a message is shown at this level."""
        return {"bad": Level.ERRORS, "warn": Level.WARNINGS}.get(notice.role, Level.ALL) >= self


class MessagesLine(SpanLine):
    """How many messages there are, how many of them are new, and which are shown."""


class MessagesScreen(FullPane):
    """Shows what `read` returns, the newest first; `seen` is the number of the last one looked at.

    `now` tells Unix seconds, `copy` gets a text and what it is called.
    """

    DEFAULT_CSS = """
    MessagesScreen {
        background: $background;
        MessagesLine { margin-bottom: 1; }
        MessageList { height: 1fr; scrollbar-size: 0 1; scrollbar-gutter: stable; }
    }
    """

    ACTIONS = MESSAGES
    BINDINGS = bindings(MESSAGES)
    AUTO_FOCUS = "MessageList"

    def __init__(
        self,
        read: Callable[[], Sequence[Notice]],
        seen: int,
        now: Callable[[], float],
        copy: Callable[[str, str], None],
        *,
        utc: bool = False,
    ) -> None:
        super().__init__()
        self._read = read
        self._seen = seen
        self._now = now
        self._copy = copy
        self._utc = utc
        self._level = Level.ALL
        self._searched = ""

    def compose(self) -> ComposeResult:
        """Show the sum, the messages, the latest notice, the keys."""
        yield MessagesLine()
        messages = MessageList()
        messages.now, messages.utc, messages.fresh_from = self._now(), self._utc, self._seen
        yield messages
        yield NoticeLine()
        yield KeyBar()

    def on_mount(self) -> None:
        """Show what was said until now."""
        self.publish()

    def show_notice(self, notice: Notice) -> None:
        """Show a notice below, and among the others."""
        super().show_notice(notice)
        self.publish()

    def publish(self) -> None:
        """Show what was said, as far as level and search let it."""
        every, messages = self._read(), self.query_one(MessageList)
        wanted = self._searched.casefold()
        shown = tuple(
            notice
            for notice in every
            if self._level.holds(notice) and wanted in notice.full.casefold()
        )
        messages.hint = _("Nothing matches.") if every else _("No messages yet.")
        messages.notices = shown
        self.query_one(MessagesLine).show(self._sum(every, len(shown)))
        self.show_keys()

    @property
    def situation(self) -> Situation:
        """What there is to act on."""
        return Situation(has_messages=bool(self.query_one(MessageList).notices))

    def action_level(self) -> None:
        """Show all, then what is at least a warning, then errors alone."""
        self._level = Level((self._level + 1) % len(Level))
        self.publish()

    def action_search(self) -> None:
        """Search while it is typed."""
        from ..dialogs.search import SearchScreen

        self.app.push_screen(
            SearchScreen(self._searched, self._search, _("search in the messages"))
        )

    def action_copy(self) -> None:
        """Copy the message under the cursor."""
        if notice := self.query_one(MessageList).current:
            self._copy(notice.full, _("Message"))

    def action_copy_all(self) -> None:
        """Copy all that are shown, a line each."""
        messages = self.query_one(MessageList).notices
        if messages:
            count = plural("{n} message", "{n} messages", len(messages))
            self._copy("\n".join(notice.full for notice in messages), count)

    def action_back(self) -> None:
        """Show all again, or go back to where one was."""
        if self._searched or self._level is not Level.ALL:
            self._searched, self._level = "", Level.ALL
            self.publish()
        else:
            self.dismiss()

    def _search(self, text: str) -> str:
        self._searched = text
        self.publish()
        found = len(self.query_one(MessageList).notices)
        return plural("{n} message", "{n} messages", found) if text else ""

    def _sum(self, every: Sequence[Notice], shown: int) -> Line:
        fresh = sum(n.number > self._seen and n.until_seen for n in every)
        joint = glyphs().joint
        line: Line = ((" " + _("Messages") + "  ", "strong"), (str(len(every)), "normal"))
        if fresh:
            line += ((joint + plural("{n} needs you", "{n} need you", fresh), "bad"),)
        words = {Level.ALL: "", Level.WARNINGS: _("warnings"), Level.ERRORS: _("errors")}
        narrowed = [words[self._level], f"/{self._searched}" if self._searched else ""]
        for word in filter(None, narrowed):
            line += ((joint + word, "accent"),)
        if any(narrowed):
            line += ((joint + _("{n} of {count}").format(n=shown, count=len(every)), "dim"),)
        return line
