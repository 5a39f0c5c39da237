"""The rate of requests that a gateway grants, found from its refusals; the clock is passed in."""

from __future__ import annotations

from collections import deque

_UNKNOWN = float("inf")
_ANSWERS = 16
"""Answers in a sample; refusals that tell enough end it sooner."""
_TWO, _SOME, _MANY = 2, 3, 8
"""Refusals that end a probe, that show a limit where none is known, and that no noise explains.

Noise of one refusal in ten has eight or more in one sample of ten thousand.
"""
_DEEPEST = 0.25
"""The least part of the rate that one sample leaves."""
_CRUISE = 0.97
"""The part of the granted rate that is asked for between two probes."""
_PROBES = (1.15, 1.25, 1.4, 1.6, 2.0)
"""What a probe asks for; one that found more is followed by a bolder one."""
_CAREFUL = 1.05
"""What the next probe asks for after one that failed."""
_LEAST_PROBE = 0.5
"""Requests a second that a bold probe adds at least: small shares of a limit grow faster."""
_BETWEEN, _FEW_BETWEEN, _SECONDS_BETWEEN = 8, 2, 15.0
"""Samples between two probes: the most, the least, and what is done in so many seconds."""
_MEMORY, _SHORT_MEMORY = 6, 2
"""Samples of which the best counts: few of them under a quota by the window."""
_FOUND = 1.06
"""How much more than before a bold probe is granted where there is more."""
_SLOWEST = 1 / 30
"""Requests a second while all are refused: the end of it is soon noticed."""
_MODEST = 1.0
"""Requests a second where nothing better is known, and which too few requests cannot refute."""
_SLACK = 0.05
"""Seconds for which a turn that was not used can be made up for."""
_BLOCKED = 4
"""Refusals in a row after which one request at a time goes out, after longer and longer pauses."""
_FIRST_PAUSE = 0.5
"""Seconds."""
_STRETCH, _LONG_STRETCH = 5.0, 300.0
"""Seconds without a grant after which the average counts, and after which it is out of date."""
_WINDOW = 30.0
"""Seconds without a grant that no other client explains: it is a quota by the window."""
_ENOUGH = 5
"""Grants that make an average."""


class RateLimit:
    """How fast requests may follow one another; rates in requests a second, moments in seconds.

    No limit is known at first. `rate` is then the most that was granted in one of the last samples,
    and now and then a sample asks for more, as in TCP BBR: refusals at random, which are granted
    less at any rate, do not slow it down, as they would where each refusal cuts the rate. A sample
    with many refusals counts alone. After a stretch without any grant, as of a quota by the minute,
    the rate is what was granted on average, which is not questioned for as long as the stretch was:
    in a window that has just begun a probe is granted what is refused at its end.
    """

    def __init__(self) -> None:
        self.rate = _UNKNOWN
        self._samples: deque[float] = deque(maxlen=_MEMORY)
        self._found = 0
        """Probes in a row that found more."""
        self._careful = False
        self._probed_at = 0.0
        self._since_probe: int | None = 0
        """Samples since the last probe; None during one."""
        self._next = 0.0
        self._since: float | None = None
        """When the sample began; answers to what was asked before are not in it."""
        self._sent = self._answers = self._refusals = 0
        self._kept_waiting = False
        self._refused_in_a_row = 0
        self._blocked_at: float | None = None
        self._pause = 0.0
        self._granted_at: float | None = None
        self._average_since = 0.0
        self._grants = 0
        self._memory = _MEMORY
        self._trusted_until = 0.0
        """Until when an average is not questioned: a window that has just begun grants anything."""

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
            self._kept_waiting = True
            return False
        self.reserve(now)
        return True

    def reserve(self, now: float) -> float:
        """Count a request, and return the moment of its turn, for which it has to wait."""
        turn = max(now, self._next)
        self._kept_waiting |= turn > now
        if self._since is None:
            self._since = self._average_since = now
        self._sent += 1
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
            self._end_probe(now)
            self._begin_sample(now)

    def hurry(self, now: float) -> None:
        """Let one request go at once: a person asks for it."""
        self._next = min(self._next, now)

    def _count(self, asked_at: float, now: float, *, refused: bool) -> None:
        if self._since is None or asked_at < self._since:
            return
        self._answers += 1
        self._refusals += refused
        enough = _SOME if self.rate == _UNKNOWN else _TWO if self._is_probing else _MANY
        if self._answers >= _ANSWERS or self._refusals >= enough:
            self._judge(now, too_many=self._refusals >= enough)
            self._begin_sample(now)

    def _judge(self, now: float, *, too_many: bool) -> None:
        """Learn from a whole sample; a probe that fails tells nothing of the rate before it."""
        share = max(_DEEPEST, 1 - self._refusals / self._answers)
        if too_many and self._is_probing:
            self._end_probe(now)
        elif too_many:
            self._samples.clear()
            self._learn(self._sent_rate(now) * share, now)
            self._since_probe = _BETWEEN - 1
        elif self._kept_waiting:
            granted = max(self.rate, self._asked_for) * share
            self._plan_probe(granted, now)
            self._learn(granted, now)

    @property
    def _is_probing(self) -> bool:
        return self._since_probe is None

    @property
    def _asked_for(self) -> float:
        """The rate at which requests go out now."""
        if not self._is_probing:
            return self.rate * _CRUISE
        if self._careful:
            return self.rate * _CAREFUL
        gain = _PROBES[min(self._found, len(_PROBES) - 1)]
        return max(self.rate * gain, self.rate + _LEAST_PROBE)

    def _sent_rate(self, now: float) -> float:
        """Return the rate that was really asked for: a limit that was not used up tells nothing."""
        elapsed = now - (self._since or 0.0)
        sent = max(_MODEST, self._sent / elapsed) if elapsed > 0 else _UNKNOWN
        return min(self._asked_for, sent)

    def _learn(self, granted: float, now: float) -> None:
        self._samples.append(granted)
        self.rate = max(_SLOWEST, *list(self._samples)[-self._memory :])
        self._next = max(self._next, now + 1 / self._asked_for)

    def _plan_probe(self, granted: float, now: float) -> None:
        """Begin a probe when it is time; one that finds more is followed by a bolder one."""
        if self._since_probe is not None:
            self._since_probe += 1
            few = now < self._probed_at + _SECONDS_BETWEEN
            is_time = self._since_probe >= (_BETWEEN if few else _FEW_BETWEEN)
            if is_time and now >= self._trusted_until:
                self._since_probe = None
        elif self._careful and granted > self.rate:
            self._careful = False
        elif granted >= _FOUND * self.rate:
            self._found += 1
        else:
            self._end_probe(now)

    def _end_probe(self, now: float) -> None:
        self._careful = not self._careful
        self._since_probe, self._found = 0, 0
        self._probed_at = now

    def _begin_sample(self, now: float) -> None:
        self._since = now
        self._sent = self._answers = self._refusals = 0
        self._kept_waiting = False

    def _end_stretch(self, asked_at: float, now: float) -> None:
        """Take the average since the last such stretch for the rate; a long one has undone it."""
        stretch = asked_at - (self._average_since if self._granted_at is None else self._granted_at)
        if stretch < _STRETCH:
            return
        is_known = self._grants >= _ENOUGH and stretch < _LONG_STRETCH
        average = self._grants / (asked_at - self._average_since)
        self._samples.clear()
        self._since_probe, self._found = 0, 0
        self._learn(average if is_known else _MODEST, now)
        self._average_since, self._grants = asked_at, 0
        is_window = is_known and stretch >= _WINDOW
        self._memory = _SHORT_MEMORY if is_window else _MEMORY
        self._trusted_until = now + stretch if is_window else now
        self._begin_sample(now)
