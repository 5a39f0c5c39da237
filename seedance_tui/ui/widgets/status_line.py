"""The status line: counts, downloads, the next deadline, and connection trouble."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from rich.cells import cell_len
from textual.reactive import reactive

from ...api.errors import KeyMissing
from ...core.downloads.summary import QueueSummary
from ...core.listing.views import Summary
from ...core.model.outcomes import Problem, phrase, sentence
from ...core.model.urgency import Urgency, urgency
from ...core.text.i18n import _, plural
from ..drawing import format as fmt
from ..drawing import spans
from ..drawing.glyphs import glyphs
from ..drawing.spans import Line, Role, Span
from .lines import Bar

_DEADLINE_ROLES: Mapping[Urgency, Role] = {Urgency.QUIET: "normal", Urgency.SOON: "warn"}

_GAP = 2
"""Cells at least between what stands left and what stands right."""


class StatusLine(Bar):
    """Attributes: `summary`, `queue`, `trouble`, times in Unix seconds, and two settings.

    `interval` is in seconds.

    Trouble with the key or the address gets lines of its own below; what passes stands at the
    right, so that nothing jumps.
    """

    DEFAULT_CSS = """
    StatusLine { height: auto; }
    """

    summary: reactive[Summary | None] = reactive[Summary | None](None, repaint=False)
    now: reactive[float] = reactive(0.0, repaint=False)
    asked_at: reactive[float | None] = reactive[float | None](None, repaint=False)
    trouble: reactive[Problem | None] = reactive[Problem | None](None, layout=True)
    trouble_since: reactive[float | None] = reactive[float | None](None, repaint=False)
    paused: reactive[bool] = reactive(False, repaint=False)
    queue: reactive[QueueSummary] = reactive(QueueSummary(), repaint=False)
    auto_saves: reactive[bool] = reactive(False, repaint=False)
    lost: reactive[tuple[int, float] | None] = reactive[tuple[int, float] | None](
        None, repaint=False
    )
    """How many unsaved videos were lost, and since when."""

    def __init__(self, interval: float = 15.0, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self._interval = interval

    def watch_trouble_since(self) -> None:
        """Say since when."""
        self.repaint()

    def watch_summary(self) -> None:
        """Say it anew."""
        self.repaint()

    def watch_queue(self) -> None:
        """Say how far it is."""
        self.repaint()

    def watch_lost(self) -> None:
        """Say that videos were lost."""
        self.repaint()

    def watch_auto_saves(self) -> None:
        """Say that finished videos are safe."""
        self.repaint()

    def watch_now(self) -> None:
        """Let the times run on."""
        self.repaint()

    def watch_paused(self) -> None:
        """Say that nothing is asked."""
        self.repaint()

    def get_content_height(self, container: object, viewport: object, width: int) -> int:
        """One line, and those of the trouble."""
        return 1 + len(self._trouble_lines(width))

    def line(self, y: int) -> Line:
        """Return the sentence, or a line of the trouble."""
        width = self.line_width
        if y > 0:
            # The trouble may be over before the layout is made anew.
            return next(iter(self._trouble_lines(width)[y - 1 : y]), ())
        least = _width(self._left(0)) + _GAP
        right = next((r for r in self._rights() if least + _width(r) <= width), ())
        room = width - _width(right)
        left = self._left(room - _GAP)
        return (*left, (" " * max(0, room - _width(left)), "normal"), *right)

    def _trouble_lines(self, width: int) -> list[Line]:
        if self.trouble is None or not self.trouble.stops_asking or width < 10:
            return []
        text, room = spans.spaced(glyphs().alert) + _how_to_end(self.trouble), width - 2
        pieces = fmt.first_lines(list(fmt.wrap(text, room)), 4, room)
        return [((f" {piece}", "bad"),) for piece in pieces]

    def _left(self, room: int) -> Line:
        """As many facts as fit; how many tasks there are and what expires first always stand."""
        lead: Line = ((" seedance  ", "accent"),) if room > 60 else ((" ", "normal"),)
        is_narrow = room < 44
        line: Line = ()
        for short, short_deadline in ((is_narrow, is_narrow), (is_narrow, True), (True, True)):
            facts, deadline = self._facts(short=short), self._deadline(short=short_deadline)
            line = (*lead, *_joined([*facts, *deadline]))
            if _width(line) <= room:
                return line
        while len(facts) > 1 and _width(line) > room:
            facts.pop()
            line = (*lead, *_joined([*facts, *deadline]))
        return line

    def _facts(self, *, short: bool) -> list[Span]:
        """What needs the user and, where there is room for more, what runs."""
        if self.summary is None:
            return [(_("reading the list…"), "dim")]
        summary = self.summary
        facts: list[Span] = [(plural("{n} task", "{n} tasks", summary.total), "strong")]
        facts += [] if short else self._in_progress()
        if summary.to_save:
            to_save = plural("{n} not saved", "{n} not saved", summary.to_save)
            facts.append((f"{summary.to_save} {_('not saved')}" if short else to_save, "normal"))
        facts += self._losses(short=short)
        if n := summary.not_found:
            facts.append((plural("{n} not found", "{n} not found", n), "warn"))
        if summary.unanswered and not self._is_down:
            n = summary.unanswered
            facts.append((plural("{n} unanswered", "{n} unanswered", n), "warn"))
        facts += self._saving_facts(short=short)
        return facts + (self._in_progress() if short else [])

    def _deadline(self, *, short: bool) -> list[Span]:
        """When the first link expires that nobody has saved."""
        summary = self.summary
        if summary is None or summary.next_deadline is None:
            return []
        left = summary.next_deadline - self.now
        role = _DEADLINE_ROLES.get(urgency(left), "bad")
        time = ("~" if summary.next_is_guess else "") + fmt.left(left)
        words = _("exp. {time}") if short else _("next link expires in {time}")
        return [(words.format(time=time if short else fmt.in_words(time)), role)]

    def _losses(self, *, short: bool) -> list[Span]:
        """The videos that cannot be had any more, as long as they are watched."""
        if self.lost is None:
            return []
        count, since = self.lost
        if short:
            return [(plural("{n} lost", "{n} lost", count), "bad")]
        at = fmt.moment(since, self.now, utc=False)
        return [(plural("{n} lost since {at}", "{n} lost since {at}", count, at=at), "bad")]

    def _in_progress(self) -> list[Span]:
        running = self.summary.running if self.summary else 0
        return [(plural("{n} running", "{n} running", running), "normal")] if running else []

    def _saving_facts(self, *, short: bool) -> list[Span]:
        """The downloads under way, or that auto-save is on."""
        queue = self.queue
        if not queue.unfinished:
            return [(_("auto-save"), "dim")] if self.auto_saves and not short else []
        if queue.held:
            return [(_("disk full"), "bad")]
        if queue.paused == queue.unfinished:
            return [(plural("{n} paused", "{n} paused", queue.paused), "warn")]
        share = fmt.percent(queue.fraction)
        is_said = queue.speed and not short and not glyphs().plain
        speed = f"{fmt.size(queue.speed)}/s" if is_said else ""
        files = f"{glyphs().saving or _('saving')} {queue.unfinished}"
        return [(" ".join(filter(None, (files, share, speed))), "accent")]

    def _rights(self) -> Iterator[Line]:
        """What may stand at the right, the longest first: trouble, or how old all this is."""
        if self.paused:
            yield ((_("paused") + " ", "warn"),)
        elif self.trouble is not None and (self.trouble.stops_asking or self._is_down):
            yield from self._troubles(self.trouble)
        elif self.asked_at is not None and self.line_width >= 60 and not glyphs().plain:
            ago = fmt.in_words(fmt.span(self.now - self.asked_at))
            long, short = _("updated {ago} ago, every {interval}"), _("updated {ago} ago")
            interval = fmt.in_words(f"{self._interval:g}s")
            room = self.line_width - _width(self._left(self.line_width)) - _GAP  # facts come first
            for text in (long, short) if self.line_width >= 110 else (short,):
                age = text.format(ago=ago, interval=interval) + " "
                if cell_len(age) <= room:
                    yield ((age, "dim"),)

    def _troubles(self, trouble: Problem) -> Iterator[Line]:
        """The trouble in fewer and fewer words; of what stands below, since when."""
        if trouble.stops_asking:
            if self.trouble_since is not None:
                at = fmt.moment(self.trouble_since, self.now, utc=False)
                yield ((_("since {at}").format(at=at) + " ", "bad"),)
            return
        brief = replace(trouble, text="")
        long = sentence(brief)
        short = _("no network") if trouble.is_unreachable else _("no response")
        for text, least in ((long, 70 + cell_len(long)), (phrase(brief), 60), (short, 0)):
            if self.line_width >= least:
                yield ((text + " ", "warn"),)
        if not glyphs().plain:
            yield (("! ", "warn"),)

    @property
    def _is_down(self) -> bool:
        """Whether it is the gateway, or the way to it, and not a task or two."""
        trouble = self.trouble
        if trouble is None:
            return False
        concerns_all = trouble.is_unreachable or trouble.asks_to_slow_down
        summary = self.summary or Summary()
        return concerns_all or summary.nothing_answers or not summary.unanswered


def _how_to_end(trouble: Problem) -> str:
    """The trouble in full; a key that is missing can be given here and now."""
    if trouble.kind is KeyMissing and not trouble.text:
        return _("No API key: press : and choose “API key”, or set ANYFAST_API_KEY.")
    return sentence(trouble)


def _width(line: Line) -> int:
    return sum(cell_len(text) for text, role in line)


def _joined(facts: Sequence[Span]) -> Line:
    """Put the joint between facts."""
    line: list[Span] = []
    for fact in facts:
        line += [(glyphs().joint, "dim"), fact] if line else [fact]
    return tuple(line)
