"""How long an answer asks to wait: `Retry-After`, and the headers that tell what is left."""

from __future__ import annotations

import re
from collections.abc import Iterator
from email.utils import parsedate_to_datetime
from typing import NamedTuple

import httpx

from .json_values import as_moment

_AFTER = (
    *("Retry-After-Ms", "X-Ms-Retry-After-Ms"),
    *("Retry-After", "X-Retry-After", "X-RateLimit-Retry-After"),
)
"""Headers that tell the wait itself, the finer ones first (source: Azure, OpenAI, RFC 9110)."""
_QUOTA = re.compile(
    r"(?:x-)?(?P<whose>(?:[a-z]+-){0,2})rate-?limit-(?P<of>(?:[a-z]+-){0,2})"
    r"(?:(?P<left>remaining)|reset(?P<span>-after)?)"
    r"(?P<of_what>(?:-(?!after\b|ms\b)[a-z]+){0,2})(?P<unit>-ms)?"
)
"""`X-RateLimit-Reset-Requests`, `anthropic-ratelimit-tokens-reset`, `X-Rate-Limit-Remaining`."""
_POLICY = re.compile(r',\s*(?=")')
"""Where the next quota begins in the one field of the IETF's later drafts."""
_FIELD = re.compile(r"(?:^|[;,\s])(r|remaining|t|reset)=([0-9]+)")
_TWICE = re.compile(r"([0-9.]+)\s*,.*")
"""A number in a header that was sent twice."""
_PART = re.compile(r"([0-9]+(?:\.[0-9]+)?)(ns|us|ms|s|m|h|d)")
_UNITS = {"ns": 1e-9, "us": 1e-6, "ms": 0.001, "s": 1.0, "m": 60.0, "h": 3600.0, "d": 86_400.0}
_EPOCH, _EPOCH_MS = 1e9, 1e12
"""From these numbers on it is a moment in Unix seconds, or in milliseconds, and no span."""
_LONGEST = 40
"""Characters of a value that is read."""


class _Quota(NamedTuple):
    """How many requests are left of one quota, and the seconds until there are more."""

    left: int | None = None
    reset: float | None = None


def http_date(text: str) -> float | None:
    """Read the date of a header as Unix seconds; None for anything else."""
    try:
        return parsedate_to_datetime(text).timestamp()
    except (ValueError, TypeError, OverflowError):
        return None


def retry_after(response: httpx.Response) -> float | None:
    """Seconds to wait after a refusal, None where nothing tells."""
    headers = response.headers
    for name in _AFTER:
        told = _seconds(headers.get(name, ""), headers, is_ms=name.endswith("-Ms"))
        if told is not None:
            return told
    used_up = exhausted_for(response)
    if used_up is not None:
        return used_up
    told_at_all = (q.reset for q in _quotas(headers) if not q.left and q.reset is not None)
    return min(told_at_all, default=None)


def exhausted_for(response: httpx.Response) -> float | None:
    """Seconds until more is granted, where an answer says that it was the last one."""
    used_up = (q.reset for q in _quotas(response.headers) if q.left == 0 and q.reset is not None)
    return max(used_up, default=None)


def _quotas(headers: httpx.Headers) -> Iterator[_Quota]:
    """Every quota that the headers tell of: of requests, of tokens, by the minute, by the day."""
    for policy in _POLICY.split(headers.get("RateLimit", "")):
        told = dict(_FIELD.findall(policy))
        left, reset = told.get("r") or told.get("remaining"), told.get("t") or told.get("reset")
        yield _Quota(_count(left or ""), _seconds(reset or "", headers))
    named: dict[tuple[str, str], _Quota] = {}
    for name, value in sorted(headers.items(), key=lambda header: "-after" in header[0]):
        if match := _QUOTA.fullmatch(name):
            key = match["whose"], (match["of"] + match["of_what"]).strip("-")
            named[key] = _with(named.get(key, _Quota()), match, value, headers)
    yield from named.values()


def _with(quota: _Quota, match: re.Match[str], value: str, headers: httpx.Headers) -> _Quota:
    """A quota with what one more header says of it."""
    if match["left"]:
        left = _count(value)
        return quota if left is None else quota._replace(left=left)
    reset = _seconds(value, headers, is_ms=bool(match["unit"]))
    return quota if reset is None else quota._replace(reset=reset)


def _count(text: str) -> int | None:
    text = text.strip()[:_LONGEST]
    return int(text) if text.isdecimal() else None


def _seconds(text: str, headers: httpx.Headers, *, is_ms: bool = False) -> float | None:
    """Read a span, or a moment counted on the server's own clock."""
    text = _TWICE.sub(r"\1", text.strip()[:_LONGEST])
    if re.fullmatch(r"[0-9]{1,20}(\.[0-9]+)?", text):
        number = float(text)
        if number < _EPOCH:
            return number / 1000 if is_ms else number
        moment: float | None = number / 1000 if number >= _EPOCH_MS else number
    elif (span := _span(text)) is not None:
        return span
    else:
        moment = as_moment(text) if "-" in text else None
        moment = http_date(text) if moment is None else moment
    server = http_date(headers.get("Date", ""))
    return None if moment is None or server is None else max(0.0, moment - server)


def _span(text: str) -> float | None:
    """Read `1m30s`, `6m0.5s`, `120ms`; None for anything else."""
    text = text.replace(" ", "").lower()
    parts = _PART.findall(text)
    if not parts or "".join(map("".join, parts)) != text:
        return None
    return sum(float(number) * _UNITS[unit] for number, unit in parts)
