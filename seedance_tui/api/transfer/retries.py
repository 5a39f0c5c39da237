"""Retries of a failed request for a file: how many, and how soon."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from ..errors import ApiError, TransientError, WrongLength
from ._cancel import CancelToken

_T = TypeVar("_T")
LONGEST_ASKED = 120.0
"""Seconds that a store may ask to wait within a download; beyond that the caller decides."""


@dataclass(frozen=True, slots=True)
class Retries:
    """When to try again.

    `most` tries in a row may leave the file no longer than it was; `first` is the seconds before
    the first retry, doubled each time up to `longest`.
    """

    most: int = 6
    first: float = 0.5
    longest: float = 15.0
    longest_asked: float = LONGEST_ASKED
    """Seconds to wait where the store asks for it."""
    insists: bool = False
    """Whether a store that asks for more is asked again then; else the failure is raised."""
    pause: Callable[[CancelToken, float], None] = CancelToken.pause
    """Waits so many seconds, or raises Cancelled before."""


class Backoff:
    """Counts the tries in vain; a try after which the file is longer resets the count.

    `received` is how many bytes of the file are there.
    """

    def __init__(self, retries: Retries, received: int, cancel: CancelToken) -> None:
        self._retries = retries
        self._longest = received
        self._cancel = cancel
        self._in_vain = 0

    def repeat(self, work: Callable[[], _T], received: Callable[[], int]) -> _T:
        """Do the work, again after a failure that may pass, until the retries are used up."""
        while True:
            try:
                return work()
            except (TransientError, WrongLength) as error:
                self.wait(error, received())

    def wait(self, error: ApiError, received: int) -> None:
        """Wait until the next try, or raise `error` if there is none; may raise Cancelled."""
        self._in_vain = 0 if received > self._longest else self._in_vain + 1
        self._longest = max(self._longest, received)
        asked = error.retry_after or 0.0
        longest = self._retries.longest_asked
        if self._in_vain >= self._retries.most or (asked > longest and not self._retries.insists):
            raise error
        asked = min(asked, longest)
        doubled = self._retries.first * 2 ** max(0, self._in_vain - 1)
        self._retries.pause(self._cancel, max(asked, min(doubled, self._retries.longest)))
