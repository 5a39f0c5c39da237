"""What the JSON of the commands holds, for people: `help json`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from ..core.model.codes import Code, Exit
from ..core.model.problems import PROBLEMS
from ..core.text.i18n import _
from .json_schema import schema
from .output import Value, columns

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


def guide() -> Iterator[str]:
    """Yield the lines of the guide."""
    yield _("With --json a command that ends prints an array of records, one that streams a line")
    yield _("for each. A record has these fields, the same in every command; null is unknown.")
    yield ""
    yield from columns([(f"  {name}", kind) for name, kind in _fields(schema("task"))])
    yield ""
    yield _("watch prints events, and history an array of them:")
    yield ""
    yield from columns([(f"  {name}", kind) for name, kind in _fields(schema("event"), deep=False)])
    yield ""
    yield _("An error is in the field error and, as a line, on standard error. Its fields:")
    yield ""
    yield from columns([(f"  {name}", kind) for name, kind in _fields(schema("error"))])
    yield ""
    yield _("Its codes, each with its exit status; they are never translated:")
    yield ""
    yield from columns([(f"  {code}", str(int(end))) for code, end in exit_of_codes().items()])
    yield ""
    yield _("seedance-tui schema task, schema event and schema error print the JSON Schema.")


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
    few = [str(word) if word is not None else "null" for word in words]
    return " | ".join(few if len(few) <= 9 else [*few[:8], "…"])


def _may_be_null(types: Value) -> bool:
    return isinstance(types, list | tuple) and "null" in types
