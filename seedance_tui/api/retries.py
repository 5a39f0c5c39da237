"""How often, and how soon, a cut connection is tried again."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from .errors import ApiError

LONGEST_ASKED = 120.0
"""Seconds that a store may ask to wait within a download; its caller knows better beyond."""


@dataclass(frozen=True, slots=True)
class Retries:
    """How a cut connection is tried again.

    `most` tries in a row may leave the file no longer than it was; `first` is the seconds before
    the first retry, doubled each time up to `longest`.
    """

    most: int = 6
    first: float = 0.5
    longest: float = 15.0
    pause: Callable[[float], Awaitable[None]] = asyncio.sleep
    """Waits so many seconds."""


class Patience:
    """Counts the tries that were in vain; one after which the file is longer begins anew."""

    def __init__(self, retries: Retries, received: int) -> None:
        self._retries = retries
        self._longest = received
        self._in_vain = 0

    async def wait(self, error: ApiError, received: int) -> None:
        """Sleep until the next try, or raise the error of the last one."""
        self._in_vain = 0 if received > self._longest else self._in_vain + 1
        self._longest = max(self._longest, received)
        asked = error.retry_after or 0.0
        if self._in_vain >= self._retries.most or asked > LONGEST_ASKED:
            raise error
        doubled = self._retries.first * 2 ** max(0, self._in_vain - 1)
        await self._retries.pause(max(asked, min(doubled, self._retries.longest)))
