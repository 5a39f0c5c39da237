"""What reads the same for a while although time goes on: until then nobody need look at it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from operator import is_
from typing import NamedTuple

_AHEAD = 60
"""Seconds that are looked ahead at most."""
_RESTLESS = 10.0
"""Seconds for which nothing is looked ahead that reads otherwise with every second."""
_AT_ONCE = 4
"""How many look ahead at one moment: a key that is pressed then waits for them."""
_MOST = 512

_Span = tuple[tuple[object, ...], float, float, bool]
"""What a text is made of, from when until when that was found, and whether it stays as it is."""


class Shown(NamedTuple):
    """A view of many texts: the objects that they are made of, and the numbers of what is seen."""

    made_of: tuple[object, ...]
    place: tuple[int, ...]


class Steady:
    """Keeps for which span of time a text stays.

    Every text about time is monotone: what reads the same now and then has not changed between.
    """

    def __init__(self) -> None:
        self._spans: dict[object, _Span] = {}
        self._turn = 0.0, 0
        self._rest = Shown((), ()), 0.0, 0.0

    def clear(self) -> None:
        """Forget all."""
        self._spans.clear()
        self._rest = Shown((), ()), 0.0, 0.0

    def rest(self, shown: Shown, now: float, keys: Iterable[object]) -> None:
        """Note that the texts of these keys hold, which are all that there is of `shown`."""
        ends = [self._spans[key][2] for key in keys if key in self._spans]
        self._rest = shown, now, min(ends, default=now)

    def rests(self, shown: Shown, now: float) -> bool:
        """Whether all texts that were noted last still hold."""
        before, begin, end = self._rest
        is_same = before.place == shown.place and _is_same(before.made_of, shown.made_of)
        return is_same and begin <= now < end

    def holds(
        self,
        key: object,
        made_of: tuple[object, ...],
        now: float,
        reads: Callable[[float], object],
    ) -> bool:
        """Whether a text is as it was when this was asked last; if that is not known, look ahead.

        `made_of` are all the objects besides the time that it is made of, `now` Unix seconds;
        `reads` returns how it is at a moment.
        """
        before, begin, end, is_steady = self._spans.get(key, ((), 0.0, 0.0, False))
        if begin <= now < end and _is_same(before, made_of):
            return is_steady
        at, count = self._turn
        self._turn = now, count + 1 if at == now else 1
        if self._turn[1] <= _AT_ONCE:
            stays = _seconds_of(now, reads)
            if len(self._spans) >= _MOST:
                self._spans.clear()
            rest = stays or (1.0 if reads(now + 1) == reads(now + 2) else _RESTLESS)
            self._spans[key] = made_of, now, now + rest, bool(stays)
        return False


def _is_same(before: tuple[object, ...], made_of: tuple[object, ...]) -> bool:
    return len(before) == len(made_of) and all(map(is_, before, made_of))


def _seconds_of(now: float, reads: Callable[[float], object]) -> int:
    """Return for how many whole seconds it stays as it is, at most `_AHEAD`."""
    text = reads(now)
    if reads(now + 1) != text:
        return 0
    if reads(now + _AHEAD) == text:
        return _AHEAD
    low, high = 1, _AHEAD
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if reads(now + middle) == text else (low, middle)
    return low
