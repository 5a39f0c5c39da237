"""Whose turn it is among the jobs, and which wait: pure functions."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from ..model.file_states import Paused, Waiting
from ..model.outcomes import Problem
from .ledger import Key

if TYPE_CHECKING:
    from .queue import Job


def ready(jobs: Sequence[Job], now: float, most: int, busy: Container[Key]) -> list[Job]:
    """Return at most `most` jobs whose turn it is."""
    waiting = (job for job in jobs if isinstance(job.state, Waiting) and job.key not in busy)
    return [job for job in waiting if job.due <= now][: max(0, most)]


def next_due(jobs: Sequence[Job], busy: Container[Key]) -> float | None:
    """Return the moment of the next try, None if there is none to wait for."""
    waiting = (job for job in jobs if isinstance(job.state, Waiting) and not job.is_held)
    return min((job.due for job in waiting if job.key not in busy), default=None)


def moved(jobs: Mapping[Key, Job], key: Key, by: int) -> dict[Key, Job]:
    """Return the jobs with one gone `by` places back, or forward where that is negative."""
    order = list(jobs)
    place = order.index(key)
    order.insert(max(0, place + by), order.pop(place))
    places = sorted(job.place for job in jobs.values())
    return {key: replace(jobs[key], place=at) for key, at in zip(order, places, strict=True)}


def held(jobs: Sequence[Job]) -> Problem | None:
    """Return why nothing at all is saved: the disk has no room for any that nobody has paused."""
    moving = [job for job in jobs if job.is_unfinished and not isinstance(job.state, Paused)]
    if not moving or not all(job.is_held for job in moving):
        return None
    state = moving[0].state
    return state.problem if isinstance(state, Waiting) else None


def next_place(jobs: Iterable[Job]) -> int:
    """Return the place behind all of these."""
    return max((job.place for job in jobs), default=-1) + 1
