"""Collects events that occur within a short time, so that one notice tells of all of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Generic, TypeVar

from textual.message_pump import MessagePump

_TOGETHER = 0.3
"""Seconds from the first event until all that have occurred since are passed on."""
T = TypeVar("T")


class Gather(Generic[T]):
    """Calls `tell` once with all events added within 0.3 s; the timer runs on `node`."""

    def __init__(self, node: MessagePump, tell: Callable[[Sequence[T]], None]) -> None:
        self._node = node
        self._tell = tell
        self._gathered: list[T] = []

    def add(self, one: T) -> None:
        """Add an event; the first one starts the timer."""
        self._gathered.append(one)
        if len(self._gathered) == 1:
            self._node.set_timer(_TOGETHER, self._hand_on)

    def _hand_on(self) -> None:
        gathered, self._gathered = self._gathered, []
        self._tell(gathered)
