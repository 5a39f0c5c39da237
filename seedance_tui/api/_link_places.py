"""Where in a response links are written (source: answers of gateways of the same family)."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import zip_longest

from .json_values import JSON
from .models import Task

Written = tuple[str, str]
"""A path in the response, and the text that stands there."""
_Entries = list[Written | None]
"""What stands at one place, video by video; None for a video without a link there."""
_Path = tuple[str, ...]
_NEIGHBOURS: tuple[_Path, ...] = (
    ("url",),
    ("video_url",),
    ("content", "result_url"),
    ("output", "urls"),
    ("task_result", "videos"),
)
"""Where others than the contract's gateway write the result, in the task or upstream's object."""
_RESULTS: tuple[tuple[bool, _Path], ...] = (
    (True, ("result_url",)),
    (False, ("content", "video_url")),
    *((is_of_task, path) for path in _NEIGHBOURS for is_of_task in (True, False)),
    (True, ("fail_reason",)),
)
"""Every place of the result, in the order in which they are believed: in the task or upstream."""
_NAMES = ("url", "video_url")
"""Under which an object has its link."""
MOST_VIDEOS = 64
"""Entries of a list that are read; no service is known to make more than ten videos at once."""


def videos(task: Task) -> list[list[Written]]:
    """Return the texts in which the link of each video may stand, video by video, in order.

    Places are candidates for the same video; the entries of one list are several videos.
    """
    of_task, of_upstream = task.envelope.task, task.envelope.upstream
    everywhere = (  # ten thousand tasks are looked through at the start, and have few of these
        _of_task(task, path) if is_of_task else _of_upstream(task, path)
        for is_of_task, path in _RESULTS
        if path[0] in (of_task if is_of_task else of_upstream)
    )
    places = [entries for entries in everywhere if entries]
    aligned = [_aligned(entries, places) for entries in places]
    return [
        [entry for entry in of_one_video if entry]
        for of_one_video in zip_longest(*aligned, fillvalue=None)
    ]


def _aligned(entries: _Entries, places: list[_Entries]) -> _Entries:
    """Put a text that stands alone beside its like where a list has it as a later video."""
    lists = [place for place in places if len(place) > 1]
    if not lists or len(entries) != 1 or entries[0] is None:
        return entries
    for others in lists:
        texts = [other and other[1] for other in others]
        if entries[0][1] in texts:
            return [*[None] * texts.index(entries[0][1]), *entries]
    return entries


def original(task: Task) -> list[Written]:
    """Return the texts in which the link of the original may stand."""
    return _first(_of_task(task, ("original_result_url",)))


def last_frame(task: Task) -> list[Written]:
    """Return the texts in which the link of the last frame may stand."""
    return _first(_of_upstream(task, ("content", "last_frame_url")))


def _first(entries: _Entries) -> list[Written]:
    return [entry for entry in entries[:1] if entry]


def _of_task(task: Task, names: _Path) -> _Entries:
    return _entries(task.envelope.task, names, task.envelope.task_path)


def _of_upstream(task: Task, names: _Path) -> _Entries:
    return _entries(task.envelope.upstream, names, task.envelope.upstream_path)


def _entries(value: JSON, names: _Path, prefix: str) -> _Entries:
    """Return the texts at a path, several where a list is; None for an entry without one."""
    for name in names:
        if not isinstance(value, dict):
            return []
        value = value.get(name)
    if not value:
        return []
    path = ".".join((prefix, *names) if prefix else names)
    if isinstance(value, list):
        listed = enumerate(value[:MOST_VIDEOS])
        return [next(_texts(entry, f"{path}[{index}]"), None) for index, entry in listed]
    return list(_texts(value, path))


def _texts(value: JSON, path: str) -> Iterator[Written]:
    """The text itself, or the one under the usual names of an object."""
    if isinstance(value, str) and value.strip():
        yield path, value
    elif isinstance(value, dict):
        for name in _NAMES:
            text = value.get(name)
            if isinstance(text, str) and text.strip():
                yield f"{path}.{name}", text
                return
