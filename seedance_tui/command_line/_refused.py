"""How long a refusal may last before it is believed: a good key is refused now and then."""

from __future__ import annotations

from collections.abc import Callable

PATIENCE = 600.0
"""Seconds for which a key that was accepted before may be refused."""


class Refused:
    """Which tasks are refused, and since when; `clock` in seconds, and never set back."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self.is_answered = False
        """Whether the gateway has taken the key in this run."""
        self._clock = clock
        self._since: dict[str, float] = {}
        self._all_since: float | None = None

    def answered(self, task_id: str) -> None:
        """Take in that a request was answered with the key."""
        self.is_answered = True
        self._since.pop(task_id, None)
        self._all_since = None

    def is_final(self, task_id: str, *, is_alone: bool) -> bool:
        """Take in a refusal, and return whether it is to be believed.

        `is_alone` says that other tasks are answered meanwhile.
        """
        now = self._clock()
        since = self._since.setdefault(task_id, now)
        if not is_alone:
            since = self._all_since = now if self._all_since is None else self._all_since
        return not self.is_answered or now - since >= PATIENCE
