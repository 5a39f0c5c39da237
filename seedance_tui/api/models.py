"""What the gateway says of one task: frozen, every field optional, the raw response kept."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple, Self

from .envelope import Envelope
from .json_values import JSON, as_boolean, as_fraction, as_integer, as_moment, as_number, as_text


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


class Word(NamedTuple):
    """What a status word stands for, and whether the gateway itself is known to say it."""

    phase: Phase
    of_gateway: bool = True


WORDS: Mapping[str, Word] = {
    "not_start": Word(Phase.NOT_STARTED),
    "submitted": Word(Phase.SUBMITTED),
    "queued": Word(Phase.QUEUED),
    "pending": Word(Phase.QUEUED, of_gateway=False),
    "in_progress": Word(Phase.RUNNING),
    "running": Word(Phase.RUNNING, of_gateway=False),
    "processing": Word(Phase.RUNNING, of_gateway=False),
    "success": Word(Phase.DONE),
    "succeeded": Word(Phase.DONE, of_gateway=False),
    "completed": Word(Phase.DONE, of_gateway=False),
    "failure": Word(Phase.FAILED),
    "failed": Word(Phase.FAILED, of_gateway=False),
    "cancelled": Word(Phase.ENDED),
    "canceled": Word(Phase.ENDED),
    "expired": Word(Phase.ENDED),
}
"""The status words of the gateway and of the upstream service, in lower case."""
_UNKNOWN_WORD = Word(Phase.UNKNOWN)


def word_meaning(word: str | None) -> Word:
    """Look a status word up, in any case and with space around it."""
    return WORDS.get((word or "").strip().lower(), _UNKNOWN_WORD)


@dataclass(frozen=True, slots=True)
class Status:
    """The status word as the server spelt it, and the phase it stands for."""

    word: str = ""
    phase: Phase = Phase.UNKNOWN

    @classmethod
    def parse(cls, value: object) -> Self:
        """Read the gateway's word; what is none of its words is an unknown, open status."""
        word = as_text(value) or ""
        meaning = word_meaning(word)
        return cls(word, meaning.phase if meaning.of_gateway else Phase.UNKNOWN)

    @property
    def is_open(self) -> bool:
        """Whether the task may still change."""
        return not self.phase.is_over


@dataclass(frozen=True, slots=True)
class Usage:
    """Tokens; the super-resolution tokens are the ones billed (source: the seed)."""

    completion_tokens: int | None = None
    total_tokens: int | None = None
    super_resolution_tokens: int | None = None


@dataclass(frozen=True, slots=True)
class Upstream:
    """The upstream service's own object; `duration` in seconds, moments in Unix seconds."""

    id: str | None = None
    model: str | None = None
    status: str | None = None
    ratio: str | None = None
    fps: int | float | None = None
    seed: int | None = None
    duration: int | float | None = None
    frames: int | None = None
    resolution: str | None = None
    super_resolution: str | None = None
    generate_audio: bool | None = None
    draft: bool | None = None
    service_tier: str | None = None
    created_at: float | None = None
    updated_at: float | None = None
    video_url: str | None = field(default=None, repr=False)
    last_frame_url: str | None = field(default=None, repr=False)
    error_code: str | None = None
    error_message: str | None = None
    usage: Usage = field(default=Usage())

    @classmethod
    def from_json(cls, data: dict[str, JSON]) -> Self:
        """Read the innermost task object; what is missing or of another kind is None."""
        content, usage, error = (_object(data.get(k)) for k in ("content", "usage", "error"))
        return cls(
            id=as_text(data.get("id")),
            model=as_text(data.get("model")),
            status=as_text(data.get("status")),
            ratio=as_text(data.get("ratio")),
            fps=as_number(data.get("framespersecond")),
            seed=as_integer(data.get("seed")),
            duration=as_number(data.get("duration")),
            frames=as_integer(data.get("frames")),
            resolution=as_text(data.get("resolution")),
            super_resolution=as_text(data.get("super_resolution")),
            generate_audio=as_boolean(data.get("generate_audio")),
            draft=as_boolean(data.get("draft")),
            service_tier=as_text(data.get("service_tier")),
            created_at=as_moment(data.get("created_at")),
            updated_at=as_moment(data.get("updated_at")),
            video_url=as_text(content.get("video_url")),
            last_frame_url=as_text(content.get("last_frame_url")),
            error_code=as_text(error.get("code")),
            error_message=as_text(error.get("message")),
            usage=Usage(
                as_integer(usage.get("completion_tokens")),
                as_integer(usage.get("total_tokens")),
                as_integer(usage.get("super_resolution_tokens")),
            ),
        )


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

    @classmethod
    def from_json(cls, answer: JSON) -> Self | None:
        """Read a whole response; None if there is no task in it. Nothing in it makes this raise."""
        envelope = Envelope.open(answer)
        if envelope is None:
            return None
        data = envelope.task
        return cls(
            id=as_text(data.get("task_id")),
            status=Status.parse(data.get("status")),
            progress=as_fraction(data.get("progress")),
            action=as_text(data.get("action")),
            result_url=as_text(data.get("result_url")),
            original_result_url=as_text(data.get("original_result_url")),
            fail_reason=as_text(data.get("fail_reason")),
            submit_time=as_moment(data.get("submit_time")),
            start_time=as_moment(data.get("start_time")),
            finish_time=as_moment(data.get("finish_time")),
            request_id=as_text(data.get("request_id")),
            upstream=Upstream.from_json(envelope.upstream),
            envelope=envelope,
        )

    @property
    def raw(self) -> JSON:
        """The response as it came."""
        return self.envelope.raw


def _object(value: JSON) -> dict[str, JSON]:
    return value if isinstance(value, dict) else {}
