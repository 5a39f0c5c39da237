"""Find the task, and the upstream object within it, in a response of any dialect."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Self

from .json_values import JSON

_DEEPEST = 8
"""A gateway behind a gateway wraps an answer twice; more than this is no answer but an attack."""
_TASK_KEYS = frozenset({"task_id", "status", "progress", "result_url"})
_MOST_LEAVES = 400


@dataclass(frozen=True, slots=True)
class Envelope:
    """A response, opened: the task's object, the upstream's innermost one, and their paths.

    `task_path` is `"data"`, or empty where the response is the task itself; `upstream_path` is
    `"data.data"`, or longer where envelopes are nested.
    """

    raw: JSON = field(repr=False)
    task: dict[str, JSON] = field(repr=False)
    task_path: str
    upstream: dict[str, JSON] = field(repr=False)
    upstream_path: str

    @classmethod
    def open(cls, answer: JSON) -> Self | None:
        """Open a response; None if no task is in it."""
        if not isinstance(answer, dict):
            return None
        task, path = _unpacked(answer.get("data")), "data"
        if not isinstance(task, dict) or not task:
            task, path = answer, ""
            if "task_id" not in answer:
                return None
        elif not _TASK_KEYS & task.keys():
            return None
        upstream, upstream_path = _innermost(task.get("data"), _joined(path, "data"))
        return cls(answer, task, path, upstream, upstream_path)

    def leaves(self) -> Iterator[tuple[str, JSON]]:
        """Every value at any depth with its path as spelt, at most 400 of them."""
        for count, leaf in enumerate(_walk(self.raw, "", 0)):
            if count == _MOST_LEAVES:
                return
            yield leaf


def _joined(path: str, key: str) -> str:
    return f"{path}.{key}" if path else key


def _unpacked(value: JSON) -> JSON:
    """Read a string of JSON as what it holds; anything else is itself."""
    if not isinstance(value, str) or not value.lstrip().startswith(("{", "[")):
        return value
    try:
        unpacked: JSON = json.loads(value)
    except (ValueError, RecursionError):
        return value
    return unpacked


def _innermost(value: JSON, path: str) -> tuple[dict[str, JSON], str]:
    """Go down through whole envelopes to the object that is none."""
    for _ in range(_DEEPEST):
        value = _unpacked(value)
        if isinstance(value, list) and len(value) == 1:
            value, path = value[0], f"{path}[0]"
        if not isinstance(value, dict):
            return {}, path
        if "data" not in value or not ({"code", "task_id"} & value.keys()):
            return value, path
        value, path = value["data"], _joined(path, "data")
    return {}, path


def _walk(value: JSON, path: str, depth: int) -> Iterator[tuple[str, JSON]]:
    value = _unpacked(value)
    if not isinstance(value, dict | list) or not value:
        yield path, value
    elif depth == 4 * _DEEPEST:
        yield path, "…"
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield from _walk(inner, _joined(path, key), depth + 1)
    else:
        for index, inner in enumerate(value):
            yield from _walk(inner, f"{path}[{index}]", depth + 1)
