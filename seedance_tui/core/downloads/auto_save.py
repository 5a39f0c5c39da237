"""Which files are saved without being asked for, before their links expire."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from ...api.links import Kind, Link
from ..model.entry import Entry

AUTO_SAVE: Mapping[str, tuple[Kind, ...]] = {
    "off": (),
    "result": (Kind.RESULT,),
    "both": (Kind.RESULT, Kind.ORIGINAL),
}
"""What can be saved without being asked for, by the word that chooses it."""


@dataclass(frozen=True, slots=True)
class GuardSettings:
    """What is saved without being asked for: once done, or `before` seconds ahead of the end."""

    auto_save: tuple[Kind, ...] | None = None
    """None where nobody has said anything, which saves nothing."""
    on_success: bool = True
    before: float = 7200.0


def wanted(entries: Iterable[Entry], settings: GuardSettings, now: float) -> list[tuple[str, Kind]]:
    """Return the files to save now, by task ID, soonest deadline first.

    A file of which anything is known, such as a failure, is somebody else's matter. A link whose
    deadline nothing tells is saved, and counts as `before` seconds away.
    """
    found: list[tuple[float, str, Kind]] = []
    kinds = settings.auto_save or ()
    for entry in entries if kinds else ():
        for kind in kinds:
            link = entry.link(kind)
            if link and entry.file(kind) is None and _is_time(link, settings, now):
                seconds = link.left(now)
                found.append((settings.before if seconds is None else seconds, entry.id, kind))
    return [(task_id, kind) for _seconds, task_id, kind in sorted(found, key=lambda one: one[0])]


def _is_time(link: Link, settings: GuardSettings, now: float) -> bool:
    seconds = link.left(now)
    if seconds is None:
        return True
    return seconds > 0 and (settings.on_success or seconds <= settings.before)
