"""What a hook command is told of its task: variables of its environment."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime

from ...api.links import Kind
from ...api.models import Phase
from ...api.unsigned import usable
from ..model.entry import Entry
from ..model.fields import SPECS
from ..model.file_states import Saved
from ..model.watched import Watched
from ..settings.api_key import without_key
from ..text.sanitize import safe

_LONGEST = 4000
"""Characters of a text: a system refuses an environment that is too large."""


def environment(entry: Entry, environ: Mapping[str, str]) -> dict[str, str]:
    """Return `environ` without the API key, and with what is known of the task.

    Each value is one line without control codes, empty where nothing is known; times are Unix
    seconds. The values are not quoted for a shell.
    """
    facts = {f"SEEDANCE_{name}": value for name, value in _facts(entry).items()}
    return without_key(environ) | facts


def _facts(entry: Entry) -> dict[str, str]:
    said, watched = entry.upstream, entry.watched
    is_done = entry.status.phase is Phase.DONE
    link = entry.link()
    return {
        "EVENT": "success" if is_done else "failure",
        "TASK_ID": _text(entry.id),
        "LABEL": _text(watched.label),
        "TAGS": _text(",".join(watched.tags)),
        "STATUS": _text(entry.status.word),
        "PATH": _path(entry, Kind.RESULT),
        "ORIGINAL_PATH": _path(entry, Kind.ORIGINAL),
        "RESULT_URL": _url(entry, Kind.RESULT),
        "ORIGINAL_URL": _url(entry, Kind.ORIGINAL),
        "LAST_FRAME_URL": _url(entry, Kind.LAST_FRAME),
        "EXPIRES_AT": _text(int(link.deadline) if link and link.deadline else None),
        "ERROR_CODE": _text(said.error_code),
        "ERROR_MESSAGE": _text(_reason(entry)),
        "TOKENS": _text(entry.billed_tokens),
        **{spec.hook: _text(spec.read(entry.task)) for spec in SPECS if spec.hook},
    }


def fields(entry: Entry) -> dict[str, str]:
    """Return what an argument can be of the task: the same facts, and the other named fields."""
    facts = {name.lower(): value for name, value in _facts(entry).items()}
    more = {name: _text(spec.read(entry.task)) for name, spec in _MORE.items()}
    del facts["event"]
    return {"id": facts.pop("task_id"), "note": _text(entry.watched.note)} | more | facts


def field_names() -> list[str]:
    """The names of these fields, the usual ones first."""
    usual = ("id", "path", "original_path", "label", "seed")
    every = fields(Entry(Watched("-", datetime.fromtimestamp(0, UTC))))
    return [*usual, *(name for name in every if name not in usual)]


_MORE = {
    (spec.name or spec.json or (spec.filter.name if spec.filter else "")): spec
    for spec in SPECS
    if not spec.hook and (spec.name or spec.json or spec.filter)
}
"""Fields of the registry that hooks are not told of, by what they are called elsewhere."""


def _text(value: object) -> str:
    return "" if value is None else safe(str(value)[:_LONGEST])


def _reason(entry: Entry) -> str | None:
    is_without_video = entry.status.phase.is_lost or entry.lacks_link
    return entry.task.reason if entry.task and is_without_video else None


def _path(entry: Entry, kind: Kind) -> str:
    """As it is: a path made safe would lead nowhere."""
    state = entry.file(kind)
    return str(state.path) if isinstance(state, Saved) else ""


def _url(entry: Entry, kind: Kind) -> str:
    """Whole, for half a link opens nothing; `Link` holds no longer one than 10,000 characters."""
    link = usable(entry.link(kind))
    return safe(link.url) if link else ""
