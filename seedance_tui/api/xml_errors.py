"""Errors that are written in XML, as object stores and what stands before them write them.

Source: the error documents of S3, OSS, COS, OBS, GCS and Azure, and RFC 7807.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape

_MOST = 64 * 1024
"""Bytes of a body that are looked at."""
_PROLOG = re.compile(r"(?:\ufeff|\s+|<\?.{0,500}?\?>|<!--.{0,2000}?-->)*", re.DOTALL)
_ROOT = re.compile(
    r"<(?:\w{1,40}:)?(?:\w{0,40}errors?(?:response|result|info|message)?|\w{0,40}response|fault|problem"
    r"|exception|envelope)(?=[\s>/])",
    re.IGNORECASE,
)
"""How the documents of errors begin, in any name space: no page, and no list of a bucket, does."""
_CODES = ("code", "errorcode", "error_code", "faultcode", "type")
_MESSAGES = (
    *("message", "errormessage", "error_message", "msg", "faultstring", "detail", "description"),
    *("title", "reason", "error"),
)
"""The elements of an error, in lower case; in the order in which they are believed."""
_ELEMENT = re.compile(
    rf"<(?:\w{{1,40}}:)?({'|'.join((*_CODES, *_MESSAGES))})(?:\s[^<>]*)?>"
    r"(?:\s{0,80}<!\[CDATA\[(.{0,1000}?)\]\]>\s{0,80}|([^<]*))</(?:\w{1,40}:)?\1>",
    re.IGNORECASE | re.DOTALL,
)
"""One of them that holds a text and no further elements."""


def is_xml_error(body: bytes) -> bool:
    """Whether a body is an error in XML, and so no page."""
    return _begins_error(_text(body))


def code_in_xml(body: bytes) -> str:
    """Return the machine's word of an error in XML; empty for none."""
    return _first(body, _CODES)


def message_in_xml(body: bytes) -> str:
    """Return the human text of an error in XML; empty for none."""
    return _first(body, _MESSAGES)


def begins_with_mark(body: bytes) -> bool:
    """Whether a body is XML or a page, by its first character."""
    return body.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] == b"<"


def is_html(body: bytes) -> bool:
    """Whether a body is a page by its own first element."""
    text = _text(body[:_MOST])
    return text[_begin(text) :][:14].lower().startswith(("<!doctype html", "<html"))


def _first(body: bytes, names: tuple[str, ...]) -> str:
    found = dict(reversed(list(_elements(body))))  # of several of a name the first counts
    return next((found[name] for name in names if found.get(name)), "")


def _elements(body: bytes) -> Iterator[tuple[str, str]]:
    """The names, in lower case, and the texts of the elements of an error."""
    text = _text(body)
    if _begins_error(text):
        for match in _ELEMENT.finditer(text):
            yield match[1].lower(), unescape(match[2] or match[3] or "").strip()


def _begins_error(text: str) -> bool:
    return _ROOT.match(text, _begin(text)) is not None


def _text(body: bytes) -> str:
    return body[:_MOST].decode("utf-8", "replace")


def _begin(text: str) -> int:
    match = _PROLOG.match(text)
    return match.end() if match else 0
