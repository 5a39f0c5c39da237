"""The facts of one task under stable names, for JSON and tables."""

from __future__ import annotations

from pathlib import Path

from ..api.links import Kind
from ..api.models import Task
from ..api.unsigned import usable
from ..core.model.entry import Entry
from ..core.model.fields import SPECS, FieldSpec, Look
from ..core.model.file_states import Saved
from ..core.model.outcomes import phrase
from ..core.text.units import iso
from .error_messages import failure
from .output import Value

_NAMES = (
    "id", "label", "tags", "note", "added_at", "status", "phase", "open", "progress",
    "submitted_at", "started_at", "finished_at", "result_url", "original_result_url",
    "last_frame_url", "link_expires_at", "original_link_expires_at", "saved", "saved_original",
    "error", "error_code", "problem", "problem_kind",
)  # fmt: skip
"""Every name, in order. Moments are ISO 8601 in UTC, `progress` goes from 0 to 1, `status` is the
word as the server spelt it, `error` why the task failed, `problem` why it could not be asked."""
NAMES = tuple(dict.fromkeys((*_NAMES, *(spec.json for spec in SPECS if spec.json))))
"""Those, and the others of the registry of fields."""


def facts(entry: Entry) -> dict[str, Value]:
    """Return what is known, under each of `NAMES`; None where nothing is."""
    known = _of_person(entry) | _of_task(entry.task) | _of_files(entry)
    problem = entry.problem
    known["problem"] = phrase(problem) if problem else None
    known["problem_kind"] = problem.kind.__name__ if problem else None
    return {name: known.get(name) for name in NAMES}


def saved_path(entry: Entry, kind: Kind = Kind.RESULT) -> Path | None:
    """Return where the file of that kind is on this disk."""
    state = entry.file(kind)
    return state.path if isinstance(state, Saved) else None


def _of_person(entry: Entry) -> dict[str, Value]:
    watched = entry.watched
    return {
        "id": entry.id,
        "label": watched.label or None,
        "tags": list(watched.tags),
        "note": watched.note or None,
        "added_at": iso(watched.added_at.timestamp()),
    }


def _of_task(task: Task | None) -> dict[str, Value]:
    if task is None:
        return {"open": True}
    return {
        "status": task.status.word,
        "phase": task.status.phase.value,
        "open": task.status.is_open,
        "progress": task.progress,
        "error": failure(task),
        "error_code": task.upstream.error_code,
        **{spec.json: _value(spec, task) for spec in SPECS if spec.json},
    }


def _value(spec: FieldSpec, task: Task) -> Value:
    value = spec.read(task)
    return iso(value) if spec.look is Look.MOMENT and isinstance(value, float | int) else value


def _of_files(entry: Entry) -> dict[str, Value]:
    known: dict[str, Value] = {}
    names = (
        (Kind.RESULT, "result_url", "link_expires_at"),
        (Kind.ORIGINAL, "original_result_url", "original_link_expires_at"),
        (Kind.LAST_FRAME, "last_frame_url", ""),
    )
    for kind, url, deadline in names:
        if link := entry.link(kind):
            whole = link.url if usable(link) else None
            known |= {url: whole, deadline: iso(link.deadline)}
    for name, kind in (("saved", Kind.RESULT), ("saved_original", Kind.ORIGINAL)):
        path = saved_path(entry, kind)
        known[name] = str(path) if path else None
    return known
