"""Find the task, and the upstream object within it, in a response of any dialect."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Self

from .json_values import JSON

_DEEPEST = 8
"""A gateway behind a gateway wraps an answer twice; more than this is no answer but an attack."""
_TASK_KEYS = frozenset({"task_id", "status", "task_status", "progress", "result_url"})
_OF_A_TASK = frozenset(
    {"model", "content", "created_at", "updated_at", "progress", "usage", "url", "video_url"}
)
"""What an error that happens to have an ID and a status does not have beside them."""
_REASON_KEYS = frozenset(
    {"message", "msg", "error", "reason", "reasons", "cause"}
    | {
        f"{of}{what}"
        for of in ("err", "error")
        for what in ("msg", "message", "reason", "info", "desc")
    }
    | {
        f"{of}{what}"
        for of in ("fail", "failed", "failure", "status", "taskstatus", "state")
        for what in ("msg", "message", "reason", "info")
    }
    | {"raimediafilteredreasons"}
)
"""Where services put the reason of a failure: names in lower case, without signs between words."""
_DETAIL_KEYS = frozenset(
    {"detail", "details", "errordetail", "errordetails", "errordescription", "errors", "failure"}
)
"""Where it stands as well, behind the others: a detail may be one of something else."""
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
        found = _task_in(answer)
        if found is None:
            return None
        task, path = found
        upstream, upstream_path = _innermost(task.get("data"), _joined(path, "data"))
        if not upstream and "data" not in task:
            upstream, upstream_path = task, path
        return cls(answer, task, path, upstream, upstream_path)

    @property
    def is_flat(self) -> bool:
        """Whether one object is both the gateway's and the upstream service's."""
        return self.upstream is self.task

    def texts(self, names: frozenset[str]) -> list[str]:
        """Every text under one of the names, that of the deepest object first.

        Names are in lower case, without signs between their words.
        """
        found = [
            (path.count("."), value)
            for path, value in self.leaves()
            if isinstance(value, str) and _name(path) in names
        ]
        return [value for _depth, value in sorted(found, key=lambda leaf: -leaf[0])]

    def reasons(self) -> list[str]:
        """Every text that stands where services put the reason of a failure, deepest first."""
        return self.texts(_REASON_KEYS) + self.texts(_DETAIL_KEYS)

    def leaves(self) -> Iterator[tuple[str, JSON]]:
        """Every value at any depth with its path as spelt, at most 400 of them."""
        for count, leaf in enumerate(_walk(self.raw, "", 0)):
            if count == _MOST_LEAVES:
                return
            yield leaf


def _task_in(answer: JSON) -> tuple[dict[str, JSON], str] | None:
    """Find the gateway's object of a task and its path: within envelopes, or the answer itself."""
    value, path = answer, ""
    for _ in range(_DEEPEST):
        if not isinstance(value, dict):
            break
        inner = _unpacked(value.get("data"))
        if _TASK_KEYS & value.keys() if path else _is_around(value, inner):
            return value, path
        if not isinstance(inner, dict):
            break
        value, path = inner, _joined(path, "data")
    return (answer, "") if isinstance(answer, dict) and _is_task(answer) else None


def _is_around(answer: dict[str, JSON], inner: JSON) -> bool:
    """Whether a response is the task itself, and `inner` in it is what upstream said of it."""
    is_inner_own = isinstance(inner, dict) and "task_id" in inner
    is_task = "task_id" in answer or "code" not in answer
    return is_task and not is_inner_own and _has_status(answer) and _is_task(answer)


def _has_status(answer: dict[str, JSON]) -> bool:
    return any(isinstance(answer.get(key), str) for key in ("status", "task_status"))


def _is_task(answer: dict[str, JSON]) -> bool:
    """Whether a response without an envelope is a task: some give it an `id` for `task_id`.

    An error with an ID and a status is none: no failure is made up.
    """
    if "task_id" in answer:
        return True
    is_error = ("error" in answer or "message" in answer) and not _OF_A_TASK & answer.keys()
    return _has_status(answer) and bool(answer.get("id")) and not is_error


def _name(path: str) -> str:
    """The last name of a path, in lower case, without its signs and a place in a list."""
    name = path.rpartition(".")[2].partition("[")[0].lower()
    return name.replace("_", "").replace("-", "")


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
