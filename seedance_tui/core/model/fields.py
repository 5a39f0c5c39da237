"""Every field of a response with its label and place: one table for screen and commands."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from ...api.envelope import Envelope
from ...api.json_values import JSON
from ..text.i18n import N_, pgettext


class Look(StrEnum):
    """How a value is written."""

    TEXT = "text"
    LINK = "link"
    MOMENT = "moment"
    NUMBER = "number"
    SECONDS = "seconds"
    BOOLEAN = "boolean"


@dataclass(frozen=True, slots=True)
class FieldSpec:
    """A field that the program knows; `path` begins with `@` where it is the upstream object's."""

    path: str
    label: str
    group: str
    look: Look = Look.TEXT


@dataclass(frozen=True, slots=True)
class Field:
    """A field of one response; `path` as spelt there, `label` for people, `value` as it came.

    `sent` is false where the response has no such field.
    """

    path: str
    label: str
    group: str
    look: Look
    value: JSON
    sent: bool

    @property
    def text(self) -> str:
        """The whole value, to be copied: a string as it is, anything else as JSON."""
        if not self.sent:
            return ""
        if isinstance(self.value, str):
            return self.value
        return json.dumps(self.value, ensure_ascii=False)


GROUPS = (
    N_("Video"),
    N_("Links"),
    N_("Time"),
    N_("Usage"),
    N_("Task"),
    N_("Service"),
    N_("Other"),
)
"""In the order in which the user wants them."""

SPECS = (
    FieldSpec("task_id", "Task ID", "Task"),
    FieldSpec("status", "Status", "Task"),
    FieldSpec("progress", "Progress", "Task"),
    FieldSpec("action", "Action", "Task"),
    FieldSpec("fail_reason", "Fail reason", "Task"),
    FieldSpec("@error.code", "Error code", "Task"),
    FieldSpec("@error.message", "Error message", "Task"),
    FieldSpec("@ratio", "Ratio", "Video"),
    FieldSpec("@resolution", "Resolution", "Video"),
    FieldSpec("@super_resolution", "Super resolution", "Video"),
    FieldSpec("@duration", "Duration", "Video", Look.SECONDS),
    FieldSpec("@frames", "Frames", "Video", Look.NUMBER),
    FieldSpec("@framespersecond", "FPS", "Video", Look.NUMBER),
    FieldSpec("@seed", "Seed", "Video"),
    FieldSpec("@generate_audio", "Audio", "Video", Look.BOOLEAN),
    FieldSpec("@draft", "Draft", "Video", Look.BOOLEAN),
    FieldSpec("result_url", "Result URL", "Links", Look.LINK),
    FieldSpec("original_result_url", "Original URL", "Links", Look.LINK),
    FieldSpec("@content.video_url", "Video URL", "Links", Look.LINK),
    FieldSpec("@content.last_frame_url", "Last frame URL", "Links", Look.LINK),
    FieldSpec("submit_time", "Submitted", "Time", Look.MOMENT),
    FieldSpec("start_time", "Started", "Time", Look.MOMENT),
    FieldSpec("finish_time", "Finished", "Time", Look.MOMENT),
    FieldSpec("@created_at", "Created", "Time", Look.MOMENT),
    FieldSpec("@updated_at", "Updated", "Time", Look.MOMENT),
    FieldSpec("@usage.completion_tokens", "Completion tokens", "Usage", Look.NUMBER),
    FieldSpec("@usage.total_tokens", "Total tokens", "Usage", Look.NUMBER),
    FieldSpec("@usage.super_resolution_tokens", "Super-resolution tokens", "Usage", Look.NUMBER),
    FieldSpec("@model", "Model", "Service"),
    FieldSpec("@status", "Upstream status", "Service"),
    FieldSpec("@service_tier", "Service tier", "Service"),
    FieldSpec("@id", "Upstream ID", "Service"),
    FieldSpec("request_id", "Request ID", "Service"),
    FieldSpec("/code", "Code", "Service"),
    FieldSpec("/message", "Message", "Service"),
)
"""Every field of the contract. A path with `/` is the envelope's, with `@` the upstream's."""


def fields_of(envelope: Envelope | None) -> Iterator[Field]:
    """Every known field, sent or not, then everything else that the response holds, by its path."""
    known = set()
    for spec in SPECS:
        base, names, path = _place(spec.path, envelope)
        value, sent = _found(base, names)
        known.add(path)
        yield Field(path, pgettext("field", spec.label), spec.group, spec.look, value, sent)
    for path, value in envelope.leaves() if envelope else ():
        if path not in known:
            yield Field(path, path, "Other", Look.TEXT, value, sent=True)


def _place(path: str, envelope: Envelope | None) -> tuple[JSON, list[str], str]:
    """The object in which a field is looked for, its names below that, and its whole path."""
    raw = envelope.raw if envelope else None
    if path.startswith("/"):
        return raw, [path[1:]], path[1:]
    if path.startswith("@"):
        base = envelope.upstream if envelope else None
        prefix = envelope.upstream_path if envelope else "data.data"
    else:
        base = envelope.task if envelope else None
        prefix = envelope.task_path if envelope else "data"
    path = path.removeprefix("@")
    return base, path.split("."), f"{prefix}.{path}" if prefix else path


def _found(value: JSON, names: list[str]) -> tuple[JSON, bool]:
    """Go down by the names; an object or a list at the end is shown by what is in it."""
    for name in names:
        if not isinstance(value, dict) or name not in value:
            return None, False
        value = value[name]
    return (value, True) if not (isinstance(value, dict | list) and value) else (None, False)
