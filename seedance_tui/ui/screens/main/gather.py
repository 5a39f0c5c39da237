"""What comes together is told together."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Generic, TypeVar

from textual.message_pump import MessagePump

_TOGETHER = 0.3
"""Seconds from the first of several things until all of them are handed on."""
T = TypeVar("T")


class Gather(Generic[T]):
    """Hands on to `tell`, in one go, what was added within 0.3 s; `node` has the timer."""

    def __init__(self, node: MessagePump, tell: Callable[[Sequence[T]], None]) -> None:
        self._node = node
        self._tell = tell
        self._gathered: list[T] = []

    def add(self, one: T) -> None:
        """Have it told, with what comes until then."""
        self._gathered.append(one)
        if len(self._gathered) == 1:
            self._node.set_timer(_TOGETHER, self._hand_on)

    def _hand_on(self) -> None:
        gathered, self._gathered = self._gathered, []
        self._tell(gathered)
