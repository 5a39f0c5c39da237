"""Name what an answer other than 200 stands for, and what httpx raises, as our own errors."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import httpx

from . import body as bodies
from .errors import (
    ApiError,
    BadAnswer,
    Forbidden,
    KeyRefused,
    LinkExpired,
    RateLimited,
    ServerFault,
    TaskNotFound,
    TimedOut,
    Unreachable,
    WrongAddress,
)
from .rate_headers import retry_after


def task_refusal(response: httpx.Response, body: bytes, hide: Callable[[str], str]) -> ApiError:
    """Name the error of a question about a task; `hide` takes the key out of a text."""
    text = hide(bodies.message(body)) or f"HTTP {response.status_code}"
    return _task_error(response, body, text)(text, **details(response))


def file_refusal(response: httpx.Response, body: bytes, hide: Callable[[str], str]) -> ApiError:
    """Name the error of a request for a file; `hide` takes the key out of a text."""
    text = hide(bodies.message(body)) or f"HTTP {response.status_code}"
    return _file_error(response)(text, **details(response))


@contextmanager
def http_errors(
    hide: Callable[[str], str], unusable: type[ApiError] = WrongAddress
) -> Iterator[None]:
    """Turn what httpx raises into our own errors; `unusable` is for an impossible address."""
    try:
        yield
    except httpx.TimeoutException as error:
        raise TimedOut("no answer in time") from error
    except httpx.HTTPError as error:
        raise Unreachable(hide(str(error)) or type(error).__name__) from error
    except (httpx.InvalidURL, UnicodeError) as error:
        raise unusable(hide(str(error))) from error


def details(response: httpx.Response) -> dict[str, Any]:
    """Return what an `ApiError` keeps of an answer beside its text."""
    return {
        "status": response.status_code,
        "retry_after": retry_after(response),
        "request_id": response.headers.get("X-Oneapi-Request-Id", ""),
    }


def _task_error(response: httpx.Response, body: bytes, text: str) -> type[ApiError]:
    status = response.status_code
    if passing := _passing(status):
        return passing
    if status == httpx.codes.UNAUTHORIZED:
        return KeyRefused
    if status == httpx.codes.FORBIDDEN:
        return Forbidden
    if bodies.is_page(body, response.headers.get("Content-Type", "")) or 300 <= status < 400:
        return WrongAddress
    if bodies.code(body) == "task_not_exist":
        return TaskNotFound
    if status == httpx.codes.NOT_FOUND:
        return WrongAddress if "invalid url" in text.lower() else TaskNotFound
    return BadAnswer


def _file_error(response: httpx.Response) -> type[ApiError]:
    """Say whether the key or the link is refused; only the gateway is ever given the key."""
    status = response.status_code
    if passing := _passing(status):
        return passing
    asked_with_key = "Authorization" in response.request.headers
    return KeyRefused if asked_with_key and status == httpx.codes.UNAUTHORIZED else LinkExpired


def _passing(status: int) -> type[ApiError] | None:
    if status in (408, 429):
        return RateLimited
    return ServerFault if status >= 500 else None
