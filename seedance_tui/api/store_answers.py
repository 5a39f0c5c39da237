"""What a store's answer to a request for a file says, in JSON or XML, as one of `errors`.

Source: the error codes of TOS, S3, OSS, COS, OBS, GCS, Azure Blob Storage and Cloudflare R2.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator, Mapping

import httpx

from . import body as bodies
from .error_mapping import details, is_unknown, key_refusal
from .errors import (
    ApiError,
    BadAnswer,
    ClockWrong,
    GatewayForgot,
    GatewayRefused,
    LinkExpired,
    LinkRefused,
    NotAtGateway,
    NotAVideo,
    NotReady,
    NotThere,
    RateLimited,
    ServerFault,
    StoreBusy,
    StoreClosed,
    StoreFault,
)
from .json_values import as_object, as_text
from .models import OPEN, phase_of
from .rate_headers import http_date
from .signatures import is_signed, signed_until
from .xml_errors import is_html, is_xml_error

_GATEWAYS: Mapping[type[ApiError], type[ApiError]] = {
    LinkExpired: GatewayForgot,
    LinkRefused: GatewayRefused,
    NotThere: NotAtGateway,
    StoreBusy: RateLimited,
}
"""What a store's error is where the gateway hands the video on itself."""
_STATUSES = ("status", "task_status", "state")
_MOST = 64 * 1024
"""Bytes of a body that are looked at where it is not the file."""
ASKS_THE_API = "seedance.asks_the_api"
"""The extension of a request whose answer is the gateway's own and not a store's."""

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
    code, message = bodies.code(body), bodies.message(body)
    if _is_web_page(response, body):
        return NotAVideo("a web page came instead of the file", **details(response))
    if response.request.extensions.get(ASKS_THE_API):
        kind = _of_gateway(response, body, code, message)
    else:
        kind = _of_store(response, code, message)
    return kind(hide(message or code) or f"HTTP {response.status_code}", **details(response))


def no_file(
    response: httpx.Response, pieces: Iterator[bytes], hide: Callable[[str], str]
) -> ApiError:
    """Name the error of a response that is well by its status, and whose body is not the file.

    Of the gateway's own it may be an error, or say that the video is not ready yet. `pieces` are
    the body, unpacked.
    """
    body = _beginning(pieces)
    if response.request.extensions.get(ASKS_THE_API) and _is_answer(body):
        message = bodies.message(body)
        text = hide(message) or f"HTTP {response.status_code}"
        if _is_unfinished(body, message):
            return NotReady(text, **details(response))
        if message or bodies.code(body):
            kind = NotAtGateway if is_unknown(body, message) else BadAnswer
            return kind(text, **details(response))
    return NotAVideo("the server did not return the requested file")


def _beginning(pieces: Iterator[bytes]) -> bytes:
    body = bytearray()
    while len(body) < _MOST and (piece := next(pieces, b"")):
        body += piece
    return bytes(body)


def _is_answer(body: bytes) -> bool:
    """Whether a body is JSON, or an error in XML."""
    return body.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] in (b"{", b"[") or is_xml_error(body)


def _is_unfinished(body: bytes, message: str) -> bool:
    """Whether the gateway says that it has no video yet, in a sentence or by the task's status."""
    if _UNFINISHED.search(message):
        return True
    try:
        answer = bodies.parse(body)
    except ValueError:
        return False
    objects = [as_object(answer)]
    objects += [as_object(objects[0].get(name)) for name in ("data", "task", "error", "output")]
    words = [as_text(one.get(name)) or "" for one in objects for name in _STATUSES]
    return any(phase_of(word) in OPEN or _UNFINISHED.search(word) for word in words)


def _is_web_page(response: httpx.Response, body: bytes) -> bool:
    """Whether somebody between here and the store refuses: a login page, a protection page.

    A link that is over by its own signature is refused by such pages too.
    """
    return is_html(body) and response.status_code in (401, 403, 511) and not _is_over(response)


def _of_gateway(response: httpx.Response, body: bytes, code: str, message: str) -> type[ApiError]:
    status = response.status_code
    if status in (408, 429):
        return RateLimited
    if status >= 500:
        return ServerFault
    if status in (401, 402, 403) and "Authorization" in response.request.headers:
        return key_refusal(status, body, message)  # of the key: the video is not concerned
    is_ours = not is_signed(str(response.request.url))  # else it is a store's, on the same host
    if status in _NOT_YET or (400 <= status < 500 and _is_unfinished(body, message)):
        return NotReady
    if is_ours and is_unknown(body, message):
        return NotAtGateway
    kind = _of_store(response, code, message)
    return _GATEWAYS.get(kind, kind) if is_ours else kind


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
    says_so = status == httpx.codes.FORBIDDEN and _EXPIRED.search(said)
    is_over = says_so or (status in (401, 403) and _is_over(response))
    return LinkExpired if is_over or status == httpx.codes.GONE else LinkRefused


def _is_over(response: httpx.Response) -> bool:
    """Whether the signature of the link was over when the store answered, by the store's clock."""
    until = signed_until(str(response.request.url))
    answered = http_date(response.headers.get("Date", ""))
    return until is not None and until <= (time.time() if answered is None else answered)
