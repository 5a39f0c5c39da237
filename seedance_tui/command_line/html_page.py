"""Records as one page of HTML that needs nothing else: no network, no other file."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from html import escape

from ..core.text import i18n
from ..core.text.i18n import N_, _, plural
from ..core.text.sanitize import safe
from .html_plot import plot
from .html_style import CSS, SCRIPT
from .json_record import Record
from .output import Value

_HEADS = {
    "label": N_("Label"),
    "id": N_("ID"),
    "status": N_("Status"),
    "progress": N_("Progress"),
    "resolution": N_("Resolution"),
    "ratio": N_("Ratio"),
    "duration": N_("Duration"),
    "tokens": N_("Tokens"),
    "submitted_at": N_("Submitted"),
    "files.result.url": N_("Link"),
    "files.result.expires_at": N_("Link expires"),
    "model": N_("Model"),
    "files.result.path": N_("Saved as"),
}
"""The columns where none were picked, and their heads."""
_POLICY = "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'"
_OWN_PICTURES = "img-src data:"
_NUMBERS = ("progress", "duration", "tokens", "seed", "fps", "bytes")
_LONG = ("label", "note", "prompt", "message", "advice")
_BILLED = ("super_resolution", "total", "completion")


def page(records: Sequence[Record], fields: Sequence[str] = ()) -> Iterator[str]:
    """Yield the lines of the page; `fields` are its columns, by dotted names.

    Where none were picked, a picture of the saved video stands before each row, and a column in
    which no task has anything is left out.
    """
    from .html_pictures import pictures

    stills = {} if fields else pictures(records)
    policy = f"{_POLICY}; {_OWN_PICTURES}" if stills else _POLICY
    title = plural("{n} task", "{n} tasks", len(records))
    yield from (
        "<!doctype html>",
        f'<html lang="{i18n.spoken()}">',
        "<head>",
        '<meta charset="utf-8">',
    )
    yield f'<meta http-equiv="Content-Security-Policy" content="{policy}">'
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">'
    yield '<meta name="referrer" content="no-referrer">'
    yield f"<title>seedance-tui: {escape(title)}</title>"
    yield from ("<style>", *CSS.splitlines(), "</style>", "</head>", "<body>")
    yield f"<header><h1>seedance-tui</h1><p>{escape(title)}</p>{_phases(records)}</header>"
    yield from ('<section class="plots">', *_plots(records), "</section>")
    yield from _table(records, tuple(fields) or _filled(records), stills)
    yield from ("<script>", *SCRIPT.splitlines(), "</script>", "</body>", "</html>")


def _filled(records: Sequence[Record]) -> tuple[str, ...]:
    """Return the columns in which some task has something, the ID in any case."""
    from .shapes import text

    return tuple(
        name for name in _HEADS if name == "id" or any(text(_value(one, name)) for one in records)
    )


def _phases(records: Sequence[Record]) -> str:
    """Say how many tasks are in each phase."""
    counts = Counter(str(record["phase"]) for record in records)
    marks = (
        f'<li class="{escape(phase)}"><b>{count}</b> {escape(phase.replace("_", " "))}</li>'
        for phase, count in counts.most_common()
    )
    return f"<ul>{''.join(marks)}</ul>"


def _plots(records: Sequence[Record]) -> Iterator[str]:
    tokens, tasks = Counter[str](), Counter[str]()
    for record in records:
        day = str(record["submitted_at"] or record["added_at"] or "")[:10]
        if day:
            tasks[day] += 1
            tokens[day] += _tokens(record)
    yield from plot(_("Tokens by day"), tokens)
    yield from plot(_("Tasks by day"), tasks)


def _tokens(record: Record) -> int:
    """Return the tokens that are billed: super-resolution, else total, else completion ones."""
    usage = record["tokens"]
    known = [usage.get(name) for name in _BILLED] if isinstance(usage, Mapping) else []
    return next((int(count) for count in known if isinstance(count, int | float)), 0)


def _table(
    records: Sequence[Record], columns: Sequence[str], stills: Mapping[str, str]
) -> Iterator[str]:
    yield '<div class="wide"><table>'
    heads = ((name, _(_HEADS[name]) if name in _HEADS else name) for name in columns)
    cells = (
        f'<th scope="col"{_kind(name)}><button>{escape(head)}</button></th>' for name, head in heads
    )
    yield f"<thead><tr>{'<th></th>' if stills else ''}{''.join(cells)}</tr></thead>"
    yield "<tbody>"
    for record in records:
        still = _still(stills.get(str(record["id"]))) if stills else ""
        yield f"<tr>{still}{''.join(_cell(record, name) for name in columns)}</tr>"
    yield "</tbody></table></div>"


def _still(source: str | None) -> str:
    return f'<td class="still">{f"""<img alt="" src="{source}">""" if source else ""}</td>'


def _cell(record: Record, name: str) -> str:
    from .shapes import text

    value = _value(record, name)
    key = escape(text(value), quote=True)
    whole = f' title="{key}"' if name.endswith("path") else ""
    return f'<td{_kind(name)} data-key="{key}"{whole}>{_shown(name, value, record)}</td>'


def _value(record: Record, name: str) -> Value:
    from .shapes import pick

    return (_tokens(record) or None) if name == "tokens" else pick(record, name)


def _shown(name: str, value: Value, record: Record) -> str:
    from .shapes import pick, text

    words = escape(text(value))
    if name == "status" and words:
        return f'<span class="{escape(str(record["phase"]))}">{words}</span>'
    if name.endswith("url") and pick(record, name.replace("url", "expired")):
        return escape(_("expired"))
    if name.endswith("url") and isinstance(value, str) and _is_web_link(value):
        return f'<a href="{escape(safe(value), quote=True)}">{escape(_("open"))}</a>'
    if name == "progress" and isinstance(value, int | float):
        return f"{value:.0%}"
    if isinstance(value, int) and not isinstance(value, bool) and name in _NUMBERS:
        return f"{value:,}"
    return words.replace("T", " ").removesuffix("Z") if name.endswith("_at") else words


def _is_web_link(url: str) -> bool:
    return url.startswith(("https://", "http://"))


def _kind(name: str) -> str:
    last = name.rpartition(".")[2]
    if last in _NUMBERS or name.startswith("tokens."):
        return ' class="number"'
    if last in ("id", "path"):
        return f' class="{last}"'
    return ' class="text"' if last in _LONG else ""
