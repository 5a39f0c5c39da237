"""Why a task failed, in the few words that a row has room for."""

from __future__ import annotations

from textual.cache import LRUCache

from ...api.models import Task
from ...core.explain.explain import explain
from ...core.explain.in_short import in_short
from ...core.text.i18n import _
from . import format as fmt

_KEPT = 512
"""Reasons that are kept, some screens of them."""
_reasons: LRUCache[str, tuple[Task, str]] = LRUCache(_KEPT)


def reason(task_id: str, task: Task) -> str:
    """Why a task failed; kept, since finding out takes as long as drawing many rows."""
    kept = _reasons.get(task_id)
    if kept is None or kept[0] is not task:
        why = explain(task)
        kept = _reasons[task_id] = task, fmt.in_row(in_short(why) if why else "") or _("unknown")
    return kept[1]
