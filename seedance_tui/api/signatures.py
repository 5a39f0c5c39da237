"""What the query of a signed link says: until when it lives, and what of it is a secret.

Every store writes its own names, and writes them in any case (source: the stores' documentation).
"""

from __future__ import annotations

import base64
import binascii
import json
import re
from collections.abc import Iterator
from datetime import datetime
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from .json_values import LATEST, as_integer, as_moment
from .web_addresses import web_link

_DATED = re.compile(r"(x-[a-z0-9]{1,20})-(date|expires)")
"""`X-Tos-Date` and `X-Tos-Expires`; `X-Amz-`, `x-oss-`, `X-Goog-`, `X-Obs-` and others likewise."""
_UNTIL = ("expires", "x-expires", "expire", "deadline", "se", "e")
"""A moment itself: Aliyun and Huawei, some CDNs, Azure (ISO), Qiniu (`e`)."""
_PAIRED = {"e": "token", "se": "sig"}
"""Names so short that they may mean anything, unless this one is there as well."""
_SPANS = ("q-sign-time", "q-key-time")
"""Tencent: `from;to`, both Unix seconds."""
_INNER = "q-sign-algorithm="
"""What Tencent's begins with where it stands in one parameter, such as `sign`."""
_POLICY = re.compile(
    r'"(?:AWS:EpochTime|expiration)"\s*:\s*"?([0-9A-Za-z:.+\-]{4,40})', re.IGNORECASE
)
"""The moment in CloudFront's `Policy`, Unix seconds, and in the one of a form, ISO 8601."""
_BASE64 = str.maketrans("-_~", "+=/")
"""CloudFront's spelling of base 64, where a query has other meanings."""
_TOKENS = ("hdnts", "hdnea", "hdntl", "__token__")
"""Akamai: `st=from~exp=until~acl=…~hmac=…`, Unix seconds."""
_UNTIL_OF_TOKEN = re.compile(r"(?:^|~)exp=([0-9]{4,15})(?=~|$)")
_BASIC = re.compile(r"\d{8}T\d{6}Z", re.ASCII | re.IGNORECASE)
_FIRST = 1_000_000_000
"""Unix seconds of 2001: a smaller number is a span, or something else."""
_LONGEST = 1_000_000_000
_LONGEST_POLICY = 8_000
_SIGNATURES = ("signature", "sig", "sign", "auth_key", "authorization", *_TOKENS)


def signed_until(url: str) -> float | None:
    """Return when the link expires by its own signature, in Unix seconds; None if it says nothing.

    Where it says several moments the first one counts.
    """
    if "?" not in url:
        return None
    return min(_moments(dict(reversed(_pairs(url)))), default=None)


def is_signed(url: str) -> bool:
    """Whether the link carries a signature, so that no other authorization may go with it."""
    names = {name for name, _value in _pairs(url)}
    return {"e", "token"} <= names or any(
        name in _SIGNATURES or name.endswith("-signature") for name in names
    )


def file_of(url: str) -> str:
    """Return what two links to one file have in common: of a signed one all but its query."""
    return url.partition("?")[0] if is_signed(url) else url


def without_signature(text: str) -> str:
    """A link with nothing in its query but what tells its deadline; other text unchanged."""
    url = web_link(text)
    if url is None or "?" not in url:
        return text
    parts = urlsplit(url)
    pairs = _query(parts.query)
    named = [(name, _harmless(name.lower(), value)) for name, value in pairs]
    vouching = {_PAIRED.get(name.lower()) for name, _value in pairs}
    kept = [(name, value) for name, value in named if value or name.lower() in vouching]
    return urlunsplit(parts._replace(query=urlencode(kept), fragment=""))


def _query(query: str) -> list[tuple[str, str]]:
    return parse_qsl(query, keep_blank_values=True)


def _pairs(url: str) -> list[tuple[str, str]]:
    """The pairs of the query, names in lower case; none where the link cannot be read.

    Tencent's may stand in one of them, a query within the query.
    """
    try:
        pairs = [(name.lower(), value.strip()) for name, value in _query(urlsplit(url).query)]
    except ValueError:
        return []
    inner = [value for _name, value in pairs if value.lower().startswith(_INNER)]
    return pairs + [(name.lower(), text) for value in inner for name, text in _query(value)]


def _moments(query: dict[str, str]) -> Iterator[float]:
    """Every deadline that the query tells; a dated one is the signature's own, and decides."""
    dated = [until for name, value in query.items() if (until := _dated(name, value, query))]
    yield from dated
    if dated:
        return
    for name in _UNTIL:
        if _PAIRED.get(name, name) in query:
            yield from _moment(query.get(name, "").replace(" ", "+"))  # a plus that was not encoded
    for name in _SPANS:
        yield from _moment(query.get(name, "").partition(";")[2])
    yield from _moment(query.get("auth_key", "").partition("-")[0])
    yield from _of_policy(query.get("policy", ""))
    for name in _TOKENS:
        for text in _UNTIL_OF_TOKEN.findall(query.get(name, "")):
            yield from _moment(text)
    if until := _of_baidu(query.get("authorization", "")):
        yield until


def _moment(text: str) -> Iterator[float]:
    if (until := as_moment(text)) and until > _FIRST:
        yield until


def _dated(name: str, value: str, query: dict[str, str]) -> float | None:
    match = _DATED.fullmatch(name)
    if match is None or match[2] != "date":
        return None
    return _after(value, query.get(f"{match[1]}-expires", ""))


def _of_baidu(text: str) -> float | None:
    """Read `bce-auth-v1/KEY/2026-07-21T02:13:20Z/3600/…`."""
    parts = text.split("/")
    return _after(parts[2], parts[3]) if parts[0] == "bce-auth-v1" and len(parts) > 3 else None


def _of_policy(text: str) -> Iterator[float]:
    """Read every moment in a policy: JSON in base 64, spelt as CloudFront does."""
    if not text or len(text) > _LONGEST_POLICY:
        return
    packed = text.translate(_BASE64).replace(" ", "+").rstrip("=")
    try:
        policy = base64.b64decode(packed + "=" * (-len(packed) % 4)).decode("utf-8", "replace")
    except (binascii.Error, ValueError):
        return
    for moment in _POLICY.findall(policy):
        yield from _moment(moment)


def _policy_until(moment: float) -> str:
    """Write a policy that tells a moment and nothing else."""
    condition = {"DateLessThan": {"AWS:EpochTime": int(moment)}}
    policy = json.dumps({"Statement": [{"Condition": condition}]}, separators=(",", ":"))
    return base64.b64encode(policy.encode()).decode().translate({43: "-", 61: "_", 47: "~"})


def _after(date: str, seconds: str) -> float | None:
    """Return the moment so many seconds after a date, in Unix seconds."""
    span = as_integer(seconds)
    begin = _begin(date)
    if span is None or begin is None or not 0 <= span < _LONGEST:
        return None
    until = begin + span
    return until if 0 < until <= LATEST else None


def _begin(date: str) -> float | None:
    """Read the moment of a signature, such as `20260721T021812Z`, in Unix seconds."""
    if not _BASIC.fullmatch(date):
        return as_moment(date)
    try:
        # `strptime` takes twenty times as long, and each task of a long list has such a date.
        return datetime.fromisoformat(date.upper()).timestamp()
    except ValueError:
        return None


def _harmless(name: str, value: str) -> str:
    """What of a parameter tells the deadline alone; empty where nothing of it does."""
    if _DATED.fullmatch(name) or name in _UNTIL or name in _SPANS:
        return value
    if name == "auth_key":
        return value.partition("-")[0]
    if name == "policy":
        return _policy_until(min(told)) if (told := list(_of_policy(value))) else ""
    if name in _TOKENS:
        return "~".join(f"exp={text}" for text in _UNTIL_OF_TOKEN.findall(value))
    if value.lower().startswith(_INNER):
        spans = [(n, text) for n, text in _query(value) if n.lower() in _SPANS]
        return f"{_INNER}&{urlencode(spans)}"
    if name == "authorization" and _of_baidu(value):
        kind, _key, date, seconds = value.split("/")[:4]
        return f"{kind}//{date}/{seconds}"
    return ""
