"""Tasks in groups, each with its sums: by tag, day, model or status."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, datetime, tzinfo
from typing import Any

from ...api.models import Phase
from ..model.entry import Entry
from ..settings.choices import Grouping
from .listing import Group
from .sorting import natural
from .views import Summary

NOT_FOUND, NO_RESPONSE = "not found", "no response"
"""Names among the statuses for tasks without any: what was said instead; empty if never asked."""
_PHASES = {phase: place for place, phase in enumerate(Phase)}


def grouped(
    entries: Iterable[Entry], by: Grouping, now: float, *, utc: bool = False
) -> tuple[tuple[Entry, ...], tuple[Group, ...]]:
    """Return the entries group by group, in each as they came, and the groups; `now` in seconds.

    Tags and models go by their names, days the newest first, statuses as tasks go through them;
    last comes what has no such value. Days begin at local midnight, or at that of UTC.
    """
    if by is Grouping.NONE:
        return tuple(entries), ()
    name = _by_day(utc=utc) if by is Grouping.DAY else _NAMES[by]
    members: dict[str, list[Entry]] = {}
    for entry in entries:
        members.setdefault(name(entry), []).append(entry)
    rows: list[Entry] = []
    groups = []
    for word in sorted(members, key=lambda word: _place(by, word, members[word][0])):
        tokens = sum(entry.billed_tokens or 0 for entry in members[word])
        groups.append(Group(by, word, len(rows), Summary.of(members[word], now), tokens))
        rows += members[word]
    return tuple(rows), tuple(groups)


def _place(by: Grouping, name: str, entry: Entry) -> tuple[Any, ...]:
    """What groups are sorted by."""
    if by is Grouping.DAY:
        return (-datetime.fromisoformat(name).toordinal() if name else 0,)
    if by is Grouping.STATUS:
        return _PHASES[entry.status.phase] if entry.task else -1, name
    return not name, natural(name), name


def _tag(entry: Entry) -> str:
    return next(iter(entry.watched.tags), "")


def _model(entry: Entry) -> str:
    return entry.upstream.model or ""


def _status(entry: Entry) -> str:
    """The phase, of which each has one word; other words each have a group of their own."""
    if entry.task is None:
        problem = entry.problem
        return "" if problem is None else NOT_FOUND if problem.is_not_found else NO_RESPONSE
    phase = entry.status.phase
    return entry.status.spelt if phase in (Phase.UNKNOWN, Phase.ENDED) else phase.value


def _by_day(*, utc: bool) -> Callable[[Entry], str]:
    zone = UTC if utc else None
    known: dict[int, str] = {}

    def day(entry: Entry) -> str:
        """The day of a quarter of an hour, at which every zone's midnight is: worked out once."""
        quarter = int(entry.began_at // 900)
        if quarter not in known:
            known[quarter] = _date(quarter * 900, zone)
        return known[quarter]

    return day


def _date(moment: float, zone: tzinfo | None) -> str:
    """Write the day of a moment; empty for one that no calendar has."""
    try:
        return datetime.fromtimestamp(moment, zone).date().isoformat()
    except (OverflowError, ValueError, OSError):
        return ""


_NAMES: Mapping[Grouping, Callable[[Entry], str]] = {
    Grouping.TAG: _tag,
    Grouping.MODEL: _model,
    Grouping.STATUS: _status,
}
