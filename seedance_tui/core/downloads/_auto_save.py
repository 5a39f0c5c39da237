"""Which files auto-save downloads before their links expire."""

from __future__ import annotations

from collections.abc import Iterable

from ...api.links import Kind, Link
from ..model.entry import Entry
from ..model.urgency import has_expired
from ..settings.auto_save import GuardSettings


def wanted(entries: Iterable[Entry], settings: GuardSettings, now: float) -> list[tuple[str, Kind]]:
    """Return the files to save now, by task ID, soonest deadline first.

    Files that already have a state (queued, failed, saved) are skipped. A link whose
    deadline nothing tells is saved, and counts as `before` seconds away. One whose deadline was a
    guess that has passed is tried: only its store knows. A link that upstream offers while the
    task counts as open is left to the user: a better one may come.
    """
    found: list[tuple[float, str, Kind]] = []
    kinds = settings.auto_save or ()
    for entry in entries if kinds else ():
        for kind in entry.with_every_video(kinds):
            link = entry.link(kind)
            is_wanted = link and not entry.is_open and entry.file(kind) is None
            if link and is_wanted and _is_time(link, settings, now):
                seconds = link.left(now)
                found.append((settings.before if seconds is None else seconds, entry.id, kind))
    return [(task_id, kind) for _seconds, task_id, kind in sorted(found, key=lambda one: one[0])]


def _is_time(link: Link, settings: GuardSettings, now: float) -> bool:
    seconds = link.left(now)
    if seconds is None:
        return True
    return not has_expired(link, now) and (settings.on_success or seconds <= settings.before)
