"""Gathers what happens and words it as one: ten finished tasks ring the bell once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from ...core.settings.notifications import Event, NotifySettings
from ...core.text.i18n import _, plural
from ...core.text.sanitize import safe
from ._sequences import BELL, notification

_NAME_LENGTH = 60


class Announcer:
    """Returns what to write to the terminal; writes nothing itself."""

    def __init__(self, settings: NotifySettings, environ: Mapping[str, str]) -> None:
        self._settings = settings
        self._environ = environ
        self._counts: Counter[Event] = Counter()
        self._name = ""

    def add(self, event: Event, name: str) -> None:
        """Note what happened to the task of that name, if it is to be told."""
        if event in self._settings.events:
            self._counts[event] += 1
            self._name = name[: _NAME_LENGTH + 1]

    def flush(self, focused: bool | None) -> str:  # noqa: FBT001  as the terminal has it
        """Return the bell and the notification of all that was added, empty for nothing to tell.

        `focused` is None while the terminal has not said whether it has the focus. What is not
        told is forgotten: somebody looks at it.
        """
        text = words(self._counts, self._name)
        self._counts.clear()
        if not text or not self._settings.tells(focused=focused):
            return ""
        bell = BELL if self._settings.bell else ""
        return bell + notification(text, self._settings.desktop, self._environ)


def words(counts: Mapping[Event, int], name: str) -> str:
    """Say what happened, `name` being the task's if there is but one; empty for nothing."""
    told = {event: counts.get(event, 0) for event in Event if counts.get(event, 0)}
    if sum(told.values()) == 1:
        return _of_one(*told).format(name=_shortened(name))
    parts = (_of_many(event, n, first=event in list(told)[:1]) for event, n in told.items())
    return _(", ").join(parts)


def _of_one(event: Event) -> str:
    match event:
        case Event.DONE:
            return _("{name} is done")
        case Event.FAILED:
            return _("{name} failed")
        case Event.EXPIRING:
            return _("{name}: link expires soon")


def _of_many(event: Event, count: int, *, first: bool) -> str:
    match event:
        case Event.DONE:
            return plural("{n} task is done", "{n} tasks are done", count)
        case Event.FAILED if first:
            return plural("{n} task failed", "{n} tasks failed", count)
        case Event.FAILED:
            return plural("{n} failed", "{n} failed", count)
        case Event.EXPIRING:
            return plural("{n} link expires soon", "{n} links expire soon", count)


def _shortened(name: str) -> str:
    name = safe(name)
    return name if len(name) <= _NAME_LENGTH else name[: _NAME_LENGTH - 1] + "…"
