"""What the JSON of the commands holds, for people: `help json`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from ..core.model.codes import Code, Exit
from ..core.model.problems import PROBLEMS
from ..core.text.i18n import _
from .json_schema import schema
from .output import Value
from .parser import explained, wrapped

_OWN = {
    Code.NOT_AN_ID: Exit.USAGE,
    Code.USAGE: Exit.USAGE,
    Code.TASK_FAILED: Exit.FAILED,
    Code.LINK_MISSING: Exit.DISK,
    Code.STILL_OPEN: Exit.STILL_OPEN,
    Code.INTERNAL: Exit.OTHER,
}
"""Exit statuses of the codes that no server has a part in."""


def exit_of_codes() -> Mapping[Code, Exit]:
    """Return what each code means as an exit status."""
    known = _OWN | {spec.code: spec.exit for spec in PROBLEMS.values()}
    return {code: known[code] for code in Code if code in known}


def guide(width: int) -> Iterator[str]:
    """Yield the lines of the guide, which have at most so many cells."""
    about = _(
        "With --json a command that ends prints an array of records, one that streams a line for"
        " each. A record has these fields, the same in every command; null is unknown."
    )
    yield from wrapped(about, width)
    yield ""
    yield from explained([(f"  {name}", kind) for name, kind in _fields(schema("task"))], width)
    yield ""
    yield from wrapped(_("watch prints events, and history an array of them:"), width)
    yield ""
    yield from explained(
        [(f"  {name}", kind) for name, kind in _fields(schema("event"), deep=False)], width
    )
    yield ""
    yield from wrapped(
        _("An error is in the field error and, as a line, on standard error. Its fields:"), width
    )
    yield ""
    yield from explained([(f"  {name}", kind) for name, kind in _fields(schema("error"))], width)
    yield ""
    yield from wrapped(_("Its codes, each with its exit status; they are never translated:"), width)
    yield ""
    yield from explained(
        [(f"  {code}", str(int(end))) for code, end in exit_of_codes().items()], width
    )
    yield ""
    yield from wrapped(
        _("seedance-tui schema task, schema event and schema error print the JSON Schema."), width
    )


def _fields(node: Value, prefix: str = "", *, deep: bool = True) -> Iterator[tuple[str, str]]:
    properties = node.get("properties") if isinstance(node, Mapping) else None
    if not isinstance(properties, Mapping):
        return
    for name, below in properties.items():
        yield prefix + name, _kind(below)
        if deep and name != "error":
            yield from _fields(below, f"{prefix}{name}.")


def _kind(node: Value) -> str:
    """Say what a value may be, in the words of JSON Schema."""
    if not isinstance(node, Mapping):
        return ""
    if "const" in node:
        return str(node["const"])
    words = node.get("enum", node.get("type"))
    if "format" in node:
        words = [node["format"], *(("null",) if _may_be_null(words) else ())]
    if isinstance(words, str) or not isinstance(words, list | tuple):
        return str(words)
    return " | ".join("null" if word is None else str(word) for word in words)


def _may_be_null(types: Value) -> bool:
    return isinstance(types, list | tuple) and "null" in types
