"""A problem as text, so that a later run can still say why a file was not saved."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import fields

from ...api.errors import ApiError
from ..model.outcomes import Problem


def problem_text(problem: Problem | None) -> str | None:
    """Write a problem down; None for none."""
    if problem is None:
        return None
    values = {one.name: getattr(problem, one.name) for one in fields(problem)}
    return json.dumps(values | {"kind": problem.kind.__name__}, ensure_ascii=True, default=str)


def problem_of(text: str | None) -> Problem | None:
    """Read what `problem_text` wrote; of anything else, some error that nobody knows any more."""
    if not text:
        return None
    try:
        values = json.loads(text)
        kind = _kinds().get(values.pop("kind"), ApiError)
        known = {one.name for one in fields(Problem)}
        return Problem(kind, **{name: v for name, v in values.items() if name in known})
    except (ValueError, TypeError, KeyError, AttributeError):
        return Problem(ApiError)


def _kinds() -> dict[str, type[ApiError]]:
    return {kind.__name__: kind for kind in _with_descendants(ApiError)}


def _with_descendants(kind: type[ApiError]) -> Iterator[type[ApiError]]:
    yield kind
    for child in kind.__subclasses__():
        yield from _with_descendants(child)
