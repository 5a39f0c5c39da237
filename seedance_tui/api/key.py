"""The API key, kept where no `repr` shows it."""

from __future__ import annotations


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
