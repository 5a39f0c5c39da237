"""Who is asked next: where a redirect may lead, and how far the key goes along.

Addresses are compared as httpx reads them, since httpx is who connects.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self

import httpx

from ..errors import LinkRefused
from ..signatures import is_signed
from ..web_addresses import is_inner

MOST_HOPS = 5
_PORTS = {"http": 80, "https": 443}
_MOVED = (301, 302, 303, 307, 308)


@dataclass(frozen=True, slots=True)
class Hop:
    """One request of a chain that began with a link; `api` is the API's base URL.

    `stays` says whether every address so far was of the API's origin, this one too.
    """

    url: httpx.URL
    api: httpx.URL
    stays: bool
    count: int = 0

    @classmethod
    def first(cls, url: str, api: str) -> Self:
        """Begin a chain; raises httpx.InvalidURL for an impossible address."""
        link, base = httpx.URL(url), httpx.URL(api)
        return cls(link, base, _origin(link) == _origin(base))

    @property
    def asks_the_api(self) -> bool:
        """Whether the API's origin is asked, whoever sent us there."""
        return _origin(self.url) == _origin(self.api)

    @property
    def takes_key(self) -> bool:
        """Whether the key goes along; a signed link needs none, and no store takes both."""
        return self.stays and not is_signed(str(self.url))

    def after(self, response: httpx.Response) -> Hop | None:
        """Return the next request that a response asks for, None if it asks for none.

        Raises LinkRefused where the redirect leads where none may.
        """
        location = response.headers.get("Location", "")
        if response.status_code not in _MOVED or not location:
            return None
        try:
            url = self.url.join(location)
        except (httpx.InvalidURL, ValueError, UnicodeError) as error:
            raise LinkRefused("it redirects to an impossible address") from error
        self._check(url)
        return Hop(url, self.api, self.stays and _origin(url) == _origin(self.api), self.count + 1)

    def _check(self, url: httpx.URL) -> None:
        host = url.raw_host.decode("ascii", "replace")
        if self.count == MOST_HOPS:
            raise LinkRefused("it redirects more than {most} times", most=MOST_HOPS)
        is_name = ":" not in host
        if url.scheme not in _PORTS or not host or (is_name and "%" in host):
            raise LinkRefused("it redirects to what is not a web address")
        if self.url.scheme == "https" and url.scheme == "http":
            raise LinkRefused("it redirects from https to http")
        if is_inner(host) and not is_inner(self.api.raw_host.decode("ascii", "replace")):
            raise LinkRefused("it redirects into a private network: {host}", host=host)


def _origin(url: httpx.URL) -> tuple[str, bytes, int | None]:
    """Scheme, host and port that are connected to."""
    return url.scheme, url.raw_host, url.port or _PORTS.get(url.scheme)
