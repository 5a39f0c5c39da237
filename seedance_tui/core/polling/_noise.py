"""Refusals that no limit explains: what a gateway under load refuses at any rate."""

from __future__ import annotations

_SAMPLES = 6
"""Samples that make the average; before so many it is not known."""
_MOST = 0.12
"""The greatest part of refusals that is taken for noise."""
_MARGIN = 1.5
"""How much more than the average chance often brings."""


class Noise:
    """The part of the requests that is refused while no more is asked for than is granted."""

    def __init__(self) -> None:
        self._part = 0.0
        self._samples = 0

    def learn(self, refused: float) -> None:
        """Take in the part, 0 to 1, that was refused in one sample."""
        self._samples = min(self._samples + 1, _SAMPLES)
        self._part += (refused - self._part) / self._samples

    @property
    def is_known(self) -> bool:
        """Whether enough samples were taken in."""
        return self._samples == _SAMPLES

    def explains(self, answers: int) -> float:
        """Return how many refusals among so many answers it explains."""
        return _MARGIN * min(self._part, _MOST) * answers
