"""The synchronous HTTP client for files: one connection a request, which a token can cut."""

from __future__ import annotations

import ssl
from collections.abc import Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from functools import partial

import httpx

from ..error_mapping import http_errors
from ..errors import (
    LinkRefused,
    StoreTimedOut,
    StoreUnreachable,
    StoreUntrusted,
    TimedOut,
    Unreachable,
)
from ..http_setup import HEADERS, no_cookies, setup_errors
from ..key import ApiKey, redact
from ..proxied_transports import ProxiedTransport
from ..proxies import Proxies
from ..store_answers import ASKS_THE_API
from ._cancel import Cancelled, CancelToken
from ._redirects import Hop
from ._threads import in_daemon_thread

_TIMEOUT = httpx.Timeout(30.0, connect=10.0, pool=None)
_LIMITS = httpx.Limits(max_connections=None, max_keepalive_connections=0)
"""Each request opens a connection, so that its token knows it and cuts nothing else."""
_MOST_CAUSES = 10


class FileClient:
    """Fetches files from the object store, and from the API's own origin, which gets the key.

    `base_url` is the API's; `trust` the certificates to trust; without `proxies` all is asked
    directly. It may be used by many threads at once, and keeps no cookie. `transport` is for
    tests. May raise SetupFailed.
    """

    def __init__(
        self,
        base_url: str,
        key: ApiKey | None,
        trust: ssl.SSLContext,
        proxies: Proxies | None = None,
        *,
        transport: httpx.BaseTransport | None = None,
    ) -> None:
        self._base_url = base_url
        self._key = key
        proxies = proxies or Proxies()
        with setup_errors():
            self._http = httpx.Client(
                headers=HEADERS | {"Accept-Encoding": "identity"},
                cookies=no_cookies(),
                timeout=_TIMEOUT,
                transport=transport or ProxiedTransport(proxies, trust, _LIMITS),
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

        Redirects are followed by the rules of `_redirects`. What httpx raises in the `with` block
        comes out as our own errors too. Raises LinkRefused for an impossible address,
        TransientError, StoreUntrusted, and Cancelled, whatever else went wrong, once `cancel` is
        cancelled, or every connection was closed.
        """
        try:
            with http_errors(self.hide, unusable=LinkRefused):
                hop = Hop.first(url, self._base_url)
            while True:
                with _errors_of(hop), http_errors(self.hide, unusable=LinkRefused):
                    response = self._send(self._request(hop, headers, cancel), cancel)
                    try:
                        if (following := hop.after(response)) is None:
                            yield response
                            return
                    except (httpx.NetworkError, httpx.ProtocolError) as error:
                        raise Unreachable("connection lost") from error
                    finally:
                        response.close()
                hop = following
        finally:
            cancel.release_connection()
            cancel.check()

    def _request(self, hop: Hop, headers: dict[str, str], cancel: CancelToken) -> httpx.Request:
        """Build a request; its extension says whose answer it will have, see `store_answers`."""
        extensions = {"trace": cancel.trace, ASKS_THE_API: hop.asks_the_api}
        request = self._http.build_request("GET", hop.url, headers=headers, extensions=extensions)
        if self._key is not None and hop.takes_key:
            request.headers["Authorization"] = f"Bearer {self._key.reveal()}"
        return request

    def _send(self, request: httpx.Request, cancel: CancelToken) -> httpx.Response:
        """Connect and wait for the headers in a thread that is left behind when cancelled."""
        answer = in_daemon_thread(partial(self._http.send, request, stream=True), "request")
        try:
            return cancel.result_of(answer)
        except (httpx.RemoteProtocolError, httpx.InvalidURL) as error:
            # httpx reads where a redirect leads, though it follows none.
            if isinstance(error, httpx.InvalidURL) or "location header" in str(error):
                raise LinkRefused("it redirects to an impossible address") from error
            raise
        except Cancelled:
            answer.add_done_callback(_close)
            raise
        except RuntimeError as error:
            if self._http.is_closed:  # the program is leaving: nobody waits
                raise Cancelled from error
            raise


def _close(answer: Future[httpx.Response]) -> None:
    """Close a response that nobody waits for any more."""
    if not answer.exception():
        answer.result().close()


@contextmanager
def _errors_of(hop: Hop) -> Iterator[None]:
    """Call the trouble with a store the store's, and a certificate what it is."""
    try:
        yield
    except (TimedOut, Unreachable) as error:
        if hop.asks_the_api:
            raise
        if isinstance(error, TimedOut):
            raise StoreTimedOut(error.template) from error
        kind = StoreUntrusted if _is_about_certificate(error) else StoreUnreachable
        raise kind(error.text) from error


def _is_about_certificate(error: BaseException) -> bool:
    """Whether a certificate that is not trusted is behind it."""
    causes: list[BaseException] = [error]
    while (cause := causes[-1].__cause__ or causes[-1].__context__) and len(causes) < _MOST_CAUSES:
        causes.append(cause)
    return any(isinstance(cause, ssl.SSLCertVerificationError) for cause in causes)
