"""The API key, kept where no `repr` shows it, and as people paste it."""

from __future__ import annotations

import re

_AROUND = " \t\r\n\v\f\x00\xa0\u200b\u2060\ufeff\"'`“”‘’«»<>,;"
_NAME = re.compile(
    r"(export\s+|setx?\s+|\$env:)?[\"']?(anyfast_api_key|api[_-]?key)[\"']?(\s*[=:]\s*|\s+)",
    re.IGNORECASE,
)
_HEADER = re.compile(
    r"(-H\s+)?[\"']?((authorization|x-api-key)\s*:\s*(bearer\s+)?|bearer([\s:]+|$))", re.IGNORECASE
)

_KEY_LIKE = re.compile(r"\b(sk-|AKLT)[\w*.\-]{3,}")


class ApiKey:
    """A secret: it shows itself only to `reveal()`."""

    __slots__ = ("_secret",)

    def __init__(self, secret: str) -> None:
        self._secret = secret

    def reveal(self) -> str:
        """Return the key itself, for the `Authorization` header."""
        return self._secret

    def __repr__(self) -> str:
        return "ApiKey(…)"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, ApiKey) and other._secret == self._secret

    def __hash__(self) -> int:
        return hash(self._secret)


def cleaned_key(text: str) -> str:
    """Return the key that is certainly meant; all else as it is, to be refused."""
    key = _only_line(text).strip(_AROUND)
    while prefix := _NAME.match(key) or _HEADER.match(key):
        key = key[prefix.end() :].strip(_AROUND)
    return key


def _only_line(text: str) -> str:
    """Pick the line with the key's name out of a file of variables, or the only one that says."""
    lines = [line.strip(_AROUND) for line in text.splitlines()]
    lines = [line for line in lines if line and not line.startswith("#")]
    named = [line for line in lines if _NAME.match(line)]
    for found in (named, lines):
        if len(found) == 1:
            return found[0]
    return text


def redact(text: str, key: str = "") -> str:
    """Take `key`, and whatever looks like a piece of one, out of a server's text.

    Some 401 texts of the gateway carry a piece of the key (its source: `TokenStatusExhausted`).
    """
    if key:
        text = text.replace(key, "…")
    return _KEY_LIKE.sub(r"\1…", text)
