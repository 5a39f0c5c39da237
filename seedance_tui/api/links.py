"""Which links a task offers, in which order they are tried, and when they expire."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from ._link_places import MOST_VIDEOS, Written, last_frame, original, videos
from .file_types import KindSpec, Medium
from .models import Task
from .signatures import file_of, signed_until
from .web_addresses import content_task, file_name, redacted, written_link

DAY = 86_400.0
"""Upstream deletes a video 24 hours after it finished (source: the seed)."""


class Kind(StrEnum):
    """What a link leads to; where one task has made several videos, the result is the first."""

    RESULT = "result"
    vars().update({f"RESULT_{number}": f"result {number}" for number in range(2, MOST_VIDEOS + 1)})
    ORIGINAL = "original"
    LAST_FRAME = "last frame"

    @property
    def spec(self) -> KindSpec:
        """What is the same of every file of this kind."""
        return _KINDS[self]

    @property
    def is_video(self) -> bool:
        """Whether its files are videos; else they are pictures."""
        return self.spec.medium is Medium.VIDEO

    @property
    def number(self) -> int:
        """Which of several videos of one task it is, from 1 on; 0 for what is no result."""
        return RESULTS.index(self) + 1 if self in RESULTS else 0


RESULTS = tuple(kind for kind in Kind if kind.value.startswith("result"))
"""The videos of one task, in order."""
_KINDS: Mapping[Kind, KindSpec] = {
    **{kind: KindSpec(Medium.VIDEO, f"_{number}") for number, kind in enumerate(RESULTS, 1)},
    Kind.RESULT: KindSpec(Medium.VIDEO),
    Kind.ORIGINAL: KindSpec(Medium.VIDEO, "_original"),
    Kind.LAST_FRAME: KindSpec(Medium.PICTURE, "_last_frame"),
}
SUFFIXES = (Kind.ORIGINAL.spec.suffix, Kind.LAST_FRAME.spec.suffix)
"""What no task ID ends with; a number may end one."""


class Ground(StrEnum):
    """What a deadline is known from."""

    SIGNATURE = "signature"
    """The link says it itself."""
    GUESS = "guess"
    """A day after the task: others keep a link for 7 or 30 days."""


@dataclass(frozen=True, slots=True)
class Link:
    """A link that a task offers; `deadline` in Unix seconds, None if nothing tells it.

    `url` is a web link, or the path of the gateway's content route (`web_addresses.addresses`).
    """

    kind: Kind
    url: str
    deadline: float | None
    ground: Ground = Ground.SIGNATURE
    """What the deadline is known from."""
    place: str = ""
    """Where it stands in the response, such as `data.result_url`."""
    others: tuple[Link, ...] = ()
    """What is tried in its place, in order, where it cannot be had."""

    @property
    def candidates(self) -> tuple[Link, ...]:
        """Itself and the others, in the order in which they are tried."""
        return (self, *self.others)

    def current(self, now: float) -> Link:
        """Return the first candidate whose signature is not over; itself where all are."""
        if not self.others or not self.has_expired(now):
            return self
        return next((link for link in self.others if not link.has_expired(now)), self)

    def has_expired(self, now: float) -> bool:
        """Whether its own signature says that it is over; a guess never does."""
        deadline = self.deadline
        return deadline is not None and deadline <= now and self.ground is Ground.SIGNATURE

    def expires_by(self, now: float) -> Ground | None:
        """Return what the time left is known from; None where nothing tells it."""
        current = self.current(now)
        return None if current.deadline is None else current.ground

    def left(self, now: float) -> float | None:
        """Seconds until it expires, negative when it has, None when nothing tells."""
        deadline = self.current(now).deadline
        return None if deadline is None else deadline - now

    def __repr__(self) -> str:
        return f"Link({self.kind}, {redacted(self.url)}, {self.deadline})"


def link_of(task: Task, kind: Kind) -> Link | None:
    """The task's link of that kind, or None."""
    return next((link for link in links_of(task) if link.kind is kind), None)


def links_of(task: Task) -> Iterator[Link]:
    """Every link that the task offers, the result first, the others of a kind within its first.

    Only a task that is done, by either service, offers any: on FAILURE the open-source gateway
    puts the error text into `result_url`, and on SUCCESS `fail_reason` may be a legacy copy of
    the link.
    """
    if not task.offers_links:
        return
    originals = list(_offered(task, original(task)))
    for kind, found in zip(RESULTS, _results(task, originals), strict=False):
        yield from _in_order(kind, found)
    yield from _in_order(Kind.ORIGINAL, originals)
    yield from _in_order(Kind.LAST_FRAME, list(_offered(task, last_frame(task))))


def _results(task: Task, originals: list[Link]) -> Iterator[list[Link]]:
    """The candidates of each video that has any; a link belongs to one video alone.

    The original, which is another video than the result, is none where there is another.
    """
    taken = set[str]()
    for places in videos(task):
        found = list(_offered(task, places))
        found = [link for link in _without(originals, found) or found if link.url not in taken]
        taken.update(link.url for link in found)
        if found:
            yield found


def _offered(task: Task, places: Iterable[Written]) -> Iterator[Link]:
    """Those of the written texts that are links, each once."""
    seen, ids = set[str](), [one for one in (task.id, task.upstream.id) if one]
    for place, text in places:
        if text in seen:
            continue
        url = written_link(text)
        if url is None and content_task(text) in ids:
            url = text.strip()
        if url and url not in seen:
            seen.add(url)
            yield Link(Kind.RESULT, url, *_deadline(url, task.finish_time), place)


def _without(originals: list[Link], found: list[Link]) -> list[Link]:
    """The candidates that are not the original."""
    files = {file_of(link.url) for link in originals}
    return [link for link in found if file_of(link.url) not in files]


def _in_order(kind: Kind, links: list[Link]) -> Iterator[Link]:
    """The first of the links, with the others within it; nothing of none."""
    if not links:
        return
    if kind is not Kind.RESULT:
        links = [replace(link, kind=kind) for link in links]
    first, *others = links
    yield replace(first, others=tuple(others)) if others else first


def _deadline(url: str, finished: float | None) -> tuple[float | None, Ground]:
    """When the link expires, in Unix seconds: by its own signature, else a day after the task."""
    until = signed_until(url)
    if until is not None:
        return until, Ground.SIGNATURE
    return finished + DAY if finished is not None else None, Ground.GUESS


def extension(url: str, kind: Kind = Kind.RESULT) -> str | None:
    """The ending that the link gives its file, such as `.mp4`; None where it names none."""
    ending = f".{file_name(url).rpartition('.')[2].lower()}"
    return ending if ending in kind.spec.medium.endings else None
