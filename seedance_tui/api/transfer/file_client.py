"""The synchronous HTTP client for files: one connection a request, which a token can cut."""

from __future__ import annotations

import ssl
from collections.abc import Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from functools import partial

import httpx

from ..error_mapping import http_errors
from ..errors import LinkExpired, Unreachable, redact
from ..http_setup import HEADERS, setup_errors
from ..key import ApiKey
from ..links import same_origin
from ._cancel import Cancelled, CancelToken
from ._threads import in_daemon_thread

_TIMEOUT = httpx.Timeout(30.0, connect=10.0, pool=None)
_LIMITS = httpx.Limits(max_connections=None, max_keepalive_connections=0)
"""Each request opens a connection, so that its token knows it and cuts nothing else."""


class FileClient:
    """Fetches files from the object store, and from the API's own origin, which gets the key.

    `base_url` is the API's; `trust` the certificates to trust. It may be used by many threads at
    once and follows no redirect. `transport` is for tests. May raise SetupFailed.
    """

    def __init__(
        self,
        base_url: str,
        key: ApiKey | None,
        trust: ssl.SSLContext,
        *,
        transport: httpx.BaseTransport | None = None,
    ) -> None:
        self._base_url = base_url
        self._key = key
        with setup_errors():
            self._http = httpx.Client(
                headers=HEADERS | {"Accept-Encoding": "identity"},
                limits=_LIMITS,
                timeout=_TIMEOUT,
                transport=transport,
                verify=trust,
            )

    def close(self) -> None:
        """Close every connection."""
        self._http.close()

    def hide(self, text: str) -> str:
        """Take the key, and what looks like a piece of one, out of a server's text."""
        return redact(text, self._key.reveal() if self._key else "")

    @contextmanager
    def get(
        self, url: str, headers: dict[str, str], cancel: CancelToken
    ) -> Iterator[httpx.Response]:
        """Ask for a file; give the answer with its body still to be read, and close it at the end.

        What httpx raises in the `with` block comes out as our own errors too. Raises LinkExpired
        for an impossible address, TransientError, and Cancelled, whatever else went wrong, once
        `cancel` is cancelled.
        """
        try:
            with http_errors(self.hide, unusable=LinkExpired):
                response = self._send(self._request(url, headers, cancel), cancel)
                try:
                    yield response
                except (httpx.NetworkError, httpx.ProtocolError) as error:
                    raise Unreachable("connection lost") from error
                finally:
                    response.close()
        finally:
            cancel.release_connection()
            cancel.check()

    def _request(self, url: str, headers: dict[str, str], cancel: CancelToken) -> httpx.Request:
        request = self._http.build_request(
            "GET", url, headers=headers, extensions={"trace": cancel.trace}
        )
        if self._key is not None and same_origin(url, self._base_url):
            request.headers["Authorization"] = f"Bearer {self._key.reveal()}"
        return request

    def _send(self, request: httpx.Request, cancel: CancelToken) -> httpx.Response:
        """Connect and wait for the headers in a thread that is left behind when cancelled."""
        answer = in_daemon_thread(partial(self._http.send, request, stream=True), "request")
        try:
            return cancel.result_of(answer)
        except Cancelled:
            answer.add_done_callback(_close)
            raise


def _close(answer: Future[httpx.Response]) -> None:
    """Close a response that nobody waits for any more."""
    if not answer.exception():
        answer.result().close()
