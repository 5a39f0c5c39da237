"""The base URL as people paste it: cleaned where it is certain what is meant, else refused."""

from __future__ import annotations

import re
from ipaddress import ip_address
from urllib.parse import urlsplit

from .errors import SetupFailed
from .key import redact

_AROUND = " \t\r\n\v\f\x00\xa0\u200b\u2060\ufeff\"'`“”‘’«»<>,;"
_AFTER = "/" + _AROUND
_NAMED = re.compile(r"(export\s+|setx?\s+|\$env:)?(anyfast_)?base_?url\s*[=:]\s*", re.IGNORECASE)
_WIDE = str.maketrans("：／．\\", ":/./")
"""What an input method for Chinese writes, and who thinks of folders."""
_SCHEME = re.compile(r"((https?)(:/*|//+))+(?=[^/:])", re.IGNORECASE)
_ENDPOINT = re.compile(
    r"(?<=[^/:])/+v1(/(video|videos|chat|models|images|completions|embeddings|tasks)([/?#].*)?)?/*$",
    re.IGNORECASE,
)
_LOGIN = re.compile(r"^([a-z][a-z0-9+.-]*:/*)?.*@", re.IGNORECASE | re.DOTALL)
_NO_PORT = re.compile(r"(//[^/:\[]*|^[^/:\[]+(?!:/)):(?!//|\d{1,5}(/|$))[^/]+")


def cleaned(text: str) -> str:
    """Return the address that is certainly meant; all else as it is, for `check` to refuse."""
    url = text.strip(_AROUND)
    url = _NAMED.sub("", url, count=1).strip(_AROUND) if _NAMED.match(url) else url
    url = url.translate(_WIDE)
    if "@" in url:
        return url
    if match := _SCHEME.match(url):
        url = f"{match[2].lower()}://{url[match.end() :]}"
    elif "://" not in url:
        url = _with_scheme(url.removeprefix("//"))
    url = re.split("[?#]", url, maxsplit=1)[0].rstrip(_AFTER)
    return _ENDPOINT.sub("", url).rstrip(_AFTER)


def check(base_url: str) -> None:
    """Raise SetupFailed, with what to mend and without a secret, if it cannot be asked."""
    url = shown(base_url)
    if "@" in base_url:
        raise SetupFailed("remove the user name and password from the base URL: {url}", url=url)
    if "://" not in base_url and base_url.strip():
        raise SetupFailed("the base URL lacks http:// or https:// at its beginning: {url}", url=url)
    if not _is_web_address(base_url):
        raise SetupFailed("base URL is not a valid http(s) URL: {url}", url=url)


def shown(base_url: str) -> str:
    """Return it without what may be a secret: a login, a query, a key in its place."""
    url = _LOGIN.sub(r"\1", base_url.strip(), count=1)
    url = re.split("[?#]", url, maxsplit=1)[0]
    return redact(_NO_PORT.sub(r"\1:…", url))


def _with_scheme(url: str) -> str:
    """Add the scheme where only one can be meant: TLS for a public name, none on this machine."""
    try:
        parts = urlsplit(f"//{url}")
        host, port = parts.hostname or "", parts.port
    except ValueError:
        return url
    if host == "localhost" or _is_loopback(host):
        return f"http://{url}"
    top = host.rpartition(".")
    is_public = bool(top[0]) and top[2].isalpha() and len(top[2]) > 1
    return f"https://{url}" if is_public and port in (None, 443) else url


def _is_loopback(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


def _is_web_address(url: str) -> bool:
    if any(ord(c) <= 32 or 127 <= ord(c) < 160 for c in url.strip()):
        return False
    try:
        url.encode()
        parts = urlsplit(url.strip())
        _ = parts.port
    except ValueError:
        return False
    return parts.scheme.lower() in ("http", "https") and bool(parts.hostname)
