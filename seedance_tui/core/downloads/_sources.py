"""From which of its links a file is fetched: one after the other, until one can be had."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol
from urllib.parse import urlsplit

from ...api.errors import (
    ApiError,
    ChecksumWrong,
    DiskError,
    Forbidden,
    KeyRefused,
    LinkExpired,
    NameTaken,
    NoLink,
    TransientError,
    WrongLength,
)
from ...api.links import Link
from ..model.entry import Entry
from ..model.problems import LOSSES

_OURS = (DiskError, NameTaken, ChecksumWrong)
"""Where the file is there, and no other link would do better."""


@dataclass(frozen=True, slots=True)
class Source:
    """One address to fetch a file from; `place` is where its link stands in the response."""

    url: str
    place: str

    def __str__(self) -> str:
        host = urlsplit(self.url).netloc.rpartition("@")[2]
        return f"{self.place} ({host})" if self.place else host


def sources(link: Link | None, entry: Entry, base_url: str) -> list[Source]:
    """Return every address of a link in the order in which they are tried, each once."""
    found: dict[str, Source] = {}
    for one in link.candidates if link else ():
        for url in entry.addresses(one, base_url):
            found.setdefault(url, Source(url, one.place))
    return list(found.values())


class Fetcher(Protocol):
    """Fetches a file from one address; `once` gives up at its first trouble, unless bytes came."""

    async def __call__(self, source: Source, *, once: bool) -> None:
        """Fetch it, or raise why it cannot be had."""
        ...


async def fetch_first(
    found: Sequence[Source], fetch: Fetcher, has_begun: Callable[[], bool]
) -> Source:
    """Fetch from the first source that has the file, and return which one that was.

    Each is asked once, and one whose trouble may pass then with patience. `has_begun` says whether
    bytes came from the last one. Raises NoLink for no source, else the most telling error.
    """
    is_alone = len(found) == 1
    errors: list[tuple[Source, ApiError]] = []
    for source in found:
        try:
            await fetch(source, once=not is_alone)
        except _OURS:
            raise
        except ApiError as error:
            errors.append((source, error))
            if has_begun() and _may_pass(error):
                break
        else:
            return source
    hopeful = [source for source, error in reversed(errors) if _may_pass(error)]
    if hopeful and not is_alone:
        best = hopeful[0] if has_begun() else hopeful[-1]
        await fetch(best, once=False)
        return best
    raise _most_telling([error for _source, error in errors])


def _may_pass(error: ApiError) -> bool:
    return isinstance(error, TransientError | WrongLength)


def _most_telling(errors: list[ApiError]) -> ApiError:
    """What may be mended comes before what is lost, and of that an expired link first."""
    mendable = [
        error for error in errors if not isinstance(error, (*LOSSES, KeyRefused, Forbidden))
    ]
    expired = [error for error in errors if isinstance(error, LinkExpired)]
    return next(iter((*mendable, *expired, *errors)), NoLink())
