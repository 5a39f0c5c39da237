"""The record of one task: flat, under stable names, the same in every command."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from ..api.links import RESULTS, Kind, Link
from ..api.models import Task
from ..api.unsigned import usable
from ..core.explain.explain import explain
from ..core.model.entry import Entry
from ..core.model.fields import SPECS
from ..core.model.file_states import Saved
from ..core.model.urgency import has_expired
from ..core.text.units import iso
from .json_error import error_of
from .output import Value

VERSION = 1
Record = Mapping[str, Value]
KEYS = (
    "v", "id", "input", "label", "tags", "note", "prompt", "pick", "added_at", "status", "phase",
    "open", "progress", "upstream_status", "asked_at", "stale", "submitted_at", "started_at",
    "finished_at", "action", "model", "ratio", "resolution", "super_resolution", "duration", "fps",
    "seed", "tokens", "request_id", "upstream_id", "files", "failure", "error",
)  # fmt: skip
"""Every name, in order. Moments are ISO 8601 in UTC, `progress` goes from 0 to 1, `status` is the
word as the server spelt it, `failure` why there is no video, `error` what is wrong with asking."""
FILES = {"result": Kind.RESULT, "original": Kind.ORIGINAL, "last_frame": Kind.LAST_FRAME}
"""What the files are called; further videos of the task are a list, `more`."""
_TOKENS = "tokens."


def record(entry: Entry, now: float, *, word: str = "", error: Value = None) -> Record:
    """Return what is known, under each of `KEYS`; None where nothing is.

    `word` is what the user has typed for it; `error` is told where the entry has none itself.
    """
    known = {
        "v": VERSION,
        "input": word or entry.id,
        **_of_person(entry),
        **_of_task(entry),
        "files": _files(entry, now),
        "error": error_of(entry.problem) if entry.problem else error,
    }
    return {key: known[key] for key in KEYS}


def record_of_no_id(word: str, error: Value) -> Record:
    """Return the record of a word that is no ID: all that is known of it is the error."""
    known: dict[str, Value] = {
        "v": VERSION,
        "input": word,
        "tags": [],
        "phase": "unknown",
        "open": False,
        "stale": False,
        "tokens": dict.fromkeys(("completion", "total", "super_resolution")),
        "files": {**dict.fromkeys(FILES), "more": []},
        "error": error,
    }
    return {key: known.get(key) for key in KEYS}


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
        "prompt": watched.prompt or None,
        "pick": watched.pick,
        "added_at": iso(watched.added_at.timestamp()) if watched.is_listed else None,
    }


def _of_task(entry: Entry) -> dict[str, Value]:
    task, upstream = entry.task, entry.upstream
    return {
        **dict(_of_registry(task)),
        "tokens": dict(_tokens(task)),
        "status": entry.status.word or None,
        "phase": entry.status.phase.value.replace(" ", "_"),
        "open": entry.is_open,
        "progress": task.progress if task else None,
        "upstream_status": upstream.status,
        "upstream_id": upstream.id,
        "asked_at": iso(entry.seen_at),
        "stale": entry.problem is not None or (entry.remembered and entry.is_open),
        "submitted_at": iso(task.submit_time) if task else None,
        "started_at": iso(task.start_time) if task else None,
        "finished_at": iso(task.finish_time) if task else None,
        "seed": upstream.seed,
        "failure": _failure(task) if task else None,
    }


def _of_registry(task: Task | None) -> Iterator[tuple[str, Value]]:
    for spec in SPECS:
        if spec.json and not spec.json.startswith(_TOKENS):
            yield spec.json, spec.read(task)


def _tokens(task: Task | None) -> Iterator[tuple[str, Value]]:
    for spec in SPECS:
        if spec.json.startswith(_TOKENS):
            yield spec.json.removeprefix(_TOKENS), spec.read(task)


def _failure(task: Task) -> Value:
    """Why there is no video: the server's own words where it has any.

    A task that only the upstream service has given up has one too.
    """
    why = explain(task)
    if why is None:
        return None
    message = why.said or why.happened
    return {
        "cause": why.cause.word,
        "code": why.code or None,
        "message": message,
        "advice": why.advice,
    }


def _files(entry: Entry, now: float) -> Value:
    named = {name: _file(entry, kind, now) for name, kind in FILES.items()}
    known = {*(link.kind for link in entry.links), *entry.files}
    more = [_file(entry, kind, now) for kind in RESULTS[1:] if kind in known]
    return {**named, "more": [one for one in more if one]}


def _file(entry: Entry, kind: Kind, now: float) -> Value:
    """Return what is known of one file; None where there is neither a link nor a file."""
    link, state = entry.link(kind), entry.file(kind)
    path = saved_path(entry, kind)
    if link is None and path is None:
        return None
    stamp = state.stamp if isinstance(state, Saved) else None
    crc64 = stamp.crc64 if stamp else None
    return {
        **_link(entry, link, now),
        "path": str(path) if path else None,
        "bytes": stamp.size if stamp else _size(path),
        "crc64": None if crc64 is None else str(crc64),
    }


def _size(path: Path | None) -> int | None:
    """Return the length in bytes of a file that was found by its name."""
    try:
        return path.stat().st_size if path else None
    except OSError:
        return None


def _link(entry: Entry, link: Link | None, now: float) -> dict[str, Value]:
    if link is None:
        return {"url": None, "expires_at": None, "expires_by": None, "expired": False}
    current = link.current(now)
    refusal = entry.refusal(link.kind)
    return {
        "url": current.url if usable(current) else None,
        "expires_at": iso(current.deadline),
        "expires_by": link.expires_by(now),
        "expired": has_expired(link, now) or bool(refusal and refusal.is_expiry),
    }
