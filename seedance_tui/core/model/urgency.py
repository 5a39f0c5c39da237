"""How urgent the deadline of a link is: the only place that knows 6 hours, 1 hour and too late.

A deadline that is guessed warns like any other; once it has passed it means nothing.
"""

from __future__ import annotations

from collections.abc import Callable
from enum import IntEnum

from ...api.links import Ground, Link
from ..text import units
from ..text.i18n import _

ENDLESS = float("inf")
"""The deadline of what nobody knows a deadline of."""
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


def has_expired(link: Link | None, now: float) -> bool:
    """Whether a link and all candidates beside it are over by their own signatures.

    `now` in Unix seconds.
    """
    return link is not None and link.current(now).has_expired(now)


def is_overdue(link: Link, now: float) -> bool:
    """Whether the guess of its deadline has passed: nobody knows whether the link still lives."""
    return not has_expired(link, now) and urgency(link.left(now)) is Urgency.GONE


def deadline_words(
    link: Link, now: float, amount: Callable[[float], str] = units.left
) -> str | None:
    """Say how long a link still lives: `23h`, `~23h` by a guess, `~over`, `expired`.

    `amount` writes seconds; None where nothing tells the deadline.
    """
    left = link.left(now)
    if left is None:
        return None
    if has_expired(link, now):
        return _("expired")
    if is_overdue(link, now):
        return _("~over")
    return f"~{amount(left)}" if link.expires_by(now) is Ground.GUESS else amount(left)
