"""What a store's answer to a request for a file says, in JSON or XML, as one of `errors`.

Source: the error codes of TOS, S3, OSS, COS, OBS, GCS, Azure Blob Storage and Cloudflare R2.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator
from html import unescape

import httpx

from . import body as bodies
from .error_mapping import details, key_refusal
from .errors import (
    ApiError,
    ClockWrong,
    LinkExpired,
    LinkRefused,
    NotAVideo,
    NotReady,
    NotThere,
    RateLimited,
    ServerFault,
    StoreBusy,
    StoreClosed,
    StoreFault,
)
from .rate_headers import http_date
from .signatures import signed_until

ASKS_THE_API = "seedance.asks_the_api"
"""The extension of a request whose answer is the gateway's own and not a store's."""

_ELEMENT = re.compile(
    r"<(?:\w+:)?(code|message)\b[^>]*>\s*(?:<!\[CDATA\[)?(.*?)(?:\]\]>)?\s*</(?:\w+:)?\1>",
    re.IGNORECASE | re.DOTALL,
)
_MOST = 64 * 1024
_SKEWED = re.compile(
    r"time ?too ?skewed|requesttimeskew|not ?yet ?valid|difference between the request time",
    re.IGNORECASE,
)
_CLOSED = re.compile(
    r"user ?disabled?|arrears|overdue|欠费|account ?(?:problem|disabled|suspended|overdue)"
    r"|user ?suspended|AllAccessDisabled",
    re.IGNORECASE,
)
_BUSY = re.compile(
    r"slow ?down|server ?busy|too ?many ?requests|qps ?limit|rate ?limit|throttl", re.IGNORECASE
)
_GONE = re.compile(r"no ?such ?(?:key|bucket|object|upload)|(?:blob|container) ?not ?found", re.I)
_EXPIRED = re.compile(
    r"expired|ha(?:s|ve) ex?pired|过期|已失效|not valid in the specified time frame", re.IGNORECASE
)
_UNFINISHED = re.compile(
    r"not (?:yet )?(?:been )?(?:completed?|ready|finished|done|available yet)"
    r"|\b(?:in[ _-]progress|pending|queued|not[ _]start(?:ed)?|please wait)\b"
    r"|\b(?:still|is|being|status:?) (?:being )?(?:process|generat|render|creat|produc|upload|runn)"
    r"|^(?:processing|running|generating|rendering|submitted|queueing)$"
    r"|尚未|还未|未完成|未就绪|未生成|进行中|处理中|生成中|渲染中|排队|等待|请稍",
    re.IGNORECASE,
)
"""How gateways say that they have no video yet, or which of their status words they give."""
_NOT_YET = (202, 204, 425)
"""Statuses of an answer that is well, or early, and has no video in it."""


def file_refusal(response: httpx.Response, body: bytes, hide: Callable[[str], str]) -> ApiError:
    """Name the error of a request for a file; `hide` takes the key out of a text.

    Only what says so has expired: a 410, a 403 of those words, and a 403 after the moment that the
    link's own signature names.
    """
    code, message = _said(body)
    if _is_web_page(response, body):
        return NotAVideo("a web page came instead of the file", **details(response))
    if response.request.extensions.get(ASKS_THE_API):
        kind = _of_gateway(response, body, code, message)
    else:
        kind = _of_store(response, code, message)
    return kind(hide(message or code) or f"HTTP {response.status_code}", **details(response))


def _is_web_page(response: httpx.Response, body: bytes) -> bool:
    """Whether somebody between here and the store refuses: a login page, a protection page.

    A link that is over by its own signature is refused by such pages too.
    """
    is_html = body.lstrip()[:14].lower().startswith((b"<!doctype html", b"<html"))
    return is_html and response.status_code in (401, 403, 511) and not _is_over(response)


def _of_gateway(response: httpx.Response, body: bytes, code: str, message: str) -> type[ApiError]:
    status = response.status_code
    if status in (408, 429):
        return RateLimited
    if status >= 500:
        return ServerFault
    if status in (401, 402, 403) and "Authorization" in response.request.headers:
        return key_refusal(status, body, message)  # of the key: the video is not concerned
    if status in _NOT_YET or (status in (400, 404, 409) and _UNFINISHED.search(message)):
        return NotReady
    return _of_store(response, code, message)


def _of_store(response: httpx.Response, code: str, message: str) -> type[ApiError]:
    status, said = response.status_code, f"{code} {message}"
    if _BUSY.search(code) or status in (408, 429):
        return StoreBusy
    if status >= 500:
        return StoreFault
    if _SKEWED.search(said):
        return ClockWrong
    if _CLOSED.search(said):
        return StoreClosed
    if status == httpx.codes.NOT_FOUND or _GONE.search(code):
        return NotThere
    is_over = status in (401, 403) and (_EXPIRED.search(said) or _is_over(response))
    return LinkExpired if is_over or status == httpx.codes.GONE else LinkRefused


def _is_over(response: httpx.Response) -> bool:
    """Whether the signature of the link was over when the store answered, by the store's clock."""
    until = signed_until(str(response.request.url))
    answered = http_date(response.headers.get("Date", ""))
    return until is not None and until <= (time.time() if answered is None else answered)


def _said(body: bytes) -> tuple[str, str]:
    """Return the code and the message of an error in XML, JSON or plain text; empty for none."""
    text = body[:_MOST].decode("utf-8", "replace")
    if not text.lstrip("\ufeff \t\r\n").startswith("<"):
        return bodies.code(body), bodies.message(body)
    found = {name.lower(): unescape(value).strip() for name, value in _elements(text)}
    return found.get("code", ""), found.get("message", "")


def _elements(text: str) -> Iterator[tuple[str, str]]:
    """The innermost elements with these names, in reverse, so that the first one counts."""
    return reversed([(match[1], match[2]) for match in _ELEMENT.finditer(text)])
