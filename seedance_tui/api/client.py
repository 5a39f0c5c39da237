"""Ask the gateway about one task; every failure comes out as one of `errors`."""

from __future__ import annotations

import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from email.utils import parsedate_to_datetime
from typing import Self

import httpx

from .. import __version__
from . import body as bodies
from .errors import (
    ApiError,
    BadAnswer,
    Forbidden,
    KeyMissing,
    KeyRefused,
    RateLimited,
    ServerFault,
    SetupFailed,
    TaskNotFound,
    TimedOut,
    Unreachable,
    WrongAddress,
    redact,
)
from .key import ApiKey
from .links import same_origin, task_url, web_link
from .models import Task

_CONNECTIONS = 8
_ANSWER_TIMEOUT = httpx.Timeout(20.0, connect=10.0, pool=None)
_FILE_TIMEOUT = httpx.Timeout(30.0, connect=10.0, pool=None)


class Client:
    """The gateway behind `base_url`, and the stores that its links lead to.

    Two HTTP clients: the one that carries the key serves the API's origin only, so that the key
    can go nowhere else. Neither follows a redirect. `transport` is for tests.
    """

    def __init__(
        self,
        base_url: str,
        key: ApiKey | None,
        *,
        transport: httpx.AsyncBaseTransport | None = None,
    ) -> None:
        if web_link(base_url) is None:
            raise SetupFailed(f"the base URL is not a web address: {base_url}")
        self.base_url = base_url.strip().rstrip("/")
        self._key = key
        self.clock_skew = 0.0
        """Seconds that the server's clock is ahead of ours, by its last `Date`."""
        headers = {"User-Agent": f"seedance-tui/{__version__}"}
        with _setup_failures():
            self._api = httpx.AsyncClient(
                headers=headers | {"Accept": "application/json", "Accept-Encoding": "gzip"},
                limits=httpx.Limits(max_connections=_CONNECTIONS),
                timeout=_ANSWER_TIMEOUT,
                transport=transport,
            )
            self._files = httpx.AsyncClient(
                headers=headers | {"Accept-Encoding": "identity"},
                timeout=_FILE_TIMEOUT,
                transport=transport,
            )

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.aclose()

    async def aclose(self) -> None:
        """Close every connection."""
        await self._api.aclose()
        await self._files.aclose()

    async def task(self, task_id: str) -> Task:
        """Ask about one task; raises an `ApiError`."""
        if self._key is None:
            raise KeyMissing
        headers = {"Authorization": f"Bearer {self._key.reveal()}"}
        with translated(self._key.reveal()):
            request = self._api.build_request("GET", task_url(self.base_url, task_id))
            request.headers.update(headers)
            response = await self._api.send(request, stream=True)
            try:
                body = await bodies.read_body(response)
            finally:
                await response.aclose()
        return self._task_in(response, body)

    def file_request(self, url: str, headers: dict[str, str]) -> httpx.Request:
        """Build the request for a file; the key goes along only to the API's own origin."""
        request = self._files.build_request("GET", url, headers=headers)
        if self._key is not None and same_origin(url, self.base_url):
            request.headers["Authorization"] = f"Bearer {self._key.reveal()}"
        return request

    async def send(self, request: httpx.Request) -> httpx.Response:
        """Send a file request; the body is left to be streamed."""
        return await self._files.send(request, stream=True)

    def _task_in(self, response: httpx.Response, body: bytes) -> Task:
        if response.status_code != httpx.codes.OK:
            raise _refusal(response, body, self._secret)
        if bodies.is_page(body, response.headers.get("Content-Type", "")):
            raise WrongAddress("a web page came instead of an answer", status=200)
        try:
            answer = bodies.parse(body)
        except ValueError as error:
            text = "an empty answer" if not body.strip() else "an answer that is no JSON"
            raise BadAnswer(text, status=200) from error
        task = Task.from_json(answer)
        if task is None:
            text = redact(bodies.message(body), self._secret)
            raise BadAnswer(text or "an answer without a task", status=200)
        return task

    @property
    def _secret(self) -> str:
        return self._key.reveal() if self._key else ""


def _refusal(response: httpx.Response, body: bytes, secret: str) -> ApiError:
    """Name the error that an answer other than 200 stands for."""
    status = response.status_code
    text = redact(bodies.message(body), secret) or f"HTTP {status}"
    details = {
        "status": status,
        "retry_after": _retry_after(response),
        "request_id": response.headers.get("X-Oneapi-Request-Id", ""),
    }
    return _error_kind(response, body, text)(text, **details)


def _error_kind(response: httpx.Response, body: bytes, text: str) -> type[ApiError]:
    status = response.status_code
    if status in (408, 429):
        return RateLimited
    if status >= 500:
        return ServerFault
    if bodies.is_page(body, response.headers.get("Content-Type", "")) or 300 <= status < 400:
        return WrongAddress
    if bodies.code(body) == "task_not_exist":
        return TaskNotFound
    match status:
        case 401:
            return KeyRefused
        case 403:
            return Forbidden
        case 404:
            return WrongAddress if "invalid url" in text.lower() else TaskNotFound
    return BadAnswer


def _retry_after(response: httpx.Response) -> float | None:
    """Seconds to wait, from a number or from a date counted on the server's own clock."""
    value = response.headers.get("Retry-After", "").strip()
    if value.isdigit():
        return float(value[:9])
    try:
        until = parsedate_to_datetime(value)
        server = parsedate_to_datetime(response.headers.get("Date", ""))
        return max(0.0, (until - server).total_seconds())
    except (ValueError, TypeError):
        return None


@contextmanager
def translated(secret: str = "") -> Iterator[None]:
    """Turn what httpx raises into our own errors; its texts never carry the key on."""
    try:
        yield
    except httpx.TimeoutException as error:
        raise TimedOut("no answer in time") from error
    except httpx.HTTPError as error:
        raise Unreachable(redact(str(error), secret) or type(error).__name__) from error
    except (httpx.InvalidURL, UnicodeError) as error:
        raise WrongAddress(redact(str(error), secret)) from error


@contextmanager
def _setup_failures() -> Iterator[None]:
    """Name what keeps a client from being built: proxies and certificates of the environment."""
    try:
        yield
    except ImportError as error:
        raise SetupFailed(
            "a SOCKS proxy is set in the environment; install the extra: seedance-tui[socks]"
        ) from error
    except (OSError, ssl.SSLError) as error:
        raise SetupFailed(f"SSL_CERT_FILE cannot be used: {error}") from error
    except (ValueError, httpx.InvalidURL) as error:
        raise SetupFailed(f"the proxy of the environment cannot be used: {error}") from error
