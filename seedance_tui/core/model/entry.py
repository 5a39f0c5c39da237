"""One watched task with all that is known of it: immutable, made anew when something changes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace

from ...api.links import DAY, RESULTS, Ground, Kind, Link
from ...api.models import Status, Task
from ...api.upstream import Upstream
from ...api.web_addresses import addresses
from ..text import units
from ..text.i18n import _
from ._losing import Fate, fate_of
from ._marks import Mark, mark_of
from .file_states import FileState, NotSaved, Saved, Saving, Waiting
from .judgement import LINK_LAG, after_response
from .outcomes import Fetched, Missed, Outcome, Problem, Remembered
from .run_times import Usual, is_slow
from .urgency import ENDLESS, Urgency, deadline_words, has_expired, is_overdue, urgency
from .watched import Watched

__all__ = ["ENDLESS", "Entry", "Mark", "Remembered"]

_UNKNOWN, _NOTHING = Status(), Upstream()


@dataclass(frozen=True, slots=True)
class Entry:
    """A watched task; moments in Unix seconds."""

    watched: Watched
    task: Task | None = None
    """The last good response: a failed request never takes it away."""
    links: tuple[Link, ...] = ()
    seen_at: float | None = None
    """When the last good response came."""
    remembered: bool = False
    """Whether the response is one of an earlier run, and none has come in this one."""
    problem: Problem | None = None
    """Why the last request had no good response."""
    over_since: float | None = None
    """Since when upstream is over while the gateway says open."""
    linkless_since: float | None = None
    """Since when it is done, and no link to its result has come."""
    said_less: Task | None = None
    """A later answer that says less than `task`, which is kept: it is undone there, or linkless."""
    usual: Usual | None = None
    """When tasks like it usually end, as far as it was known at the last response."""
    files: Mapping[Kind, FileState] = field(default_factory=dict, hash=False)
    base_url: str = ""
    """The API's, where a link that is a path alone is asked."""

    @property
    def id(self) -> str:
        """The ID that is polled."""
        return self.watched.id

    @property
    def name(self) -> str:
        """What the user calls it: the label, or the ID."""
        return self.watched.label or self.watched.id

    @property
    def status(self) -> Status:
        """The server's last word."""
        return self.task.status if self.task else _UNKNOWN

    @property
    def upstream(self) -> Upstream:
        """What the upstream service said, empty as long as it said nothing."""
        return self.task.upstream if self.task else _NOTHING

    @property
    def billed_tokens(self) -> int | None:
        """The tokens that are billed: super-resolution, else total, else completion ones."""
        usage = self.upstream.usage
        known = (usage.super_resolution_tokens, usage.total_tokens, usage.completion_tokens)
        return next((tokens for tokens in known if tokens is not None), None)

    @property
    def is_open(self) -> bool:
        """Whether the task may still change."""
        return self.status.is_open

    @property
    def awaits_link(self) -> bool:
        """Whether it is done and its link is still expected: some gateways are slow with it."""
        return self._is_within(self.linkless_since, LINK_LAG)

    @property
    def lacks_link(self) -> bool:
        """Whether it is done and no link came in time; `task.reason` may tell why."""
        return self.linkless_since is not None and not self.awaits_link

    @property
    def is_asked(self) -> bool:
        """Whether it is polled by itself: it is open, or the gateway has more to say."""
        is_behind = bool(self.status.upstream_word) and self._is_within(self.over_since, DAY)
        return self.is_open or self.awaits_link or is_behind

    def _is_within(self, since: float | None, seconds: float) -> bool:
        """Whether the last response came less than so many seconds after a moment."""
        return since is not None and self.seen_at is not None and self.seen_at < since + seconds

    @property
    def began_at(self) -> float:
        """When it was submitted, or else when it was first watched."""
        submitted = self.task.submit_time if self.task else None
        return submitted or self.watched.added_at.timestamp()

    def link(self, kind: Kind = Kind.RESULT) -> Link | None:
        """Return the link of that kind that the task offers."""
        return next((link for link in self.links if link.kind is kind), None)

    def addresses(self, link: Link, base_url: str) -> tuple[str, ...]:
        """Return where a link of it is asked, in order; each can be copied and opened."""
        ids = (self.id, self.task.id if self.task else None, self.upstream.id)
        return addresses(link.url, [one for one in ids if one], base_url)

    @property
    def is_super_resolved(self) -> bool:
        """Whether it offers the original beside the result."""
        return all(self.link(kind) for kind in (Kind.ORIGINAL, Kind.RESULT))

    def file(self, kind: Kind = Kind.RESULT) -> FileState | None:
        """Return what is known of the file of that kind."""
        return self.files.get(kind)

    @property
    def has_failed_download(self) -> bool:
        """Whether one of its files was given up."""
        return any(isinstance(state, NotSaved) for state in self.files.values())

    @property
    def is_unanswered(self) -> bool:
        """Whether its last request failed on the way, or at the gateway."""
        return self.problem is not None and not self.problem.concerns_task

    def mark(self, now: float) -> Mark | None:
        """Return the one thing beside the status that matters most."""
        return mark_of(self, now)

    @property
    def results(self) -> list[Link]:
        """The links of its videos, several where the task has made several."""
        return [link for link in self.links if link.kind in RESULTS]

    def with_every_video(self, kinds: Iterable[Kind]) -> tuple[Kind, ...]:
        """Return these kinds: who wants the result wants every video of the task."""
        wanted = tuple(kinds)
        more = (link.kind for link in self.results if Kind.RESULT in wanted)
        return tuple(dict.fromkeys((*wanted, *more)))

    @property
    def unsaved(self) -> list[Link]:
        """The links of its videos that are not on the disk."""
        return [link for link in self.results if not isinstance(self.files.get(link.kind), Saved)]

    @property
    def is_saved(self) -> bool:
        """Whether the result is on the disk, every video of it."""
        return isinstance(self.file(), Saved) and not self.unsaved

    @property
    def is_finished(self) -> bool:
        """Whether nothing is left to be done about it: it has ended, and its video is saved."""
        return self.is_saved and not self.is_open

    @property
    def is_being_saved(self) -> bool:
        """Whether its result is under way, or will be without a word from anybody."""
        return isinstance(self.file(), Saving | Waiting)

    def is_slow(self, now: float) -> bool:
        """Whether it waits or runs for so long that a person should know."""
        return self.task is not None and is_slow(self.task, now, self.usual)

    def deadline(self, now: float) -> float | None:
        """Return when the result link expires; None if it has, or if nothing tells any more."""
        link = self.link()
        if link is None or has_expired(link, now) or is_overdue(link, now):
            return None
        return link.current(now).deadline

    def is_guess(self, now: float) -> bool:
        """Whether nothing but a guess tells when the result link expires."""
        link = self.link()
        return link is not None and link.expires_by(now) is Ground.GUESS

    def is_expired(self, now: float) -> bool:
        """Whether the result link has expired, by its signature or by the store's word."""
        refusal = self.refusal()
        return has_expired(self.link(), now) or bool(refusal and refusal.is_expiry)

    def refusal(self, kind: Kind = Kind.RESULT) -> Problem | None:
        """Return what a storage server said of a file that cannot be had any more, and when."""
        state = self.file(kind)
        return state.problem if isinstance(state, NotSaved) and state.problem.means_loss else None

    def fate(self, now: float) -> Fate:
        """Return until when its unsaved videos can be had, and when one was lost."""
        return fate_of(self, now)

    def lost_at(self, now: float) -> float | None:
        """Return when an unsaved video was lost, in Unix seconds; None if none was."""
        return fate_of(self, now).lost_at

    def urgency(self, link: Link, now: float) -> Urgency:
        """Return how urgent it is to save what a link of it leads to; once saved, it is quiet."""
        found = Urgency.NONE if is_overdue(link, now) else urgency(link.left(now))
        if self.refusal(link.kind):
            return Urgency.GONE
        is_saved = isinstance(self.file(link.kind), Saved)
        return Urgency.QUIET if is_saved and Urgency.NONE < found < Urgency.GONE else found

    def deadline_words(
        self, link: Link, now: float, amount: Callable[[float], str] = units.left
    ) -> str | None:
        """Say how long a link of it still lives, or that the store has refused it."""
        if refusal := self.refusal(link.kind):
            return _("expired") if refusal.is_expiry else _("lost")
        return deadline_words(link, now, amount)

    def save_by(self, now: float) -> float | None:
        """Return the deadline of a result that needs saving, endless where nothing tells it.

        A guess that has passed tells nothing; a video that is lost needs no saving.
        """
        return fate_of(self, now).save_by

    def after(self, outcome: Outcome) -> Entry:
        """Return the entry with the outcome of a request folded in."""
        match outcome:
            case Fetched(task=task, at=at):
                return after_response(self, task, at, remembered=False, problem=None)
            case Missed(problem=why) if self.task is None or self.is_open or why.concerns_task:
                return replace(self, problem=why)
        return self  # what has ended does not go stale: it is not polled again by itself

    def recalled(self, task: Task, seen_at: float) -> Entry:
        """Return the entry with what was said in an earlier run, if nothing was said since."""
        return self if self.task else after_response(self, task, seen_at, remembered=True)

    def with_file(self, kind: Kind, state: FileState | None) -> Entry:
        """Return the entry with the state of one file changed, or forgotten."""
        files = {k: s for k, s in self.files.items() if k is not kind}
        if state is not None:
            files[kind] = state
        return replace(self, files=files)
