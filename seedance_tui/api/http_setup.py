"""What both HTTP clients are built from: headers, trusted certificates, the environment's proxy."""

from __future__ import annotations

import logging
import os
from collections.abc import Iterator
from contextlib import contextmanager

import httpx

from .. import __version__
from .errors import SetupFailed

logging.getLogger("httpx").setLevel(logging.WARNING)  # below it, it logs links with their query

HEADERS = {"User-Agent": f"seedance-tui/{__version__}"}


@contextmanager
def setup_errors() -> Iterator[None]:
    """Name what keeps a client from being built; raises SetupFailed.

    `socks://`, which desktops set and httpx refuses, is read as what it means to them.
    """
    try:
        with _socks_read_as_socks5():
            yield
    except ImportError as error:
        raise SetupFailed(
            "a SOCKS proxy is configured; install SOCKS support: pip install 'seedance-tui[socks]'"
        ) from error
    except OSError as error:
        raise SetupFailed("SSL_CERT_FILE is invalid: {error}", error=error) from error
    except (ValueError, httpx.InvalidURL) as error:
        raise SetupFailed("invalid proxy setting: {error}", error=error) from error


@contextmanager
def _socks_read_as_socks5() -> Iterator[None]:
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
