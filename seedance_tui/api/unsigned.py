"""Answers without the secrets of their links: who has the signature has the video."""

from __future__ import annotations

import re
from urllib.parse import urlsplit, urlunsplit

from .json_values import JSON
from .links import Link
from .signatures import without_signature

MARK = "signature-removed"
"""The fragment of a link that was taken its signature: it opens nothing any more."""

_HIDDEN = "=…"
"""What is left of a parameter that signed, where its link is no link to the eye: after a space."""
_SLASH = r"(?:\\*/|%2f)"
_END = r"\s\"'<>`|^{}，。；、（）【】「」『』《》“”"
_URL = re.compile(
    rf"\b(?:https?):{_SLASH}{_SLASH}"
    rf"(?:(?!\bhttps?:{_SLASH}{_SLASH})(?:[^\\{_END}]|\\+/|\\+u00[0-9a-f]{{2}}))+",
    re.IGNORECASE,
)
"""A link wherever it stands, also within a string of JSON, where slashes may be escaped."""
_ESCAPE = re.compile(r"\\+u00([0-9a-f]{2})", re.IGNORECASE)
_LOGIN = re.compile(r"(\b[a-z][a-z0-9+.\-]{0,20}://)[^\s/@\"']+@", re.IGNORECASE)
_PARAMETER = re.compile(
    r"(?P<name>\b(?:x-[a-z0-9]{1,20}-|oss|aws)?(?:signature|credential|security-token|accesskeyid)"
    r"|\b(?:sig|q-signature|q-ak|auth_key|hmac|policy))(?P<equals>=|%3d)(?:(?!%26|\\u0026)[^\s&\"'<>\\])+",
    re.IGNORECASE,
)
"""A parameter that signs, in what is no link by itself: cut off, or encoded within another."""


def unsigned(answer: JSON) -> JSON:
    """A whole answer with no link in it that still gives anything away, in values and in names."""
    if isinstance(answer, str):
        return unsigned_text(answer)
    if isinstance(answer, dict):
        return {unsigned_text(key): unsigned(inner) for key, inner in answer.items()}
    if isinstance(answer, list):
        return [unsigned(inner) for inner in answer]
    return answer


def unsigned_text(text: str) -> str:
    """A text whose links have nothing in them but what tells their deadlines."""
    if "/" not in text and "=" not in text and "%" not in text:
        return text
    pieces, end = [], 0
    for match in _URL.finditer(text):
        bare = _without_secrets(match)
        pieces += [_hidden(text[end : match.start()]), bare if is_unsigned(bare) else _hidden(bare)]
        end = match.end()
    return "".join([*pieces, _hidden(text[end:])])


def _hidden(text: str) -> str:
    """Text that is no link, or none that can be read, without what may be a secret."""
    return _PARAMETER.sub(r"\g<name>\g<equals>…", _LOGIN.sub(r"\1", text))


def usable(link: Link | None) -> Link | None:
    """The link, unless its signature was taken out: what opens nothing is handed to nobody."""
    return None if link is None or is_unsigned(link.url) else link


def is_unsigned(url: str) -> bool:
    """Whether the link was taken its signature."""
    return f"#{MARK}" in url or _HIDDEN in url


def _without_secrets(match: re.Match[str]) -> str:
    """The link without signature and login, marked as such; as it was if it had none."""
    written = match[0]
    url = _ESCAPE.sub(lambda escaped: chr(int(escaped[1], 16)), written)
    url = re.sub(r"\\+/", "/", url)
    bare = without_signature(_without_login(url))
    if bare == url or is_unsigned(url):
        return written
    bare = bare.partition("#")[0] + f"#{MARK}"
    return bare.replace("/", r"\/") if r"\/" in written else bare


def _without_login(url: str) -> str:
    try:
        parts = urlsplit(url)
    except ValueError:
        return url.partition("?")[0]
    host = parts.netloc.rpartition("@")[2]
    return url if host == parts.netloc else urlunsplit(parts._replace(netloc=host))
