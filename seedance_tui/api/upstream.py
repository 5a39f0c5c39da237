"""What the upstream service says of one task: frozen, every field optional."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Self

from .json_values import JSON, as_boolean, as_integer, as_moment, as_number, as_object, as_text


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
        content, usage, error = (as_object(data.get(k)) for k in ("content", "usage", "error"))
        word = "status" if "status" in data else "task_status"
        return cls(
            id=as_text(data.get("id")),
            model=as_text(data.get("model")),
            status=as_text(data.get(word)),
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
            error_message=as_text(error.get("message")) or as_text(data.get("error")),
            usage=Usage(
                as_integer(usage.get("completion_tokens")),
                as_integer(usage.get("total_tokens")),
                as_integer(usage.get("super_resolution_tokens")),
            ),
        )
