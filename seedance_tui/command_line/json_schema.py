"""JSON Schema (2020-12) of what the commands print: a task, an event, an error."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from ..api.links import Ground
from ..api.models import Phase
from ..core.explain.causes import Cause
from ..core.model.codes import Code
from .output import Value

_DIALECT = "https://json-schema.org/draft/2020-12/schema"
Schema = Mapping[str, Value]
_EVENTS = ("changed", "ended", "saved", "expiring", "lost", "trouble", "summary")


def _type(name: str, *others: str) -> Schema:
    """Return the schema of a value of one of these types."""
    return {"type": [name, *others] if others else name}


def _choice(words: Sequence[str], *, or_none: bool = False) -> Schema:
    return {"enum": [*words, None] if or_none else list(words)}


def _object(properties: Mapping[str, Schema], *, or_none: bool = False) -> Schema:
    """Return the schema of an object with exactly these keys."""
    return {
        "type": ["object", "null"] if or_none else "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


_TEXT, _MAYBE, _COUNT = _type("string"), _type("string", "null"), _type("integer", "null")
_NUMBER, _TRUTH = _type("number", "null"), _type("boolean")
_MOMENT: Schema = {"type": ["string", "null"], "format": "date-time"}
_VERSION: Schema = {"const": 1}
_FILE: Mapping[str, Schema] = {
    "url": _MAYBE,
    "expires_at": _MOMENT,
    "expires_by": _choice([ground.value for ground in Ground], or_none=True),
    "expired": _TRUTH,
    "path": _MAYBE,
    "bytes": _COUNT,
    "crc64": _MAYBE,  # CRC-64/XZ, a decimal number: it is too large for some readers of JSON
}
_FAILURE: Mapping[str, Schema] = {
    "cause": _choice(list(dict.fromkeys(cause.word for cause in Cause))),
    "code": _MAYBE,
    "message": _TEXT,
    "advice": _TEXT,
}
_ERROR: Mapping[str, Schema] = {
    "code": _choice([code.value for code in Code]),
    "exit": _type("integer"),
    "retryable": _TRUTH,
    "retry_after": _NUMBER,
    "http": _COUNT,
    "request_id": _MAYBE,
    "message": _TEXT,
    "hint": _MAYBE,
}
_FILES: Mapping[str, Schema] = {
    "result": _object(_FILE, or_none=True),
    "original": _object(_FILE, or_none=True),
    "last_frame": _object(_FILE, or_none=True),
    "more": {"type": "array", "items": _object(_FILE)},
}
_TOKENS = {"completion": _NUMBER, "total": _NUMBER, "super_resolution": _NUMBER}
_TASK: Mapping[str, Schema] = {
    "v": _VERSION,
    "id": _MAYBE,  # null for a word that is no ID
    "input": _TEXT,
    "label": _MAYBE,
    "tags": {"type": "array", "items": _TEXT},
    "note": _MAYBE,
    "prompt": _MAYBE,
    "pick": _type("boolean", "null"),
    "added_at": _MOMENT,
    "status": _MAYBE,
    "phase": _choice([phase.value.replace(" ", "_") for phase in Phase]),
    "open": _TRUTH,
    "progress": {"type": ["number", "null"], "minimum": 0, "maximum": 1},
    "upstream_status": _MAYBE,
    "asked_at": _MOMENT,
    "stale": _TRUTH,
    "submitted_at": _MOMENT,
    "started_at": _MOMENT,
    "finished_at": _MOMENT,
    **dict.fromkeys(("action", "model", "ratio", "resolution", "super_resolution"), _MAYBE),
    **dict.fromkeys(("duration", "fps", "seed"), _NUMBER),
    "tokens": _object(_TOKENS),
    "request_id": _MAYBE,
    "upstream_id": _MAYBE,
    "files": _object(_FILES),
    "failure": _object(_FAILURE, or_none=True),
    "error": _object(_ERROR, or_none=True),
}
_EVENT: Mapping[str, Schema] = {
    "v": _VERSION,
    "type": _choice(_EVENTS),
    "at": {"type": "string", "format": "date-time"},
    "task": _object(_TASK, or_none=True),
    "error": _object(_ERROR, or_none=True),
}
_SHAPES = {"task": _TASK, "event": _EVENT, "error": _ERROR}
NAMES = tuple(_SHAPES)
"""What has a schema."""


def schema(name: str) -> Schema:
    """Return the whole schema of one of `NAMES`."""
    return {"$schema": _DIALECT, "title": f"seedance-tui {name}", **_object(_SHAPES[name])}


def columns() -> tuple[str, ...]:
    """Return the dotted names of all single values of a task, the ID first."""
    return ("id", *(name for name in _names(_object(_TASK)) if name not in ("v", "id")))


def fields() -> tuple[str, ...]:
    """Return every dotted name of a task's fields, also of those that hold others."""
    return tuple(_names(_object(_TASK), with_groups=True))


def _names(node: Value, prefix: str = "", *, with_groups: bool = False) -> Iterator[str]:
    properties = node.get("properties") if isinstance(node, Mapping) else None
    if not isinstance(properties, Mapping):
        yield prefix
        return
    if with_groups and prefix:
        yield prefix
    for name, below in properties.items():
        path = f"{prefix}.{name}" if prefix else name
        yield from _names(below, path, with_groups=with_groups)
