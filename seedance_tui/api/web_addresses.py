"""Web addresses: what is one, whose it is, how it is shown, and those of the gateway."""

from __future__ import annotations

import re
import socket
from collections.abc import Collection
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address
from urllib.parse import quote, unquote, urlsplit, urlunsplit

_LONGEST = 10_000
_CONTROL = re.compile(r"[\x00-\x20\x7f-\x9f]")
_AROUND = " \t\r\n\ufeff\u200b\u2060\xa0\"'`<>"
"""What a text has around its link by mistake: quotation marks, marks of no width."""
_SENTENCE = re.compile(r"^[^/]*//[^/?#]* | https?://", re.IGNORECASE)
"""A space behind the host, or a second link: no name of a file has these."""
_NOT_PRINTABLE_ASCII = re.compile(r"[^\x21-\x7e]+")
_LITERAL = re.compile(r"(?:[^@\[\]]*@)?(?:\[[0-9A-Fa-f:.%]+\](?::\d*)?|[^\[\]@]*)")
"""Who is asked: brackets stand around an IPv6 address only, and nothing before them but a user.

Older versions of Python read `[::1]@x[HOST].example` as the address `::1`; httpx does not.
"""
_PLAIN = re.compile(
    r"https?://[A-Za-z0-9][A-Za-z0-9.\-]*(?::\d{1,4})?(?:[/?#][\x21-\x7e]*)?", re.ASCII
)
"""What is a link at the first glance: ten thousand tasks have one or more each."""
_CONTENT = re.compile(r"(?:/[^?#]*)?/v1/videos/([^/?#]+)/content/?")
_PRIVATE = tuple(
    IPv4Network(net) if "." in net else IPv6Network(net)
    for net in ("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10", "fc00::/7")
)


def web_link(text: str | None) -> str | None:
    """The text as an http(s) link with a host; None for anything else.

    `data:`, `file:`, `javascript:` and relative values do occur and are never opened.
    """
    link = (text or "").strip()
    if not link or len(link) > _LONGEST or _CONTROL.search(link):
        return None
    if _PLAIN.fullmatch(link):
        return link
    try:
        link.encode()
        parts = urlsplit(link)
        usable = parts.scheme.lower() in ("http", "https") and bool(parts.hostname)
        _ = parts.port
    except ValueError:
        return None
    return link if usable and _LITERAL.fullmatch(parts.netloc) else None


def written_link(text: str | None) -> str | None:
    """The text of a link's place as an http(s) link, its spaces percent-encoded; None for no link.

    Some gateways write the name of a file as it is. A sentence with another link in it is none.
    """
    link = (text or "").strip(_AROUND)
    if " " not in link or _SENTENCE.search(link):
        return web_link(link)
    return web_link(link.replace(" ", "%20"))


def ascii_link(text: str | None) -> str | None:
    """The http(s) link in printable ASCII, other characters percent-encoded; None for no link.

    The name of a host is spelt as its registry does (IDNA).
    """
    link = web_link(text)
    if link is None or link.isascii():
        return link
    scheme, begin, rest = link.partition("://")
    netloc = urlsplit(link).netloc
    user, at, host = netloc.rpartition("@")
    try:
        spelt = host.encode("idna").decode("ascii")
    except UnicodeError:
        return None
    whole = f"{scheme}{begin}{user}{at}{spelt}{rest[len(netloc) :]}"
    return _NOT_PRINTABLE_ASCII.sub(lambda match: quote(match.group()), whole)


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


def is_inner(host: str) -> bool:
    """Whether a host is of this machine or of a private network, as far as its name tells.

    No name is resolved. `127.1` and `2130706433` are addresses to the system, and so they are here.
    """
    host = host.lower().rstrip(".")
    if host == "localhost" or host.endswith(".localhost"):
        return True
    address = _address(host)
    if address is None:
        return False
    if address.is_loopback or address.is_link_local or address.is_unspecified:
        return True
    return any(address.version == net.version and address in net for net in _PRIVATE)


def _address(host: str) -> IPv4Address | IPv6Address | None:
    """The address that a host is written as; None for a name."""
    try:
        address = ip_address(host.strip("[]").partition("%")[0])
    except ValueError:
        try:
            return IPv4Address(socket.inet_aton(host))
        except (OSError, UnicodeError):
            return None
    mapped = address.ipv4_mapped if isinstance(address, IPv6Address) else None
    return mapped or address


def redacted(url: str) -> str:
    """The link without its query: whoever has the query has the video."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return "…"
    netloc = parts.netloc.rpartition("@")[2]
    return urlunsplit((parts.scheme, netloc, parts.path, "…" if parts.query else "", ""))


def file_name(url: str) -> str:
    """The last piece of the link's path, decoded; may be empty."""
    try:
        return unquote(urlsplit(url).path.rpartition("/")[2])
    except ValueError:
        return ""


def task_url(base_url: str, task_id: str) -> str:
    """Where a task is polled; any ID is percent-encoded into one segment of the path."""
    return f"{base_url.rstrip('/')}/v1/video/generations/{_segment(task_id)}"


def content_url(base_url: str, task_id: str) -> str:
    """Where the gateway itself hands on a task's video."""
    return f"{base_url.rstrip('/')}/v1/videos/{_segment(task_id)}/content"


def content_task(text: str) -> str | None:
    """Return the ID of the task whose content route this is, written as a link or a path alone."""
    text = text.strip()
    is_path = len(text) <= _LONGEST and text.startswith("/") and not text.startswith("//")
    try:
        path = urlsplit(text).path if is_path or web_link(text) else ""
    except ValueError:
        return None
    match = _CONTENT.fullmatch(path)
    return unquote(match[1]) if match else None


def addresses(url: str, task_ids: Collection[str], base_url: str) -> tuple[str, ...]:
    """Return where a link of the task with these IDs is asked, in order.

    The gateway's content route is asked at `base_url`, whatever name of the gateway it is written
    with, and then as it is written.
    """
    owner = content_task(url)
    if owner is None or owner not in task_ids:
        return (url,)
    query, written = urlsplit(url.strip()).query, web_link(url)  # which of its files it is
    route = content_url(base_url, owner) + (f"?{query}" if query else "")
    return (route,) if written in (None, route) else (route, url)


def _segment(task_id: str) -> str:
    segment = quote(task_id, safe="", errors="surrogatepass")
    return {".": "%2E", "..": "%2E%2E"}.get(segment, segment)
