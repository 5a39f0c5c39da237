"""What both HTTP clients are built from: headers, trusted certificates, no cookies."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from http.cookiejar import CookieJar, DefaultCookiePolicy

from .. import __version__
from .errors import SetupFailed

logging.getLogger("httpx").setLevel(logging.WARNING)  # below it, it logs links with their query

HEADERS = {"User-Agent": f"seedance-tui/{__version__}"}


def no_cookies() -> CookieJar:
    """Return a jar that takes none: what a server sets would be sent, and could not always be."""
    return CookieJar(DefaultCookiePolicy(allowed_domains=()))


@contextmanager
def setup_errors() -> Iterator[None]:
    """Name what keeps a client from being built; raises SetupFailed."""
    try:
        yield
    except ImportError as error:
        raise SetupFailed(
            "a SOCKS proxy is configured; install SOCKS support: pip install 'seedance-tui[socks]'"
        ) from error
    except OSError as error:
        raise SetupFailed("SSL_CERT_FILE is invalid: {error}", error=error) from error
