"""The one shape of an event: something that has happened to a task, or to all."""

from __future__ import annotations

from ..core.text.units import iso
from .json_record import VERSION, Record
from .output import Value


def event(kind: str, at: float, task: Record | None = None, error: Value = None) -> Value:
    """Return an event of `kind`, at a moment in Unix seconds."""
    return {"v": VERSION, "type": kind, "at": iso(at), "task": task, "error": error}
