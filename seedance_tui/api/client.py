"""Ask the gateway about one task; every failure comes out as one of `errors`."""

from __future__ import annotations

import asyncio
import logging
import os
import sys
import time
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from importlib.util import find_spec
from typing import Self

import httpx

from .. import __version__
from . import body as bodies
from .error_mapping import details, http_date, task_refusal
from .errors import (
    ApiError,
    BadAnswer,
    KeyMissing,
    SetupFailed,
    TaskNotFound,
    TimedOut,
    Unreachable,
    WrongAddress,
    redact,
)
from .key import ApiKey
from .links import DAY, same_origin, task_url, web_link
from .models import Task

logging.getLogger("httpx").setLevel(logging.WARNING)  # below it, it logs links with their query

if find_spec("sniffio") is None:
    # httpcore imports it, if it can, four times in each request. Where it is not installed that is
    # a search of the whole path, a fifth of what a request costs; so the search is ended at once.
    sys.modules["sniffio"] = None  # type: ignore[assignment]

_CONNECTIONS = 8
_ANSWER_TIMEOUT = httpx.Timeout(20.0, connect=10.0, pool=None)
_FILE_TIMEOUT = httpx.Timeout(30.0, connect=10.0, pool=None)
_WHOLE_ANSWER = 60.0
"""Seconds for a question and all of its answer: one that drips would keep its place for hours."""
_LONGEST_URL = 8000
"""Characters of an address; servers refuse longer ones, httpx from 65,536 on."""
_SHORTEST_SECRET = 8
"""Characters from which the key is taken out of answers: a shorter one may be any word there."""


class Client:
    """The gateway behind `base_url`, and the stores that its links lead to.

    Two HTTP clients: the one that carries the key serves the API's origin only, so that the key
    can go nowhere else. Neither follows a redirect. `transport` is for tests; `clock` tells Unix
    seconds.
    """

    def __init__(
        self,
        base_url: str,
        key: ApiKey | None,
        *,
        transport: httpx.AsyncBaseTransport | None = None,
        clock: Callable[[], float] = time.time,
    ) -> None:
        if web_link(base_url) is None:
            raise SetupFailed("the base URL is not a web address: {url}", url=base_url)
        self.base_url = base_url.strip().rstrip("/")
        self._key = key
        self._clock = clock
        self.clock_skew: float | None = None
        """Seconds that the server's clock is ahead of ours, by its last `Date`; None before one."""
        self._leads_to_api = False
        headers = {"User-Agent": f"seedance-tui/{__version__}"}
        with _setup_failures(), _socks_read_as_socks5():
            trust = httpx.create_ssl_context()
            self._api = httpx.AsyncClient(
                headers=headers | {"Accept": "application/json", "Accept-Encoding": "gzip"},
                limits=httpx.Limits(max_connections=_CONNECTIONS),
                timeout=_ANSWER_TIMEOUT,
                transport=transport,
                verify=trust,
            )
            self._files = httpx.AsyncClient(
                headers=headers | {"Accept-Encoding": "identity"},
                timeout=_FILE_TIMEOUT,
                transport=transport,
                verify=trust,
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
        """Ask about one task; raises an `ApiError`.

        A page or a redirect says that the address is wrong, but not once it has led to a task:
        then it is a portal or a proxy in trouble, and passes.
        """
        response, body = await self._answer(task_id)
        self._compare_clocks(response)
        try:
            task = self._task_in(response, body)
        except WrongAddress as error:
            if not self._leads_to_api:
                raise
            raise BadAnswer(error.text, **details(response)) from error
        self._leads_to_api = True
        return task

    def file_request(self, url: str, headers: dict[str, str]) -> httpx.Request:
        """Build the request for a file; the key goes along only to the API's own origin."""
        request = self._files.build_request("GET", url, headers=headers)
        if self._key is not None and same_origin(url, self.base_url):
            request.headers["Authorization"] = f"Bearer {self._key.reveal()}"
        return request

    async def send(self, request: httpx.Request) -> httpx.Response:
        """Send a file request; the body is left to be streamed."""
        return await self._files.send(request, stream=True)

    def hide(self, text: str) -> str:
        """Take the key, and what looks like a piece of one, out of a server's text."""
        return redact(text, self._key.reveal() if self._key else "")

    @contextmanager
    def translated(self, unusable: type[ApiError] = WrongAddress) -> Iterator[None]:
        """Turn what httpx raises into our own errors; `unusable` is for an impossible address."""
        try:
            yield
        except httpx.TimeoutException as error:
            raise TimedOut("no answer in time") from error
        except httpx.HTTPError as error:
            raise Unreachable(self.hide(str(error)) or type(error).__name__) from error
        except (httpx.InvalidURL, UnicodeError) as error:
            raise unusable(self.hide(str(error))) from error

    async def _answer(self, task_id: str) -> tuple[httpx.Response, bytes]:
        if self._key is None:
            raise KeyMissing
        url = task_url(self.base_url, task_id)
        if len(url) > _LONGEST_URL:
            raise TaskNotFound("no ID is that long")
        with self.translated():
            request = self._api.build_request("GET", url)
            request.headers["Authorization"] = f"Bearer {self._key.reveal()}"
            async with _in_time():
                response = await self._api.send(request, stream=True)
                try:
                    return response, await bodies.read_body(response)
                finally:
                    await response.aclose()

    def _task_in(self, response: httpx.Response, body: bytes) -> Task:
        if response.status_code != httpx.codes.OK:
            raise task_refusal(response, body, self.hide)
        if bodies.is_page(body, response.headers.get("Content-Type", "")):
            raise WrongAddress("a web page came instead of an answer", **details(response))
        try:
            answer = bodies.parse(self._without_key(body))
        except ValueError as error:
            raise BadAnswer(
                "an answer that is no JSON" if body.strip() else "an empty answer",
                **details(response),
            ) from error
        task = Task.from_json(answer)
        if task is None:
            raise BadAnswer(
                self.hide(bodies.message(body)) or "an answer without a task", **details(response)
            )
        return task

    def _without_key(self, body: bytes) -> bytes:
        """Take the key out of an answer that echoes it: it would be shown, and kept."""
        key = self._key.reveal() if self._key else ""
        return body.replace(key.encode(), b"\xe2\x80\xa6") if len(key) >= _SHORTEST_SECRET else body

    def _compare_clocks(self, response: httpx.Response) -> None:
        """Learn how far apart the clocks are; a whole day is a mistake and no skew."""
        date = http_date(response.headers.get("Date", ""))
        if date is not None and abs(skew := date - self._clock()) < DAY:
            self.clock_skew = skew


@asynccontextmanager
async def _in_time() -> AsyncIterator[None]:
    """Give up what takes longer than `_WHOLE_ANSWER`, however busy the line is."""
    try:
        async with asyncio.timeout(_WHOLE_ANSWER):
            yield
    except TimeoutError as error:
        raise TimedOut("no whole answer in time") from error


@contextmanager
def _setup_failures() -> Iterator[None]:
    """Name what keeps a client from being built: proxies and certificates of the environment."""
    try:
        yield
    except ImportError as error:
        raise SetupFailed(
            "a SOCKS proxy is set in the environment; install the extra: seedance-tui[socks]"
        ) from error
    except OSError as error:
        raise SetupFailed("SSL_CERT_FILE cannot be used: {error}", error=error) from error
    except (ValueError, httpx.InvalidURL) as error:
        raise SetupFailed(
            "the proxy of the environment cannot be used: {error}", error=error
        ) from error


@contextmanager
def _socks_read_as_socks5() -> Iterator[None]:
    """Let `socks://`, which desktops set and httpx refuses, be read as what it means to them."""
    socks = {
        name: value
        for name, value in os.environ.items()
        if name.lower().endswith("_proxy") and value.startswith("socks://")
    }
    os.environ.update({name: f"socks5{value[5:]}" for name, value in socks.items()})
    try:
        yield
    finally:
        os.environ.update(socks)
