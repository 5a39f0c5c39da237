"""What time it is for a server: the machine's clock, or one that a test turns by hand."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import formatdate

Clock = Callable[[], float]


@dataclass(slots=True)
class ManualClock:
    """A clock that stands still, at Unix seconds, until it is turned."""

    now: float = 1_784_600_000.0

    def __call__(self) -> float:
        """Tells the time, Unix seconds."""
        return self.now

    def turn(self, seconds: float) -> None:
        """Moves the clock on."""
        self.now += seconds


def http_date(at: float) -> str:
    """Writes Unix seconds as HTTP headers do: `Tue, 21 Jul 2026 02:13:20 GMT`."""
    return formatdate(at, usegmt=True)


def compact_date(at: float) -> str:
    """Writes Unix seconds as signed links do: `20260721T021320Z`."""
    return datetime.fromtimestamp(at, UTC).strftime("%Y%m%dT%H%M%SZ")


def parse_compact_date(text: str) -> float:
    """Reads `20260721T021320Z` as Unix seconds."""
    return datetime.strptime(text, "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC).timestamp()
