"""Read the body of a response, bounded, and tell what it is."""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterable
from itertools import product

import httpx

from .errors import BadAnswer
from .json_values import JSON, as_integer
from .xml_errors import begins_with_mark, code_in_xml, is_xml_error, message_in_xml

LARGEST = 4 * 1024 * 1024
"""Bytes of a response, unpacked; a real one is about 2 kB, the longest captured 131 kB."""
DEEPEST = 64
"""Objects within objects; a real answer has 8. Deeper ones cannot be written out again safely."""


class Body:
    """Gathers the pieces of a response's body and unpacks them, `LARGEST` bytes at the most.

    Every method may raise BadAnswer.
    """

    def __init__(self, response: httpx.Response) -> None:
        self.content = bytearray()
        self._status = response.status_code
        coding = response.headers.get("Content-Encoding", "identity").strip().lower()
        if coding not in ("", "identity", "gzip", "deflate"):
            raise BadAnswer(
                "unsupported Content-Encoding: {coding}", coding=coding, status=self._status
            )
        is_packed = coding in ("gzip", "deflate")
        self._inflater = zlib.decompressobj(wbits=zlib.MAX_WBITS | 32) if is_packed else None

    def add(self, piece: bytes) -> None:
        """Take in a piece, unpacked a bounded bit at a time, so that a bomb stays small."""
        if self._inflater is None:
            self._grow(piece)
            return
        try:
            while piece:
                self._grow(self._inflater.decompress(piece, 256 * 1024))
                piece = self._inflater.unconsumed_tail
        except zlib.error as error:
            raise BadAnswer("corrupt compressed data: {error}", error=error) from error

    def _grow(self, piece: bytes) -> None:
        self.content += piece
        if len(self.content) > LARGEST:
            most = LARGEST // 1024 // 1024
            raise BadAnswer("response larger than {most} MiB", most=most, status=self._status)


async def aread_body(response: httpx.Response) -> bytes:
    """Read the body of a response of the asynchronous client; may raise BadAnswer."""
    body = Body(response)
    async for piece in response.aiter_raw():
        body.add(piece)
    return bytes(body.content)


def read_body(response: httpx.Response) -> bytes:
    """Read the body of a response of the synchronous client; may raise BadAnswer."""
    body = Body(response)
    for piece in response.iter_raw():
        body.add(piece)
    return bytes(body.content)


def parse(body: bytes) -> JSON:
    """Read JSON, with or without a byte order mark; ValueError if it is none, or too deep."""
    try:
        answer: JSON = json.loads(body.decode("utf-8-sig"))
    except RecursionError as error:
        raise ValueError("nested too deep") from error
    if _is_too_deep(answer):
        raise ValueError("nested too deep")
    return answer


def _is_too_deep(answer: JSON) -> bool:
    level = [answer]
    for _ in range(DEEPEST):
        level = [inner for value in level for inner in _within(value)]
    return bool(level)


def _within(value: JSON) -> Iterable[JSON]:
    if isinstance(value, dict):
        return value.values()
    return value if isinstance(value, list) else ()


def is_page(body: bytes, content_type: str) -> bool:
    """Whether the body is a web page, by its type or its first character; no error in XML is."""
    if begins_with_mark(body):
        return not is_xml_error(body)
    first = body.lstrip(b"\xef\xbb\xbf \t\r\n")[:1]
    return "text/html" in content_type.lower() and first not in (b"", b"{", b"[")


def message(body: bytes) -> str:
    """Return the human text of an error response, or a short plain text; else the code's word."""
    if begins_with_mark(body):
        return message_in_xml(body) or code_in_xml(body)
    try:
        errors = _errors(parse(body))
    except ValueError:
        return _plain(body)
    texts = (
        _text(error.get(name))
        for names in (_MESSAGES, _WORDS)
        for error, name in product(errors, names)
    )
    return next((text for text in texts if text.strip().lower() not in _NOTHING), "")


def code(body: bytes) -> str:
    """Return the machine's word of an error response, such as `task_not_exist`."""
    if begins_with_mark(body):
        return code_in_xml(body)
    try:
        errors = _errors(parse(body))
    except ValueError:
        return ""
    words = (error.get(name) for error, name in product(errors, _WORDS))
    return next((word for word in words if isinstance(word, str)), "")


def status(body: bytes) -> int | None:
    """Return the HTTP status of an error that its body tells, as a number or as text."""
    try:
        errors = _errors(parse(body))
    except ValueError:
        return None
    numbers = (as_integer(error.get(name)) for error in errors for name in _NUMBERS)
    return next((number for number in numbers if number and 400 <= number < 600), None)


_MESSAGES = (
    *("message", "msg", "detail", "error_message", "error_msg", "err_msg", "status_msg"),
    *("error", "errors", "reason", "description"),
)
"""Where services put the text of an error, in lower case; in the order they are believed."""
_WORDS = ("code", "type", "status")
_WITHIN = ("error", "base_resp", "responsemetadata", "response")
"""Under which an object has its error (source: new-api, MiniMax, Volcengine, Tencent)."""
_DEEPEST_ERROR = 4
_NUMBERS = ("code", "status_code", "statuscode", "http_status", "status")
_NOTHING = ("", "success", "fail", "error")
"""Texts that say nothing."""
_LONGEST_PLAIN = 300
"""Characters of a text that is no JSON and still an answer; a longer one is somebody's page."""


def _text(value: JSON) -> str:
    """The text that a value is, or that an object or the first entry of a list says."""
    if isinstance(value, list):
        value = value[0] if value else None
    if isinstance(value, dict):
        named = {name.lower(): inner for name, inner in value.items()}
        inside = (named.get(name) for name in _MESSAGES)
        return next((inner for inner in inside if isinstance(inner, str) and inner.strip()), "")
    return value if isinstance(value, str) else ""


def _plain(body: bytes) -> str:
    text = body.decode("utf-8", "replace").strip()
    is_said = len(text) <= _LONGEST_PLAIN and text.isprintable() and not text.startswith(_STRUCTURE)
    return text if is_said else ""


_STRUCTURE = ("<", "{", "[", "\ufeff")


def _errors(answer: JSON) -> list[dict[str, JSON]]:
    """The objects of an error, names in lower case, the innermost first.

    They are in either of the gateway's shapes, in the store's, or as upstream services have them.
    """
    if isinstance(answer, list):
        answer = answer[0] if answer else None
    errors: list[dict[str, JSON]] = []
    while isinstance(answer, dict) and len(errors) < _DEEPEST_ERROR:
        named = {name.lower(): value for name, value in answer.items()}
        errors.insert(0, named)
        inner = (named[name] for name in _WITHIN if isinstance(named.get(name), dict))
        answer = next(inner, None)
    return errors
