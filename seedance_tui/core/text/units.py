"""Times and sizes as text: short for columns, worded for sentences, ISO 8601 for programs."""

from __future__ import annotations

import re
from datetime import UTC, datetime

from .i18n import N_, _

HOUR, DAY = 3600, 86_400
_SHORT_FORMS = (
    N_("{}s"),
    N_("{}m"),
    N_("{}h"),
    N_("{}d"),
    N_("{}y"),
    N_("{}h{}m"),
    N_("{}m {}s"),
    N_("{}h {}m"),
    N_("{}d {}h"),
    N_("{} s"),
    N_("<{}m"),
)
"""What `span`, `left` and `exact` return, without the numbers; `in_words` translates them."""
BELOW_A_MINUTE = "<1m"
_NUMBER = re.compile(r"[\d.]+")


def span(seconds: float) -> str:
    """A span of time in its largest unit: `8s`, `4m`, `23h`, `2d`, `3y`."""
    seconds = max(0, int(seconds))
    for unit, size in (("y", 365 * DAY), ("d", DAY), ("h", HOUR), ("m", 60)):
        if seconds >= size:
            return f"{seconds // size}{unit}"
    return f"{seconds}s"


def left(seconds: float) -> str:
    """Time left in at most five cells: `23h`, `2h10m`, `9m`, `40s`."""
    seconds = max(0, int(seconds))
    if HOUR <= seconds < 6 * HOUR:
        return f"{seconds // HOUR}h{seconds % HOUR // 60:02}m"
    return span(seconds)


def exact(seconds: float) -> str:
    """A span in its two largest units: `4m 54s`, `23h 04m`."""
    seconds = max(0, int(seconds))
    if seconds >= DAY:
        return f"{seconds // DAY}d {seconds % DAY // HOUR}h"
    if seconds >= HOUR:
        return f"{seconds // HOUR}h {seconds % HOUR // 60:02}m"
    return f"{seconds // 60}m {seconds % 60:02}s" if seconds >= 60 else f"{seconds}s"


def in_words(short: str) -> str:
    """Return a short span as a sentence has it: `2h10m`, in Chinese `2 小时 10 分`."""
    return _(_NUMBER.sub("{}", short)).format(*_NUMBER.findall(short))


def size(count: float) -> str:
    """Bytes, human-readable: `812 kB`, `12.4 MB`."""
    return _scaled(count, "B")


def bit_rate(count: float) -> str:
    """Bits per second, human-readable: `790 kb/s`, `12.4 Mb/s`."""
    return _scaled(count, "b/s")


def _scaled(count: float, unit: str) -> str:
    for prefix in ("", "k", "M", "G"):
        if count < 1000 or prefix == "G":
            return f"{count:.{0 if prefix in ('', 'k') else 1}f} {prefix}{unit}"
        count /= 1000
    return ""


def iso(at: float | None) -> str | None:
    """Unix seconds as ISO 8601 in UTC; None for none, and for what no calendar reaches."""
    if at is None:
        return None
    try:
        moment = datetime.fromtimestamp(at, UTC)
    except (ValueError, OverflowError, OSError):
        return None
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")
