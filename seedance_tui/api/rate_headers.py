"""How long an answer asks to wait: `Retry-After`, and the headers that tell what is left."""

from __future__ import annotations

import re
from email.utils import parsedate_to_datetime

import httpx

_REMAINING = (
    "RateLimit-Remaining",
    "X-RateLimit-Remaining",
    "X-Rate-Limit-Remaining",
    "X-RateLimit-Remaining-Requests",
)
_RESET = (
    "RateLimit-Reset",
    "X-RateLimit-Reset-After",
    "X-RateLimit-Reset",
    "X-Rate-Limit-Reset",
    "X-RateLimit-Reset-Requests",
)
"""Names in use; the first are those of the IETF's drafts, later drafts have one field for both."""
_FIELD = re.compile(r"(?:^|[;,\s])(r|remaining|t|reset)=([0-9]+)")
_PART = re.compile(r"([0-9]+(?:\.[0-9]+)?)(ms|s|m|h|d)")
_UNITS = {"ms": 0.001, "s": 1.0, "m": 60.0, "h": 3600.0, "d": 86_400.0}
_EPOCH, _EPOCH_MS = 1e9, 1e12
"""From these numbers on it is a moment in Unix seconds, or in milliseconds, and no span."""


def http_date(text: str) -> float | None:
    """Read the date of a header as Unix seconds; None for anything else."""
    try:
        return parsedate_to_datetime(text).timestamp()
    except (ValueError, TypeError, OverflowError):
        return None


def retry_after(response: httpx.Response) -> float | None:
    """Seconds to wait after a refusal, None where nothing tells."""
    headers = response.headers
    told = _seconds(headers.get("Retry-After", ""), headers)
    if told is not None:
        return told
    left, reset = _quota(headers)
    return None if left else reset


def exhausted_for(response: httpx.Response) -> float | None:
    """Seconds until more is granted, where an answer says that it was the last one."""
    left, reset = _quota(response.headers)
    return reset if left == 0 else None


def _quota(headers: httpx.Headers) -> tuple[int | None, float | None]:
    """Return how many requests are left, and the seconds until there are more."""
    fields = dict(_FIELD.findall(headers.get("RateLimit", "")))
    remaining = fields.get("r") or fields.get("remaining") or _first(headers, _REMAINING)
    reset = fields.get("t") or fields.get("reset") or _first(headers, _RESET)
    return int(remaining) if remaining.isdecimal() else None, _seconds(reset, headers)


def _first(headers: httpx.Headers, names: tuple[str, ...]) -> str:
    return next((headers[name].strip()[:40] for name in names if name in headers), "")


def _seconds(text: str, headers: httpx.Headers) -> float | None:
    """Read a span, or a moment counted on the server's own clock."""
    text = text.strip()
    if re.fullmatch(r"[0-9]+(\.[0-9]+)?", text):
        number = float(text[:20])
        if number < _EPOCH:
            return number
        moment: float | None = number / 1000 if number >= _EPOCH_MS else number
    elif (parts := _PART.findall(text)) and "".join(map("".join, parts)) == text:
        return sum(float(number) * _UNITS[unit] for number, unit in parts)
    else:
        moment = http_date(text)
    server = http_date(headers.get("Date", ""))
    return None if moment is None or server is None else max(0.0, moment - server)
