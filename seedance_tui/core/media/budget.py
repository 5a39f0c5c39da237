"""How much may be fetched for pictures, of one task and in all."""

from __future__ import annotations

from threading import Lock

from .no_picture import NoPicture, Obstacle

MEBIBYTE = 1024 * 1024


class Budget:
    """Bytes that may be fetched for pictures until the program ends; any thread may spend."""

    def __init__(self, task: int = 8 * MEBIBYTE, total: int = 64 * MEBIBYTE) -> None:
        self._task = task
        self._left = total
        self._spent: dict[str, int] = {}
        self._lock = Lock()

    def left(self, name: str) -> int:
        """Bytes that may still be fetched for a task."""
        return max(0, min(self._left, self._task - self._spent.get(name, 0)))

    def spend(self, name: str, count: int) -> None:
        """Note that so many bytes are about to be fetched; raises NoPicture if they may not be."""
        with self._lock:
            if count > self.left(name):
                raise NoPicture(Obstacle.OUT_OF_BUDGET)
            self._left -= count
            self._spent[name] = self._spent.get(name, 0) + count
