"""What the gateway says of one task: frozen, every field optional, the raw response kept."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Self

from .envelope import Envelope
from .json_values import JSON, as_fraction, as_moment, as_text
from .upstream import Upstream


class Phase(StrEnum):
    """How far a task is, as far as the program understands the server's word."""

    NOT_STARTED = "not started"
    SUBMITTED = "submitted"
    QUEUED = "queued"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    ENDED = "ended"
    """Cancelled or expired: over, and neither done nor failed."""
    UNKNOWN = "unknown"
    """A word not known here: the task is open and the word is shown as it is."""

    @property
    def is_over(self) -> bool:
        """Whether nothing changes any more: only ends that are known to be ends end a task."""
        return self is Phase.DONE or self.is_lost

    @property
    def is_lost(self) -> bool:
        """Whether it is over without a video."""
        return self is Phase.FAILED or self is Phase.ENDED


_SAID: Mapping[Phase, str] = {
    Phase.NOT_STARTED: "not_start",
    Phase.SUBMITTED: "submitted created pending",
    Phase.QUEUED: "queued waiting in_queue",
    Phase.RUNNING: "in_progress running processing generating preparing reviewing",
    Phase.DONE: "success succeeded succeed completed complete done finished",
    Phase.FAILED: "failure failed fail error timeout timed_out rejected",
    Phase.ENDED: "cancelled canceled expired deleted",
}
WORDS: Mapping[str, Phase] = {word: phase for phase, said in _SAID.items() for word in said.split()}
"""The status words of the gateway, of its neighbours and of upstream services, in lower case."""


OPEN = frozenset({Phase.NOT_STARTED, Phase.SUBMITTED, Phase.QUEUED, Phase.RUNNING})
"""The phases whose words are known, and in which there is no video yet."""
_BEGIN = re.compile(r"[A-Za-z]+[_-]")
"""What IDs of one kind begin with, such as `asyntask_` or `cgt-`."""


def phase_of(word: str | None) -> Phase:
    """Look a status word up, in any case and with space around it."""
    return WORDS.get((word or "").strip().lower(), Phase.UNKNOWN)


@dataclass(frozen=True, slots=True)
class Status:
    """The status word as the server spelt it, and the phase that the task counts as.

    `upstream_word` is the upstream service's, where the phase goes by that one.
    """

    word: str = ""
    phase: Phase = Phase.UNKNOWN
    upstream_word: str = ""

    @classmethod
    def parse(cls, value: object) -> Self:
        """Read the gateway's word; what is none of its words is an unknown, open status."""
        word = as_text(value) or ""
        return cls(word, phase_of(word))

    @property
    def is_open(self) -> bool:
        """Whether the task may still change."""
        return not self.phase.is_over

    @property
    def spelt(self) -> str:
        """The word that the phase goes by, as its service spelt it."""
        return self.upstream_word or self.word


@dataclass(frozen=True, slots=True)
class Task:
    """One response; moments in Unix seconds, `progress` from 0 to 1.

    Its `repr` leaves out whatever may be a link: who has the link has the video.
    """

    id: str | None
    status: Status
    progress: float | None
    action: str | None
    result_url: str | None = field(repr=False)
    original_result_url: str | None = field(repr=False)
    fail_reason: str | None = field(repr=False)
    submit_time: float | None
    start_time: float | None
    finish_time: float | None
    request_id: str | None
    upstream: Upstream
    envelope: Envelope = field(repr=False)

    @property
    def has_reason(self) -> bool:
        """Whether it failed, or its unknown word stands beside a reason or an end upstream."""
        phase = self.status.phase
        is_told = bool(self.fail_reason) or self.upstream_phase.is_lost
        return phase.is_lost or (phase is Phase.UNKNOWN and is_told)

    @classmethod
    def from_json(cls, answer: JSON) -> Self | None:
        """Read a whole response; None if there is no task in it. Nothing in it makes this raise."""
        envelope = Envelope.open(answer)
        if envelope is None:
            return None
        data = envelope.task
        return cls(
            id=as_text(data.get("task_id")),
            status=Status.parse(data.get("status", data.get("task_status"))),
            progress=as_fraction(data.get("progress")),
            action=as_text(data.get("action")),
            result_url=as_text(data.get("result_url")),
            original_result_url=as_text(data.get("original_result_url")),
            fail_reason=as_text(data.get("fail_reason")),
            submit_time=as_moment(data.get("submit_time") or data.get("created_at")),
            start_time=as_moment(data.get("start_time")),
            finish_time=as_moment(data.get("finish_time") or _end_in(envelope)),
            request_id=as_text(data.get("request_id")),
            upstream=_upstream_of(envelope),
            envelope=envelope,
        )

    def is_of(self, task_id: str) -> bool:
        """Whether the response is about the task asked for, as far as it says.

        Another `task_id` is another task's, and so is an `id` that begins as the one asked for
        does; any other `id` is the upstream service's.
        """
        if self.id is not None or self.name in ("", task_id):
            return self.name in ("", task_id)
        begin = _BEGIN.match(task_id)
        return begin is None or not self.name.startswith(begin[0])

    @property
    def name(self) -> str:
        """The ID that the response goes by, the gateway's before the only one; may be empty."""
        return (self.id or as_text(self.envelope.task.get("id")) or "").strip()

    @property
    def reason(self) -> str | None:
        """Why there is no video, the upstream service's words first; None where nothing tells."""
        from .reasons import is_reason, telling_first  # not needed before a task has failed

        return next((text for text in telling_first(self._reasons()) if is_reason(text)), None)

    def _reasons(self) -> Iterator[str | None]:
        yield self.upstream.error_message
        yield from self.envelope.reasons()
        yield self.result_url

    @property
    def upstream_phase(self) -> Phase:
        """How far the upstream service says the task is."""
        return phase_of(self.upstream.status)

    @property
    def offers_links(self) -> bool:
        """Whether it is done, or upstream is, however long the gateway takes to notice."""
        is_behind = self.status.is_open and self.upstream_phase is Phase.DONE
        return self.status.phase is Phase.DONE or is_behind

    @property
    def raw(self) -> JSON:
        """The response as it came."""
        return self.envelope.raw


def _end_in(envelope: Envelope) -> JSON:
    """When a task ended by the names that others give it; a flat one ends with its last change."""
    data = envelope.task
    is_over = phase_of(as_text(data.get("status"))).is_over and envelope.is_flat
    return data.get("completed_at") or (data.get("updated_at") if is_over else None)


def _upstream_of(envelope: Envelope) -> Upstream:
    """Read what upstream said; of a flat task with a `task_id`, ID and status are the gateway's.

    Where upstream is a gateway, its `id` is a row of a table, and its `task_id` the task's.
    """
    upstream = Upstream.from_json(envelope.upstream)
    if envelope.is_flat:
        return replace(upstream, id=None, status=None) if "task_id" in envelope.task else upstream
    return replace(upstream, id=as_text(envelope.upstream.get("task_id")) or upstream.id)
