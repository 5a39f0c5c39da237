"""Every field of a response: one table for the screen, JSON, filters, names of files and hooks."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

from ...api.envelope import Envelope
from ...api.json_values import JSON, as_boolean, as_moment, as_number, as_text
from ...api.models import Task
from ..text.i18n import N_, pgettext

Group = Literal["Video", "Usage", "Links", "Time", "Task", "Service", "Other"]
"""A group of fields in the detail, by its title."""


class Look(StrEnum):
    """How a value is written."""

    TEXT = "text"
    LINK = "link"
    MOMENT = "moment"
    NUMBER = "number"
    SECONDS = "seconds"
    BOOLEAN = "boolean"


@dataclass(frozen=True, slots=True)
class FilterKey:
    """What a filter calls a field, and how it asks for it.

    A text is found in the value, or begins it; a flag is yes or no; a number is compared, and
    `sign` and `example` show how.
    """

    name: str
    kind: Literal["contains", "begins", "flag", "number"]
    sign: str = ""
    example: str = ""


@dataclass(frozen=True, slots=True)
class FieldSpec:
    """A field that the program knows; `path` begins with `@` where it is the upstream object's.

    `json`, `filter`, `name` and `hook` are what it is called elsewhere: in a record of the
    commands, in a filter, in the name of a file, in a hook's environment; empty for nowhere.
    """

    path: str
    label: str
    group: Group
    look: Look = Look.TEXT
    json: str = ""
    filter: FilterKey | None = None
    name: str = ""
    hook: str = ""

    def read(self, task: Task | None) -> str | float | None:
        """Return its value in a response: Unix seconds for moments; None where there is none."""
        if task is None:
            return None
        base, names, _path = _place(self.path, task.envelope)
        return _READ[self.look](_found(base, names)[0])


_READ: Mapping[Look, Callable[[JSON], str | float | None]] = {
    Look.TEXT: as_text,
    Look.LINK: as_text,
    Look.MOMENT: as_moment,
    Look.NUMBER: as_number,
    Look.SECONDS: as_number,
    Look.BOOLEAN: as_boolean,
}


@dataclass(frozen=True, slots=True)
class Field:
    """A field of one response; `path` as spelt there, `label` for people, `value` as it came.

    `sent` is false where the response has no such field.
    """

    path: str
    label: str
    group: Group
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


GROUPS: tuple[Group, ...] = (
    N_("Video"),
    N_("Usage"),
    N_("Links"),
    N_("Time"),
    N_("Task"),
    N_("Service"),
    N_("Other"),
)
"""In the order in which the user wants them."""

SPECS = (
    FieldSpec("task_id", "Task ID", "Task"),
    FieldSpec("status", "Status", "Task"),
    FieldSpec("progress", "Progress", "Task"),
    FieldSpec("action", "Action", "Task", json="action", filter=FilterKey("action", "contains")),
    FieldSpec("fail_reason", "Fail reason", "Task"),
    FieldSpec("@error.code", "Error code", "Task"),
    FieldSpec("@error.message", "Error message", "Task"),
    FieldSpec(
        "@ratio",
        "Ratio",
        "Video",
        json="ratio",
        filter=FilterKey("ratio", "begins"),
        name="ratio",
        hook="RATIO",
    ),
    FieldSpec(
        "@resolution",
        "Resolution",
        "Video",
        json="resolution",
        filter=FilterKey("resolution", "begins"),
        name="resolution",
        hook="RESOLUTION",
    ),
    FieldSpec(
        "@super_resolution",
        "Super resolution",
        "Video",
        json="super_resolution",
        filter=FilterKey("sr", "begins"),
        hook="SUPER_RESOLUTION",
    ),
    FieldSpec(
        "@duration",
        "Duration",
        "Video",
        Look.SECONDS,
        json="duration",
        filter=FilterKey("duration", "number", ">=", "8"),
        name="duration",
        hook="DURATION",
    ),
    FieldSpec("@frames", "Frames", "Video", Look.NUMBER),
    FieldSpec("@framespersecond", "FPS", "Video", Look.NUMBER, json="fps"),
    FieldSpec(
        "@seed",
        "Seed",
        "Video",
        json="seed",
        filter=FilterKey("seed", "number", "=", "4304"),
        name="seed",
    ),
    FieldSpec("@generate_audio", "Audio", "Video", Look.BOOLEAN, filter=FilterKey("audio", "flag")),
    FieldSpec("@draft", "Draft", "Video", Look.BOOLEAN, filter=FilterKey("draft", "flag")),
    FieldSpec("result_url", "Result URL", "Links", Look.LINK),
    FieldSpec("original_result_url", "Original URL", "Links", Look.LINK),
    FieldSpec("@content.video_url", "Video URL", "Links", Look.LINK),
    FieldSpec("@content.last_frame_url", "Last frame URL", "Links", Look.LINK),
    FieldSpec("submit_time", "Submitted", "Time", Look.MOMENT, json="submitted_at"),
    FieldSpec("start_time", "Started", "Time", Look.MOMENT, json="started_at"),
    FieldSpec("finish_time", "Finished", "Time", Look.MOMENT, json="finished_at"),
    FieldSpec("@created_at", "Created", "Time", Look.MOMENT),
    FieldSpec("@updated_at", "Updated", "Time", Look.MOMENT),
    FieldSpec(
        "@usage.completion_tokens",
        "Completion tokens",
        "Usage",
        Look.NUMBER,
        json="tokens.completion",
    ),
    FieldSpec("@usage.total_tokens", "Total tokens", "Usage", Look.NUMBER, json="tokens.total"),
    FieldSpec(
        "@usage.super_resolution_tokens",
        "Super-resolution tokens",
        "Usage",
        Look.NUMBER,
        json="tokens.super_resolution",
    ),
    FieldSpec(
        "@model",
        "Model",
        "Service",
        json="model",
        filter=FilterKey("model", "contains"),
        name="model",
        hook="MODEL",
    ),
    FieldSpec("@status", "Upstream status", "Service", json="upstream_status"),
    FieldSpec("@service_tier", "Service tier", "Service", filter=FilterKey("tier", "begins")),
    FieldSpec("@id", "Upstream ID", "Service", json="upstream_id", hook="UPSTREAM_ID"),
    FieldSpec("request_id", "Request ID", "Service", json="request_id", hook="REQUEST_ID"),
    FieldSpec("/code", "Code", "Service"),
    FieldSpec("/message", "Message", "Service"),
)
"""Every field of the contract. A path with `/` is the envelope's, with `@` the upstream's."""


def fields_of(envelope: Envelope | None) -> Iterator[Field]:
    """Every known field, sent or not, then everything else that the response holds, by its path."""
    known = set()
    for spec in SPECS:
        base, names, path = _place(spec.path, envelope)
        if path in known:  # the response has one object for both services: it is said once
            base, names, path = _place(spec.path, None)
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
