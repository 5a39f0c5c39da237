"""Which unsaved videos cannot be had any more, and since when: each is told once."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from dataclasses import dataclass

from ..model.entry import Entry

_log = logging.getLogger(__name__)
RECENT = 86_400.0
"""Seconds: of what was lost while the program did not run, so much is news at its start."""


@dataclass(frozen=True, slots=True)
class Loss:
    """A task with a video that is lost; `at` is when, in Unix seconds."""

    entry: Entry
    at: float


class Losses:
    """Tells each loss once; `told` are those of this run that still stand, the first one first."""

    def __init__(self) -> None:
        self.told: tuple[Loss, ...] = ()
        self.news: dict[str, bool] = {}
        """What this run writes to the history, by task ID: whether it is lost, and told."""
        self._known: set[str] | None = None
        self._told_before: set[str] = set()

    def restore(self, task_ids: Iterable[str]) -> None:
        """Take these as told by an earlier run."""
        self._told_before = set(task_ids)

    def check(self, entries: Iterable[Entry], now: float) -> list[Loss]:
        """Return what was lost since the last call, the first one first; moments in Unix seconds.

        What is saved after all, or no longer watched, is a loss no more. At the first call what
        was lost long ago is old news.
        """
        entries = tuple(entries)
        losses = _losses(entries, now)
        if self._known is None:
            old = {loss.entry.id for loss in losses if loss.at < now - RECENT}
            self._known = old | self._told_before
        new = [loss for loss in losses if loss.entry.id not in self._known]
        for loss in new:
            _log.warning("%s is lost: its video was never saved", loss.entry.id)
        told = {loss.entry.id for loss in (*self.told, *new)}
        self.told = tuple(loss for loss in losses if loss.entry.id in told)
        lost = {loss.entry.id for loss in losses}
        found = {entry.id for entry in entries if entry.id in self._known} - lost
        self.news |= {loss.entry.id: True for loss in new} | dict.fromkeys(found, False)
        self._known = lost
        return new

    @property
    def since(self) -> float | None:
        """When the first of those told was lost, in Unix seconds; None if none was."""
        return self.told[0].at if self.told else None


def _losses(entries: Iterable[Entry], now: float) -> list[Loss]:
    found = [Loss(e, at) for e in entries if (at := e.lost_at(now)) is not None]
    return sorted(found, key=lambda loss: loss.at)
