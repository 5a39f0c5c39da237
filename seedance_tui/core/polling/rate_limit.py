"""The rate of requests that a gateway grants, found from its refusals; the clock is passed in."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ._probes import Probes

_UNKNOWN = float("inf")
_ANSWERS = 16
"""Answers in a sample; refusals that tell enough end it sooner."""
_SOME, _MANY = 3, 8
"""Refusals that show a limit where none is known, and that no noise explains.

Noise of one refusal in ten has eight or more in one sample of ten thousand.
"""
_CRUISE = 0.97
"""The part of the granted rate that is asked for between two probes."""
_KEPT = 0.96
"""The part of the rate that a failed probe leaves: large shares of a limit give more away."""
_MEMORY, _SHORT_MEMORY = 6, 2
"""Samples of which the best counts: few of them under a quota by the window."""
_SLOWEST = 1 / 30
"""Requests a second while all are refused: the end of it is soon noticed."""
_MODEST = 1.0
"""Requests a second where nothing better is known, and which too few requests cannot refute."""
_SLACK = 0.05
"""Seconds for which a turn that was not used can be made up for."""
_BLOCKED, _FIRST_PAUSE = 4, 0.5
"""Refusals in a row after which one request at a time goes out, after longer pauses; seconds."""
_STRETCH, _LONG_STRETCH = 5.0, 300.0
"""Seconds without a grant after which the average counts, and after which it is out of date."""
_WINDOW = 30.0
"""Seconds without a grant that no other client explains: it is a quota by the window."""
_ENOUGH = 5
"""Grants that make an average."""
_DEEPEST = 0.5
"""The least part of the rate that one sample leaves: of clients in step one is refused most."""


@dataclass
class RateSample:
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

    def count(self, asked_at: float, *, refused: bool) -> bool:
        """Count the answer to what was asked at that moment; False if that is no part of it."""
        if self.began is None or asked_at < self.began:
            return False
        self.answers += 1
        self.refusals += refused
        return True

    def lasts(self, now: float) -> float:
        """Return the seconds since it began."""
        return now - (self.began or 0.0)

    @property
    def refused(self) -> float:
        """The part of the answers that were refusals, 0 to 1."""
        return self.refusals / self.answers


class RateLimit:
    """How fast requests may follow one another; rates in requests a second, moments in seconds.

    No limit is known at first. `rate` is then the most that was granted in one of the last samples,
    and now and then a sample asks for more, as in TCP BBR: refusals at random, which are granted
    less at any rate, do not slow it down, as they would where each refusal cuts the rate. A probe
    that fails gives a little away, so that programs with one key come to like shares. A sample
    with many refusals counts alone. After a stretch without any grant, as of a quota by the minute,
    the rate is what was granted on average, which is not questioned for as long as the stretch was:
    in a window that has just begun a probe is granted what is refused at its end.
    """

    def __init__(self) -> None:
        self.rate = _UNKNOWN
        self._rates: deque[float] = deque(maxlen=_MEMORY)
        self._next = 0.0
        self._sample = RateSample()
        self._refused_in_a_row = 0
        self._blocked_at: float | None = None
        self._pause = 0.0
        self._granted_at: float | None = None
        self._average_since = 0.0
        self._grants = 0

    @property
    def next_at(self) -> float:
        """The moment from which the next request may go out."""
        return self._next

    @property
    def is_blocked(self) -> bool:
        """Whether nothing is granted at present: one request at a time is enough to see the end."""
        return self._blocked_at is not None

    def admit(self, now: float) -> bool:
        """Return whether a request may go out now, and count it if it may."""
        if now < self._next:
            self._sample.kept_waiting = True
            return False
        self.reserve(now)
        return True

    def reserve(self, now: float) -> float:
        """Count a request, and return the moment of its turn, for which it has to wait."""
        turn = max(now, self._next)
        if self._sample.began is None:
            self._average_since = now
        self._sample.send(now, waits=turn > now)
        self._next = max(self._next, now - _SLACK) + 1 / self._asked_for
        return turn

    def granted(self, asked_at: float, now: float) -> None:
        """Learn that a request was answered."""
        self._grants += 1
        self._refused_in_a_row = 0
        if self._blocked_at is not None and asked_at >= self._blocked_at:
            self._blocked_at = None
            self._end_stretch(asked_at, now)
        self._granted_at = asked_at
        self._count(asked_at, now, refused=False)

    def refused(self, asked_at: float, now: float, wait: float | None = None) -> None:
        """Learn that a request was refused because there were too many; `wait` is what was told."""
        self._refused_in_a_row += 1
        self._count(asked_at, now, refused=True)
        if wait:
            self.block(now, wait)
        elif self._blocked_at is not None and asked_at >= self._blocked_at:
            self.block(now, 2 * self._pause)
        elif self._blocked_at is None and self._refused_in_a_row >= _BLOCKED:
            self.block(now, _FIRST_PAUSE)

    def block(self, now: float, wait: float) -> None:
        """Learn that nothing is granted from now on, and ask no sooner again; it ends a probe."""
        if self._blocked_at is None:
            self._blocked_at = now
        self._pause = min(1 / _SLOWEST, wait)
        self._next = max(self._next, now + self._pause)
        if self._is_probing:
            self._probes.end(now)
            self._begin_sample(now)

    def hurry(self, now: float) -> None:
        """Let one request go at once: a person asks for it."""
        self._next = min(self._next, now)

    def _count(self, asked_at: float, now: float, *, refused: bool) -> None:
        if not self._sample.count(asked_at, refused=refused):
            return
        too_many = self._sample.refusals >= self._telling
        is_short = self._is_probing and self._probes.is_short(self._sample.lasts(now))
        if too_many or (self._sample.answers >= _ANSWERS and not is_short):
            self._judge(now, too_many=too_many)
            self._begin_sample(now)

    @property
    def _telling(self) -> float:
        """The refusals that end a sample."""
        if self.rate == _UNKNOWN:
            return _SOME
        return self._probes.telling(self._sample.answers) if self._is_probing else _MANY

    def _judge(self, now: float, *, too_many: bool) -> None:
        """Learn from a whole sample; a probe that fails gives a little of the rate away."""
        if too_many and self._is_probing:
            self._probes.end(now)
            if self._probes.give_way:
                self._give_way()
        elif too_many:
            self._rates.clear()
            self._learn(self._sent_rate(now) * max(_DEEPEST, 1 - self._sample.refused), now)
            self._probes.come_soon()
        elif self._sample.kept_waiting:
            if not self._is_probing:
                self._probes.noise.learn(self._sample.refused)
            granted = max(self.rate, self._asked_for) * (1 - self._sample.refused)
            self._probes.plan(granted, self.rate, now)
            self._learn(granted, now)

    def _give_way(self) -> None:
        """Ask for less, as TCP does: who shares a limit has a like part of it in the end."""
        self.rate = max(_SLOWEST, self.rate * _KEPT)
        self._rates = deque((min(self.rate, one) for one in self._rates), maxlen=_MEMORY)

    @cached_property
    def _probes(self) -> Probes:
        from ._probes import Probes  # not needed before a gateway has refused

        return Probes()

    @property
    def _is_probing(self) -> bool:
        return self.rate != _UNKNOWN and self._probes.is_on

    @property
    def _asked_for(self) -> float:
        """The rate at which requests go out now."""
        return self._probes.asks_for(self.rate) if self._is_probing else self.rate * _CRUISE

    def _sent_rate(self, now: float) -> float:
        """Return the rate that was really asked for: a limit that was not used up tells nothing."""
        elapsed = self._sample.lasts(now)
        sent = max(_MODEST, self._sample.sent / elapsed) if elapsed > 0 else _UNKNOWN
        return min(self._asked_for, sent)

    def _learn(self, granted: float, now: float) -> None:
        self._rates.append(granted)
        memory = _SHORT_MEMORY if self._probes.is_window else _MEMORY
        self.rate = max(_SLOWEST, *list(self._rates)[-memory:])
        self._next = max(self._next, now + 1 / self._asked_for)

    def _begin_sample(self, now: float) -> None:
        self._sample = RateSample(began=now)

    def _end_stretch(self, asked_at: float, now: float) -> None:
        """Take the average since the last such stretch for the rate; a long one has undone it."""
        stretch = asked_at - (self._average_since if self._granted_at is None else self._granted_at)
        if stretch < _STRETCH:
            return
        is_known = self._grants >= _ENOUGH and stretch < _LONG_STRETCH
        average = self._grants / (asked_at - self._average_since)
        self._rates.clear()
        is_window = is_known and stretch >= _WINDOW
        self._probes.begin_anew(now, stretch if is_window else None)
        self._learn(average if is_known else _MODEST, now)
        self._average_since, self._grants = asked_at, 0
        self._begin_sample(now)
