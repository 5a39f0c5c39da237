"""Amounts for people: spans of time, time left, sizes, a moment for programs."""

from __future__ import annotations

from datetime import UTC, datetime

HOUR, DAY = 3600, 86_400


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


def size(count: float) -> str:
    """Bytes for people: `812 kB`, `12.4 MB`."""
    return _scaled(count, "B")


def bit_rate(count: float) -> str:
    """Bits a second for people: `790 kb/s`, `12.4 Mb/s`."""
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
