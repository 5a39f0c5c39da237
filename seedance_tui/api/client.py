"""Fetch one task from the gateway; every failure is raised as one of `errors`."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from typing import Self

import httpx

from . import body as bodies
from .absent_modules import note_absent
from .base_url import check
from .error_mapping import details, http_errors, task_refusal, without_task
from .errors import (
    AnotherTask,
    BadAnswer,
    KeyMissing,
    TaskNotFound,
    TimedOut,
    WrongAddress,
    WrongPage,
)
from .http_setup import HEADERS, no_cookies, setup_errors
from .key import ApiKey
from .models import Task
from .proxied_transports import AsyncProxiedTransport
from .proxies import Proxies
from .rate_headers import exhausted_for, http_date
from .transfer.file_client import FileClient
from .web_addresses import task_url
from .xml_errors import is_xml_error

_MOST_LANES = 8
"""Requests at once."""
_LANE = httpx.Limits(max_connections=1)
_ANSWER_TIMEOUT = httpx.Timeout(20.0, connect=10.0, pool=None)
_WHOLE_ANSWER = 60.0
"""Seconds for a request and all of its response: one that drips would keep its place for hours."""
_LONGEST_URL = 8000
"""Characters of an address; servers refuse longer ones, httpx from 65,536 on."""
_FIRST_DATE = 1_735_689_600
"""Unix seconds of 2025: a server that dates its responses before has no clock."""
_SHORTEST_SECRET = 8
"""Characters from which the key is taken out of responses: a shorter one may be any word there."""


class Client:
    """The HTTP client of the gateway at `base_url`; `files` downloads what its links lead to.

    Files have an HTTP client of their own: those that send the key with every request, the lanes,
    serve the API's origin only, and follow no redirect themselves. A lane has one connection: among
    eight, httpx looks at each for every request. `transport` is for tests; `clock` tells Unix
    seconds.
    """

    def __init__(
        self,
        base_url: str,
        key: ApiKey | None,
        *,
        transport: httpx.MockTransport | None = None,
        clock: Callable[[], float] = time.time,
    ) -> None:
        check(base_url)
        self.base_url = base_url.strip().rstrip("/")
        self._key = key
        self._clock = clock
        self.clock_skew: float | None = None
        """Seconds that the server's clock is ahead of ours, by its last `Date`; None before one."""
        self.exhausted_for: float | None = None
        """Seconds until more is granted, if the last answer was the last one that was."""
        self._leads_to_api = False
        self._accepted: set[tuple[str, str]] = set()
        note_absent("sniffio")
        with setup_errors():
            trust = httpx.create_ssl_context()  # shared: reading the certificates takes 20 ms
            proxies = Proxies.of_environment()
            self.files = FileClient(self.base_url, key, trust, proxies, transport=transport)
            self._way: Callable[[], httpx.AsyncBaseTransport] = lambda: (
                transport or AsyncProxiedTransport(proxies, trust, _LANE)
            )
            self._lanes: list[httpx.AsyncClient] = []
            self._free = [self._new_lane()]
            """The lanes on which nothing is asked; the one that was used last is the next."""
        self._may_ask = asyncio.Semaphore(_MOST_LANES)

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.aclose()

    async def aclose(self) -> None:
        """Close every connection."""
        for lane in self._lanes:
            await lane.aclose()
        self.files.close()

    def accept(self, task_id: str, name: str) -> None:
        """Take what goes by another name for the answer about a task: a person says that it is."""
        self._accepted.add((task_id, name))

    async def task(self, task_id: str) -> Task:
        """Poll one task; raises an `ApiError`, `AnotherTask` for the response of another one.

        A page or a redirect says that the address is wrong, but not once it has led to a task:
        then it is a portal or a proxy in trouble, and passes.
        """
        response, body = await self._answer(task_id)
        self._compare_clocks(response)
        self.exhausted_for = exhausted_for(response)
        try:
            task = self._task_in(response, body)
        except WrongAddress as error:
            if not self._leads_to_api:
                raise
            raise BadAnswer(error.text, **details(response)) from error
        self._leads_to_api = True
        if not task.is_of(task_id) and (task_id, task.name) not in self._accepted:
            raise AnotherTask(task)
        return task

    async def _answer(self, task_id: str) -> tuple[httpx.Response, bytes]:
        if self._key is None:
            raise KeyMissing
        url = task_url(self.base_url, task_id)
        if len(url) > _LONGEST_URL:
            raise TaskNotFound("task ID too long")
        async with self._may_ask:
            lane = self._free.pop() if self._free else self._new_lane()
            try:
                return await self._ask_on(lane, url, self._key.reveal())
            finally:
                self._free.append(lane)

    def _new_lane(self) -> httpx.AsyncClient:
        lane = httpx.AsyncClient(
            headers=HEADERS | {"Accept": "application/json", "Accept-Encoding": "gzip"},
            cookies=no_cookies(),
            timeout=_ANSWER_TIMEOUT,
            transport=self._way(),
        )
        self._lanes.append(lane)
        return lane

    async def _ask_on(
        self, lane: httpx.AsyncClient, url: str, key: str
    ) -> tuple[httpx.Response, bytes]:
        """Ask; what takes longer than `_WHOLE_ANSWER` is given up, however busy the line is."""
        with http_errors(self.files.hide):
            request = lane.build_request("GET", url)
            request.headers["Authorization"] = f"Bearer {key}"
            try:
                async with asyncio.timeout(_WHOLE_ANSWER):
                    response = await lane.send(request, stream=True)
                    try:
                        return response, await bodies.aread_body(response)
                    finally:
                        await response.aclose()
            except TimeoutError as error:
                raise TimedOut("timed out before the full response arrived") from error

    def _task_in(self, response: httpx.Response, body: bytes) -> Task:
        if not response.is_success:  # some response 202 with a whole task while it runs
            raise task_refusal(response, body, self.files.hide)
        if bodies.is_page(body, response.headers.get("Content-Type", "")):
            raise WrongPage("got an HTML page instead of an API response", **details(response))
        try:
            answer = bodies.parse(self._without_key(body))
        except ValueError as error:
            said = self.files.hide(bodies.message(body)) if is_xml_error(body) else ""
            raise BadAnswer(
                said or ("response is not valid JSON" if body.strip() else "empty response"),
                **details(response),
            ) from error
        task = Task.from_json(answer)
        if task is None:
            raise without_task(response, body, self.files.hide)
        return task

    def _without_key(self, body: bytes) -> bytes:
        """Take the key out of a response that echoes it: it would be shown, and kept."""
        key = self._key.reveal() if self._key else ""
        return body.replace(key.encode(), b"\xe2\x80\xa6") if len(key) >= _SHORTEST_SECRET else body

    def _compare_clocks(self, response: httpx.Response) -> None:
        """Learn how far apart the clocks are, however far: ours may be wrong by days."""
        date = http_date(response.headers.get("Date", ""))
        if date is not None and date > _FIRST_DATE:
            self.clock_skew = date - self._clock()
