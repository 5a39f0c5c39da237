"""Name what a response other than 200 stands for, and what httpx raises, as our own errors."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import httpx

from . import body as bodies
from .errors import (
    ApiError,
    BadAnswer,
    Forbidden,
    KeyExhausted,
    KeyRefused,
    PageInstead,
    RateLimited,
    ServerFault,
    TaskNotFound,
    TimedOut,
    Unreachable,
    WrongAddress,
    WrongPage,
)
from .rate_headers import retry_after
from .xml_errors import is_xml_error

_REFUSALS: Mapping[int, type[ApiError]] = {401: KeyRefused, 402: KeyExhausted, 403: Forbidden}
_USED_UP = re.compile(
    r"""quota | \bbalance\b | \bcredits?\b | billing | payment | exhausted | overdue | arrears
    | insufficient[ _-]?(funds|points|user) | (spend|usage|budget)\w*[ _]limit
    | wallet | recharge | \btop[ -]?up\b | out[ ]of[ ](funds|points)
    | 额度 | 余额 | 金额 | 欠费 | 充值 | 续费 | 用尽 | 用完""",
    re.IGNORECASE | re.VERBOSE,
)
"""Words of a refusal that is about money: the key is good, and what it may spend is gone."""
_OF_A_TIME = re.compile(r"per[ _-](second|minute|hour)|\b[rtq]pm\b|每(秒|分钟|小时)", re.IGNORECASE)
"""What makes a quota one of requests, which comes back by itself."""
_SPENT = "insufficient_quota"
"""The code with which a status 429 is about money."""


_UNKNOWN = ("task_not_exist", "task_not_found")
_NO_TASK = re.compile(
    r"(?:任务|视频)不存在|(?:未找到|找不到)(?:该)?(?:任务|视频)"
    r"|\b(?:task|video) (?:does not|not|doesn't) exist|\b(?:task|video) (?:was )?not found",
    re.IGNORECASE,
)


def task_refusal(response: httpx.Response, body: bytes, hide: Callable[[str], str]) -> ApiError:
    """Name the error of a request about a task; `hide` takes the key out of a text."""
    text = hide(bodies.message(body)) or f"HTTP {response.status_code}"
    return _task_error(response, body, text)(text, **details(response))


def without_task(response: httpx.Response, body: bytes, hide: Callable[[str], str]) -> ApiError:
    """Name the error of a success by its status that has no task in it.

    Some gateways answer everything with 200, and write the status of the error into the body.
    """
    text = hide(bodies.message(body))
    kind = _told_kind(bodies.status(body), body, text)
    if not text:
        return BadAnswer("response contains no task", **details(response))
    return kind(text, **details(response))


def _told_kind(status: int | None, body: bytes, text: str) -> type[ApiError]:
    if is_unknown(body, text) or status == httpx.codes.NOT_FOUND:
        return TaskNotFound
    if status is None:
        return BadAnswer
    return key_refusal(status, body, text) if status in _REFUSALS else _passing(status) or BadAnswer


@contextmanager
def http_errors(
    hide: Callable[[str], str], unusable: type[ApiError] = WrongAddress
) -> Iterator[None]:
    """Turn what httpx raises into our own errors; `unusable` is for an impossible address."""
    try:
        yield
    except httpx.TimeoutException as error:
        raise TimedOut("request timed out") from error
    except httpx.HTTPError as error:
        raise Unreachable(hide(str(error)) or type(error).__name__) from error
    except (httpx.InvalidURL, UnicodeError) as error:
        raise unusable(hide(str(error))) from error


def details(response: httpx.Response) -> dict[str, Any]:
    """Return what an `ApiError` keeps of a response beside its text."""
    return {
        "status": response.status_code,
        "retry_after": retry_after(response),
        "request_id": response.headers.get("X-Oneapi-Request-Id", ""),
    }


def _task_error(response: httpx.Response, body: bytes, text: str) -> type[ApiError]:
    status = response.status_code
    if status == httpx.codes.TOO_MANY_REQUESTS and bodies.code(body) == _SPENT:
        return KeyExhausted
    if passing := _passing(status):
        return passing
    is_page = bodies.is_page(body, response.headers.get("Content-Type", ""))
    if status in _REFUSALS:
        return PageInstead if is_page else key_refusal(status, body, text)
    if 300 <= status < 400:
        return WrongPage if _leads_elsewhere(response) else WrongAddress
    if is_page:
        return WrongPage
    if is_unknown(body, text):
        return TaskNotFound
    if is_xml_error(body):
        return WrongAddress  # a store's: the gateway writes JSON
    if status == httpx.codes.NOT_FOUND:
        return WrongAddress if "invalid url" in text.lower() else TaskNotFound
    return BadAnswer


def _leads_elsewhere(response: httpx.Response) -> bool:
    """Whether a redirect leads to a page, such as a network's login, and not to the route of tasks.

    One to the same route under another name, or from http to https, names the base URL to write.
    """
    location = response.headers.get("Location", "")
    if not location:
        return False
    try:
        path = response.url.join(location).path
    except (httpx.InvalidURL, ValueError):
        return True
    return response.url.path.rpartition("/")[0] not in path


def is_unknown(body: bytes, text: str) -> bool:
    """Whether a response says that there is no such task, by its code or its text."""
    return bodies.code(body) in _UNKNOWN or bool(_NO_TASK.search(text))


def key_refusal(status: int, body: bytes, text: str) -> type[ApiError]:
    """Name a 401, 402 or 403: a key that has nothing left to spend is not a wrong one."""
    is_wrong = "invalid" in bodies.code(body).lower()
    said = f"{bodies.code(body)} {text}"
    if _USED_UP.search(said) and _OF_A_TIME.search(said):
        return RateLimited
    return KeyExhausted if _USED_UP.search(said) and not is_wrong else _REFUSALS[status]


def _passing(status: int) -> type[ApiError] | None:
    if status in (408, 429):
        return RateLimited
    return ServerFault if status >= 500 else None
