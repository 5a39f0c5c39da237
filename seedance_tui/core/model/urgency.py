"""How urgent the deadline of a link is: the only place that knows 6 hours, 1 hour and too late."""

from __future__ import annotations

from enum import IntEnum

from ...api.links import Link

SOON_WITHIN = 21_600
"""Seconds before its deadline within which a link expires soon."""
URGENT_WITHIN = 3_600
"""Seconds before its deadline within which an unsaved link is as good as lost."""


class Urgency(IntEnum):
    """How near a deadline is; what is more urgent is greater."""

    NONE = 0
    """There is no deadline, or nothing tells it."""
    QUIET = 1
    SOON = 2
    URGENT = 3
    GONE = 4


def urgency(left: float | None) -> Urgency:
    """Return how urgent a deadline is that is `left` seconds away; None where nothing tells it."""
    if left is None:
        return Urgency.NONE
    if left <= 0:
        return Urgency.GONE
    if left < URGENT_WITHIN:
        return Urgency.URGENT
    return Urgency.SOON if left < SOON_WITHIN else Urgency.QUIET


def is_dead(link: Link | None, now: float) -> bool:
    """Whether the deadline of a link is over; `now` in Unix seconds."""
    return link is not None and urgency(link.left(now)) is Urgency.GONE
