"""What a response makes of a task: two services may disagree, and a later answer may say less."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from ...api.links import Kind, Link, link_of, links_of
from ...api.models import Phase, Task, phase_of

if TYPE_CHECKING:
    from .entry import Entry

SUCCESS_LAG = 300.0
"""Seconds that a gateway may take to notice that upstream has succeeded."""
FAILURE_LAG = 1800.0
"""Seconds that upstream must have been over without a video until that is believed."""
LINK_LAG = 300.0
"""Seconds for which a task that is done without a link is polled again."""
_ALIKE = {
    Phase.NOT_STARTED: Phase.QUEUED,
    Phase.SUBMITTED: Phase.QUEUED,
    Phase.ENDED: Phase.FAILED,
}
"""Phases that say the same of the video: it waits, or it is over without one."""


def over_since(task: Task, at: float, known: float | None) -> float | None:
    """Return since when upstream is over and the gateway says open; None where they agree.

    `at` is when the response came, `known` what this function returned of the response before.
    """
    if not task.status.is_open or not task.upstream_phase.is_over:
        return None
    moments = (known, task.upstream.updated_at)
    return min((moment for moment in moments if moment is not None and moment <= at), default=at)


def counted(task: Task, since: float | None, at: float) -> Task:
    """Return the task as it counts: as upstream says where the gateway has had time to notice."""
    phase = task.upstream_phase
    if since is None or not task.status.is_open:
        return task
    lag = FAILURE_LAG
    if phase is Phase.DONE:
        lag = 0.0 if task.status.phase is Phase.UNKNOWN else SUCCESS_LAG
        if link_of(task, Kind.RESULT) is None:
            return task
    if at - since < lag:
        return task
    status = replace(task.status, phase=phase, upstream_word=task.upstream.status or "")
    return replace(task, status=status)


def says_less(
    before: Task, links: Collection[Link], after: Task, new_links: Collection[Link]
) -> bool:
    """Whether a later answer says less of a task: it is undone by it, or all links are gone.

    A task that is done and never had a link may fail yet: nothing is lost by that.
    """
    is_undone = before.status.phase is Phase.DONE and after.status.is_open
    return is_undone or (bool(links) and not new_links)


def after_response(entry: Entry, task: Task, at: float, **others: Any) -> Entry:
    """Return the entry with a response taken in; one that says less is only noted.

    `others` are attributes that change with it.
    """
    since = over_since(task, at, entry.over_since)
    task = counted(task, since, at)
    links = tuple(links_of(task, entry.base_url))
    if entry.task and says_less(entry.task, entry.links, task, links):
        kept = counted(entry.task, entry.over_since, at)
        return replace(entry, task=kept, seen_at=at, said_less=task, **others)
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
        **others,
    )


def answer_apart(entry: Entry) -> Task | None:
    """Return the response about another task that was kept apart, where the task has no link."""
    return entry.problem.other if entry.problem and not entry.link() else None


def contradiction(task: Task) -> str | None:
    """The upstream status as spelt, where it means something else than the outer one; else None.

    The gateway may say IN_PROGRESS for a day while upstream is long over. Of a word that is not
    known, only an end upstream is news.
    """
    outer, inner = _stage(task.status.word), _stage(task.upstream.status)
    if inner is Phase.UNKNOWN or inner is outer:
        return None
    return task.upstream.status if outer is not Phase.UNKNOWN or inner.is_over else None


def _stage(word: str | None) -> Phase:
    phase = phase_of(word)
    return _ALIKE.get(phase, phase)
