"""When a known rate is questioned, how boldly, and which refusals are no answer to that."""

from __future__ import annotations

_GAINS = (1.15, 1.25, 1.4, 1.6, 2.0)
"""What a probe asks for; one that found more is followed by a bolder one."""
_CAREFUL = 1.05
"""What the next probe asks for after one that failed."""
_LEAST, _LEAST_CAREFUL = 0.5, 0.25
"""Requests a second that a probe adds at least: small shares of a limit grow faster."""
_SECONDS = 6.0
"""The least time of a first probe: what a gateway saved up would grant a short one at any rate."""
_BETWEEN, _FEW_BETWEEN, _SECONDS_BETWEEN = 8, 2, 15.0
"""Samples between two probes: the most, the least, and what is done in so many seconds."""
_FOUND = 1.06
"""How much more than before a bold probe is granted where there is more."""
_TWO = 2
"""Refusals that fail a probe, beside those that noise explains."""
_QUIET = 6
"""Samples that make the average; before so many it is not known."""
_MOST_NOISE = 0.12
"""The greatest part of refusals that is taken for noise."""
_NOISE_MARGIN = 1.5
"""How much more than the average chance often brings."""


class Noise:
    """The part of the requests that is refused while no more is asked for than is granted."""

    def __init__(self) -> None:
        self._part = 0.0
        self._samples = 0

    def learn(self, refused: float) -> None:
        """Take in the part, 0 to 1, that was refused in one sample."""
        self._samples = min(self._samples + 1, _QUIET)
        self._part += (refused - self._part) / self._samples

    @property
    def is_known(self) -> bool:
        """Whether enough samples were taken in."""
        return self._samples == _QUIET

    def explains(self, answers: int) -> float:
        """Return how many refusals among so many answers it explains."""
        return _NOISE_MARGIN * min(self._part, _MOST_NOISE) * answers


class Probes:
    """Samples that ask for more than the rate; rates in requests a second, moments in seconds."""

    def __init__(self) -> None:
        self.noise = Noise()
        self._found = 0
        """Probes in a row that found more."""
        self._careful = False
        self._ended_at = 0.0
        self._since: int | None = 0
        """Samples since the last probe; None during one."""
        self.is_window = False
        """Whether the limit is a quota by the window, of which any part may be used at once."""
        self._none_before = 0.0
        """Until when the rate is not questioned: a window that has just begun grants anything."""

    @property
    def is_on(self) -> bool:
        """Whether the present sample is a probe."""
        return self._since is None

    def is_short(self, lasted: float) -> bool:
        """Return whether the present sample is a first probe and must last longer."""
        return self.is_on and not self._found and not self.is_window and lasted < _SECONDS

    def telling(self, answers: int) -> float:
        """Return how many refusals among so many answers fail a probe."""
        return _TWO if self.is_window else _TWO + self.noise.explains(answers)

    @property
    def give_way(self) -> bool:
        """Whether a probe that failed takes something from the rate."""
        return self.noise.is_known and not self.is_window

    def asks_for(self, rate: float) -> float:
        """Return the rate at which a probe asks."""
        if self._careful:
            return max(rate * _CAREFUL, rate + (0.0 if self.is_window else _LEAST_CAREFUL))
        return max(rate * _GAINS[min(self._found, len(_GAINS) - 1)], rate + _LEAST)

    def plan(self, granted: float, rate: float, now: float) -> None:
        """Learn what a whole sample was granted, and decide whether the next one is a probe."""
        if self._since is not None:
            self._since += 1
            few = now < self._ended_at + _SECONDS_BETWEEN
            is_time = self._since >= (_BETWEEN if few else _FEW_BETWEEN)
            if is_time and now >= self._none_before:
                self._since = None
        elif self._careful and granted > rate:
            self._careful = False
        elif granted >= _FOUND * rate:
            self._found += 1
        else:
            self.end(now)

    def end(self, now: float) -> None:
        """End a probe that found nothing; a careful one and a bold one take turns."""
        self._careful = not self._careful
        self._since, self._found = 0, 0
        self._ended_at = now

    def come_soon(self) -> None:
        """Question a rate that fell after one sample: it may have fallen too far."""
        self._since = _BETWEEN - 1

    def begin_anew(self, now: float, window: float | None) -> None:
        """Forget what was found; a quota by the window of so many seconds has its first one."""
        self._since, self._found = 0, 0
        self.is_window = window is not None
        self._none_before = now + (window or 0.0)
