"""The log: a file of bounded size, one line for each record, and no secret in it.

Nothing is opened before the first record, and a file that cannot be written disturbs nobody.
"""

from __future__ import annotations

import json
import logging
import os
import re
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from io import TextIOWrapper
from logging.handlers import RotatingFileHandler
from pathlib import Path
from typing import TextIO
from urllib.parse import quote

from ... import __version__
from ...api.key import ApiKey, redact
from ..text.i18n import _
from ..text.sanitize import safe

_log = logging.getLogger(__name__)
_PACKAGE = __name__.partition(".")[0]
_LARGEST = 1_000_000
"""Bytes of the file, and of the one kept from before it."""
_LONGEST = 20_000
"""Characters of a record; the middle of a longer one is left out."""
_QUERY = re.compile(r"(https?:\\?/\\?/[^\s?#]*)[?#]\S*", re.IGNORECASE)
_ADDRESS = re.compile(r"(\w:\\?/\\?/)(\S*)")
_END_OF_HOST = re.compile(r"[\\/?#]")
_BEARER = re.compile(r"\b(bearer\s+)\S+", re.IGNORECASE)
_SIGNED = re.compile(r"((?:signature|credential|token|accesskeyid)(?:=|%3D))[^\s&]+", re.IGNORECASE)

_secrets: set[str] = set()
_handlers: list[logging.Handler] = []


def begin(path: Path, *, verbose: bool = False, on_screen: bool = False) -> None:
    """Log to `path` from here on: warnings or, if `verbose`, everything that is the program's own.

    With `on_screen` a verbose log goes to standard error too.
    """
    end()
    _handlers.append(_File(path))
    if verbose and on_screen:
        _handlers.append(_Screen(sys.stderr))
    for handler in _handlers:
        handler.setFormatter(_OneLine())
        logging.getLogger().addHandler(handler)
    logging.getLogger(_PACKAGE).setLevel(logging.DEBUG if verbose else logging.WARNING)
    python = sys.version.partition(" ")[0]
    _log.info("seedance-tui %s, Python %s on %s", __version__, python, sys.platform)


def end() -> None:
    """Log nowhere any more."""
    _close()
    for handler in _handlers:
        logging.getLogger().removeHandler(handler)
    _handlers.clear()


@contextmanager
def closed_at_end() -> Iterator[None]:
    """Close the file in the end; a later record opens it again, and makes its folder again."""
    try:
        yield
    finally:
        _close()


def is_begun() -> bool:
    """Whether records are kept."""
    return bool(_handlers)


def _close() -> None:
    for handler in _handlers:
        handler.close()


def fault(error: BaseException) -> str:
    """Log an error that nobody expected; return the one line that tells of it, and where."""
    _log.critical("a fault of the program", exc_info=error)
    files = (handler for handler in _handlers if isinstance(handler, _File))
    path = next((file.baseFilename for file in files if file.stream), None)
    while isinstance(error, BaseExceptionGroup):
        error = error.exceptions[0]
    if path:
        words = _("internal error ({error}); details in {path}")
    else:
        words = _("internal error ({error}); the log could not be written")
    return words.format(error=type(error).__name__, path=path)


def conceal(key: ApiKey) -> None:
    """Take the key out of every record from here on, however it is spelt there."""
    secret = key.reveal()
    _secrets.update((secret, quote(secret, safe=""), repr(secret)[1:-1], json.dumps(secret)[1:-1]))


def redacted(text: str) -> str:
    """Take out keys, and of links what opens them: the query and the login."""
    for secret in sorted(_secrets, key=len, reverse=True):
        text = text.replace(secret, "…")
    text = _ADDRESS.sub(_without_login, text)
    for pattern, rest in ((_QUERY, "?…"), (_BEARER, "…"), (_SIGNED, "…")):
        text = pattern.sub(rf"\1{rest}", text)
    return redact(text)


def _without_login(match: re.Match[str]) -> str:
    """Take the login out; where a password has a `/` or `#`, nothing tells where the host is."""
    scheme, rest = match[1], match[2]
    host = _END_OF_HOST.split(rest, maxsplit=1)[0]
    _login, at, name = host.rpartition("@")
    behind = rest[len(host) :]
    return f"{scheme}…" if "@" in behind else f"{scheme}{'…@' if at else ''}{name}{behind}"


class _OneLine(logging.Formatter):
    """A record is one line, its traceback lines set in below; moments are UTC."""

    default_time_format = "%Y-%m-%dT%H:%M:%S"
    default_msec_format = "%s.%03dZ"

    def __init__(self) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s: %(message)s")
        self.converter = time.gmtime

    def formatMessage(self, record: logging.LogRecord) -> str:  # noqa: N802  logging's own name
        return super().formatMessage(record).replace("\n", "\\n")

    def format(self, record: logging.LogRecord) -> str:
        text = redacted(safe(super().format(record), lines=True))
        if len(text) > _LONGEST:
            text = f"{text[: _LONGEST // 2]}\n…\n{text[-_LONGEST // 2 :]}"
        return text.replace("\n", "\n    ")


class _Quiet(logging.Handler):
    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802  logging's own name
        """Go on without the record: the program matters more than its log."""


class _Screen(_Quiet, logging.StreamHandler[TextIO]):
    pass


class _File(_Quiet, RotatingFileHandler):
    """Readable by its owner alone."""

    def __init__(self, path: Path) -> None:
        super().__init__(path, maxBytes=_LARGEST, backupCount=1, encoding="utf-8", delay=True)

    def _open(self) -> TextIOWrapper:
        folder = Path(self.baseFilename).parent
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        return open(self.baseFilename, "a", encoding="utf-8", opener=_private)


def _private(path: str, flags: int) -> int:
    descriptor = os.open(path, flags, 0o600)
    if os.name == "posix":
        with suppress(OSError):
            os.fchmod(descriptor, 0o600)
    return descriptor
