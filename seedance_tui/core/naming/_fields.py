"""What a name template can say of a task."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from ...api.links import Kind
from ...api.upstream import Upstream
from ..model.fields import SPECS
from ._safe import harmless

if TYPE_CHECKING:
    from ..model.entry import Entry

FIELDS = (
    "task_id",
    "label",
    "date",
    "time",
    *(spec.name for spec in SPECS if spec.name),
    "kind",
    "ext",
)


def values_of(entry: Entry, kind: Kind) -> dict[str, str]:
    """Return the fields but `task_id` and `ext`, made harmless; empty where nothing is known."""
    video = entry.task.upstream if entry.task else Upstream()
    moment = (entry.task and entry.task.finish_time) or entry.began_at
    values = {
        **{spec.name: spec.read(entry.task) for spec in SPECS if spec.name},
        "label": entry.watched.label,
        "date": _local(moment, "%Y-%m-%d"),
        "time": _local(moment, "%H%M%S"),
        "ratio": (video.ratio or "").replace(":", "x"),
        "resolution": _resolution(video, kind),
        "kind": kind.replace(" ", "_"),
    }
    return {name: "" if value is None else _one_line(str(value)) for name, value in values.items()}


def _one_line(text: str) -> str:
    return harmless(" ".join(text.split()))


def _resolution(video: Upstream, kind: Kind) -> str | None:
    upscaled = video.super_resolution if kind is Kind.RESULT else None
    return upscaled or video.resolution


def _local(moment: float, form: str) -> str:
    try:
        return datetime.fromtimestamp(moment, UTC).astimezone().strftime(form) if moment else ""
    except (ValueError, OverflowError, OSError):
        return ""
