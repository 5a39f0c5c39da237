"""How a request leaves: directly, or through the environment's proxy, whose trouble is named."""

from __future__ import annotations

import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import httpx

from .errors import SetupFailed, TimedOut, Unreachable
from .proxies import Proxies, Proxy

_TLS_SECONDS = 5.0
"""How long a proxy named `https://` may take to answer in TLS: one that speaks HTTP may never."""


class ProxiedTransport(httpx.BaseTransport):
    """For files: what is wrong with a proxy ends no download for good, so it is Unreachable."""

    def __init__(self, proxies: Proxies, trust: ssl.SSLContext, limits: httpx.Limits) -> None:
        self._proxies = proxies
        self._direct = httpx.HTTPTransport(verify=trust, trust_env=False, limits=limits)
        self._through = {
            proxy: httpx.HTTPTransport(
                verify=trust, trust_env=False, limits=limits, proxy=_settings(proxy, trust)
            )
            for proxy in proxies.by_scheme.values()
        }

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Send it on its way."""
        proxy = _proxy_for(request, self._proxies)
        if proxy is None:
            return self._direct.handle_request(request)
        try:
            with _named(proxy):
                response = self._through[proxy].handle_request(request)
            if response.status_code == httpx.codes.PROXY_AUTHENTICATION_REQUIRED:
                response.close()
                raise _login_wanted(proxy)
        except SetupFailed as error:
            values: dict[str, Any] = dict(error.values)
            raise Unreachable(error.template, **values) from error
        return response

    def close(self) -> None:
        """Close every connection."""
        for transport in (self._direct, *self._through.values()):
            transport.close()


class AsyncProxiedTransport(httpx.AsyncBaseTransport):
    """For requests: a proxy that needs the user, for a login or another scheme, is SetupFailed."""

    def __init__(self, proxies: Proxies, trust: ssl.SSLContext, limits: httpx.Limits) -> None:
        self._proxies = proxies
        self._direct = httpx.AsyncHTTPTransport(verify=trust, trust_env=False, limits=limits)
        self._through = {
            proxy: httpx.AsyncHTTPTransport(
                verify=trust, trust_env=False, limits=limits, proxy=_settings(proxy, trust)
            )
            for proxy in proxies.by_scheme.values()
        }

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Send it on its way."""
        proxy = _proxy_for(request, self._proxies)
        if proxy is None:
            return await self._direct.handle_async_request(request)
        with _named(proxy):
            response = await self._through[proxy].handle_async_request(request)
        if response.status_code == httpx.codes.PROXY_AUTHENTICATION_REQUIRED:
            await response.aclose()
            raise _login_wanted(proxy)
        return response

    async def aclose(self) -> None:
        """Close every connection."""
        for transport in (self._direct, *self._through.values()):
            await transport.aclose()


def _settings(proxy: Proxy, trust: ssl.SSLContext) -> httpx.Proxy:
    login = (proxy.user, proxy.password) if proxy.user or proxy.password else None
    context = trust if proxy.scheme == "https" else None
    try:
        return httpx.Proxy(proxy.url, auth=login, ssl_context=context)
    except (ValueError, httpx.InvalidURL) as error:
        raise SetupFailed(
            "{variable}: the proxy has no valid host", variable=proxy.variable
        ) from error


def _proxy_for(request: httpx.Request, proxies: Proxies) -> Proxy | None:
    """Find the proxy of a request; one that is asked in TLS gets less time for that."""
    url = request.url
    proxy = proxies.on_the_way_to(url.scheme, url.raw_host.decode(), url.port)
    if proxy is not None and proxy.scheme == "https":
        timeout = request.extensions.get("timeout", {})
        connect = min(_TLS_SECONDS, timeout.get("connect") or _TLS_SECONDS)
        request.extensions["timeout"] = {**timeout, "connect": connect}
    return proxy


@contextmanager
def _named(proxy: Proxy) -> Iterator[None]:
    """Say of the proxy what is the proxy's, and not the gateway's or the store's."""
    try:
        yield
    except httpx.ProxyError as error:
        if str(error).startswith("407"):
            raise _login_wanted(proxy) from error
        raise Unreachable("the proxy {proxy}: {words}", proxy=proxy.url, words=error) from error
    except (httpx.ConnectError, httpx.ConnectTimeout, httpx.NetworkError) as error:
        if proxy.scheme == "https" and _is_about_tls(error):
            raise SetupFailed(
                "the proxy {proxy} does not speak TLS: use http:// in {variable}",
                proxy=proxy.url,
                variable=proxy.variable,
            ) from error
        if isinstance(error, httpx.ConnectTimeout):
            raise TimedOut("the proxy {proxy} did not respond in time", proxy=proxy.url) from error
        if isinstance(error, httpx.ConnectError) and not _cause(error, ssl.SSLError):
            raise Unreachable("the proxy {proxy} cannot be reached", proxy=proxy.url) from error
        raise


def _login_wanted(proxy: Proxy) -> SetupFailed:
    return SetupFailed(
        "the proxy {proxy} rejects the user name and password in {variable}"
        if proxy.user or proxy.password
        else "the proxy {proxy} requires a user name and password: add them in {variable}",
        proxy=proxy.url,
        variable=proxy.variable,
    )


def _is_about_tls(error: httpx.TransportError) -> bool:
    """Whether nothing like TLS came back: other words, none, or the end of the connection."""
    if isinstance(error, httpx.ConnectTimeout | httpx.ReadError | httpx.CloseError):
        return True
    cause = _cause(error, ssl.SSLError)
    return cause is not None and not isinstance(cause, ssl.SSLCertVerificationError)


def _cause(error: BaseException | None, kind: type[BaseException]) -> BaseException | None:
    while error is not None and not isinstance(error, kind):
        error = error.__cause__ or error.__context__
    return error
