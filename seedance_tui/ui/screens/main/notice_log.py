"""Everything that was said in this run, and what of it waits to be seen."""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from dataclasses import replace

from ...widgets.notice_line import Notice

_MOST = 2000
"""Notices that are kept; the oldest go first."""


class NoticeLog:
    """Kept over the run and no longer; a notice that repeats the one before takes its place."""

    def __init__(self) -> None:
        self._notices: deque[Notice] = deque(maxlen=_MOST)
        self._said = 0
        self._seen = 0
        """The number of the last notice that was there when the log was looked at."""

    @property
    def newest_first(self) -> Sequence[Notice]:
        """All notices."""
        return tuple(reversed(self._notices))

    @property
    def unseen(self) -> Sequence[Notice]:
        """What needs the user and was not looked at, the oldest first."""
        return tuple(n for n in self._notices if n.until_seen and n.number > self._seen)

    @property
    def seen(self) -> int:
        """The number of the last notice that was looked at; 0 before the first look."""
        return self._seen

    def add(self, notice: Notice, instead_of: Notice | None = None) -> Notice:
        """Keep a notice, perhaps in place of one that said less; return it with its number."""
        self._said += 1
        notice = replace(notice, number=self._said)
        if instead_of and instead_of in self._notices:
            self._notices.remove(instead_of)
        if self._notices and _says(self._notices[-1]) == _says(notice):
            self._notices.pop()
        self._notices.append(notice)
        return notice

    def settle(self, notice: Notice) -> None:
        """Let a notice wait no longer: what it asked for was done."""
        if notice in self._notices:
            place = self._notices.index(notice)
            self._notices[place] = replace(notice, until_seen=False)

    def look(self) -> None:
        """Take all that was said as seen."""
        self._seen = self._said


def _says(notice: Notice) -> tuple[str, str]:
    return notice.full, notice.role
