"""Which link a task offers, whose origin it belongs to, and when it expires."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from ipaddress import ip_address
from urllib.parse import parse_qs, parse_qsl, quote, unquote, urlencode, urlsplit, urlunsplit

from .file_types import KindSpec, Medium
from .json_values import JSON, LATEST, as_integer
from .models import Phase, Task

DAY = 86_400.0
"""Upstream deletes a video 24 hours after it finished (source: the seed)."""
_LONGEST = 10_000


class Kind(StrEnum):
    """What a link leads to."""

    RESULT = "result"
    ORIGINAL = "original"
    LAST_FRAME = "last frame"

    @property
    def spec(self) -> KindSpec:
        """What is the same of every file of this kind."""
        return _KINDS[self]

    @property
    def is_video(self) -> bool:
        """Whether its files are videos; else they are pictures."""
        return self.spec.medium is Medium.VIDEO


_KINDS: Mapping[Kind, KindSpec] = {
    Kind.RESULT: KindSpec(Medium.VIDEO),
    Kind.ORIGINAL: KindSpec(Medium.VIDEO, "_original"),
    Kind.LAST_FRAME: KindSpec(Medium.PICTURE, "_last_frame"),
}
SUFFIXES = tuple(spec.suffix for spec in _KINDS.values() if spec.suffix)


@dataclass(frozen=True, slots=True)
class Link:
    """A web link that a task offers; `deadline` in Unix seconds, None if nothing tells it."""

    kind: Kind
    url: str
    deadline: float | None

    def left(self, now: float) -> float | None:
        """Seconds until it expires, negative when it is expired, None when nothing tells."""
        return None if self.deadline is None else self.deadline - now

    def __repr__(self) -> str:
        return f"Link({self.kind}, {redacted(self.url)}, {self.deadline})"


def web_link(text: str | None) -> str | None:
    """The text as an http(s) link with a host; None for anything else.

    `data:`, `file:`, `javascript:` and relative values do occur and are never opened.
    """
    link = (text or "").strip()
    if not link or len(link) > _LONGEST or any(ord(c) <= 32 or 127 <= ord(c) < 160 for c in link):
        return None
    try:
        link.encode()
        parts = urlsplit(link)
        usable = parts.scheme.lower() in ("http", "https") and bool(parts.hostname)
        _ = parts.port
    except ValueError:
        return None
    return link if usable else None


def link_of(task: Task, kind: Kind) -> Link | None:
    """The task's link of that kind, or None.

    Only a task that is done offers any: on FAILURE the open-source gateway puts the error text
    into `result_url`, and on SUCCESS `fail_reason` may be a legacy copy of the link.
    """
    if task.status.phase is not Phase.DONE:
        return None
    for text in _candidates(task, kind):
        if url := web_link(text):
            return Link(kind, url, deadline(url, task.finish_time))
    return None


def links_of(task: Task) -> Iterator[Link]:
    """Every link that the task offers, the result first."""
    for kind in Kind:
        if link := link_of(task, kind):
            yield link


def _candidates(task: Task, kind: Kind) -> tuple[str | None, ...]:
    match kind:
        case Kind.RESULT:
            return task.result_url, task.upstream.video_url, task.fail_reason
        case Kind.ORIGINAL:
            return (task.original_result_url,)
        case Kind.LAST_FRAME:
            return (task.upstream.last_frame_url,)


def deadline(url: str, finished: float | None) -> float | None:
    """When the link expires, in Unix seconds: from its own signature, else a day after the task."""
    try:
        query = {key: values[0] for key, values in parse_qs(urlsplit(url).query).items()}
    except ValueError:
        query = {}
    for brand in ("X-Tos", "X-Amz"):
        signed = _signed_until(query.get(f"{brand}-Date", ""), query.get(f"{brand}-Expires", ""))
        if signed is not None:
            return signed
    epoch = as_integer(query.get("Expires"))
    if epoch is not None and 1_000_000_000 < epoch < 100_000_000_000:
        return float(epoch)
    return finished + DAY if finished is not None else None


def _signed_until(date: str, seconds: str) -> float | None:
    span = as_integer(seconds)
    if span is None or not 0 <= span < 1_000_000_000:
        return None
    try:
        begin = datetime.strptime(date, "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)
    except ValueError:
        return None
    until = begin.timestamp() + span
    return until if 0 < until <= LATEST else None


def same_origin(url: str, base_url: str) -> bool:
    """Whether both lead to the same scheme, host and port: only then may the key go along."""
    return origin(url) == origin(base_url)


def origin(url: str) -> tuple[str, str, int | None]:
    """Scheme, host and port, the scheme's own port filled in."""
    parts = urlsplit(url.strip())
    scheme = parts.scheme.lower()
    return (
        scheme,
        (parts.hostname or "").lower(),
        parts.port or {"http": 80, "https": 443}.get(scheme),
    )


def is_open_to_others(url: str) -> bool:
    """Whether what is sent there can be read on the way: `http`, and not to this machine."""
    scheme, host, _port = origin(url)
    return scheme == "http" and not _is_loopback(host)


def _is_loopback(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def redacted(url: str) -> str:
    """The link without its query: whoever has the query has the video."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return "…"
    netloc = parts.netloc.rpartition("@")[2]
    return urlunsplit((parts.scheme, netloc, parts.path, "…" if parts.query else "", ""))


_HARMLESS = {f"{brand}-{part}" for brand in ("X-Tos", "X-Amz") for part in ("Date", "Expires")}


def without_signature(text: str) -> str:
    """A link with nothing in its query but what tells its deadline; other text unchanged."""
    url = web_link(text)
    if url is None or "?" not in url:
        return text
    parts = urlsplit(url)
    kept = [(key, value) for key, value in parse_qsl(parts.query) if key in _HARMLESS | {"Expires"}]
    return urlunsplit(parts._replace(query=urlencode(kept), fragment=""))


def unsigned(answer: JSON) -> JSON:
    """A whole response with no link in it that still gives anything away."""
    if isinstance(answer, str):
        return without_signature(answer)
    if isinstance(answer, dict):
        return {key: unsigned(inner) for key, inner in answer.items()}
    if isinstance(answer, list):
        return [unsigned(inner) for inner in answer]
    return answer


def file_name(url: str) -> str:
    """The last piece of the link's path, decoded; may be empty."""
    try:
        return unquote(urlsplit(url).path.rpartition("/")[2])
    except ValueError:
        return ""


def extension(url: str, kind: Kind = Kind.RESULT) -> str | None:
    """The ending that the link gives its file, such as `.mp4`; None where it names none."""
    ending = f".{file_name(url).rpartition('.')[2].lower()}"
    return ending if ending in kind.spec.medium.endings else None


def task_url(base_url: str, task_id: str) -> str:
    """Where a task is polled; any ID is percent-encoded into one segment of the path."""
    segment = quote(task_id, safe="", errors="surrogatepass")
    segment = {".": "%2E", "..": "%2E%2E"}.get(segment, segment)
    return f"{base_url.rstrip('/')}/v1/video/generations/{segment}"
