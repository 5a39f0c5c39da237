"""How a response is folded into what is known of a task."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from ...api.links import Kind, links_of
from ...api.models import Phase, Task
from .judgement import counted, over_since, says_less

if TYPE_CHECKING:
    from .entry import Entry


def told(entry: Entry, task: Task, at: float) -> Entry:
    """Take in a response, unless it says less than what is known: then it is only noted."""
    since = over_since(task, at, entry.over_since)
    task = counted(task, since, at)
    links = tuple(links_of(task))
    if entry.task and says_less(entry.task, entry.links, task, links):
        kept = counted(entry.task, entry.over_since, at)
        return replace(entry, task=kept, seen_at=at, said_less=task)
    kinds = {link.kind for link in links}
    links += tuple(link for link in entry.links if links and link.kind not in kinds)
    is_linkless = task.status.phase is Phase.DONE and Kind.RESULT not in kinds
    return replace(
        entry,
        task=task,
        links=links,
        seen_at=at,
        over_since=since,
        linkless_since=(entry.linkless_since or at) if is_linkless else None,
        said_less=None,
    )
