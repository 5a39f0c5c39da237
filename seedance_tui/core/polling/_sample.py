"""What was asked and answered while one rate was kept."""

from __future__ import annotations

from dataclasses import dataclass

_DEEPEST = 0.5
"""The least part of the rate that one sample leaves: of clients in step one is refused most."""


@dataclass
class Sample:
    """Requests that followed one another at one rate; moments in seconds."""

    began: float | None = None
    """None until something is asked; answers to what was asked before are not in it."""
    sent: int = 0
    answers: int = 0
    refusals: int = 0
    kept_waiting: bool = False
    """Whether a request had to wait for its turn: a limit that is not used up tells nothing."""

    def send(self, now: float, *, waits: bool) -> None:
        """Count a request."""
        if self.began is None:
            self.began = now
        self.sent += 1
        self.kept_waiting |= waits

    def holds(self, asked_at: float) -> bool:
        """Return whether what was asked at that moment is a part of it."""
        return self.began is not None and asked_at >= self.began

    def count(self, *, refused: bool) -> None:
        """Count the answer to a request that it holds."""
        self.answers += 1
        self.refusals += refused

    def lasts(self, now: float) -> float:
        """Return the seconds since it began."""
        return now - (self.began or 0.0)

    @property
    def refused(self) -> float:
        """The part of the answers that were refusals, 0 to 1."""
        return self.refusals / self.answers

    @property
    def granted(self) -> float:
        """The part of the rate that was granted; one sample leaves half of it at least."""
        return max(_DEEPEST, 1 - self.refused)
