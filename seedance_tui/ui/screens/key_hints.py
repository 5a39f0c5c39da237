"""The footer's hints: the actions of a place, with the keys in force."""

from __future__ import annotations

from collections.abc import Iterable

from textual.app import App
from textual.binding import Binding

from ...core.text.i18n import _
from ..keys.action import Action, Situation, has_key
from ..widgets.key_bar import KeyHint


def key_hints(
    app: App[None],
    actions: Iterable[Action],
    in_force: Iterable[Binding],
    now: Situation,
    target: str = "",
) -> tuple[KeyHint, ...]:
    """Return a hint for each action that has a key here, dim where it cannot be done now.

    `target` is what Textual finds the method on: nothing, or `focused.`.
    """
    bound: dict[str | None, list[Binding]] = {}
    for binding in filter(has_key, in_force):
        bound.setdefault(binding.id, []).append(binding)
    return tuple(
        KeyHint(
            app.get_key_display(_shown(action, bound[action.id])),
            _((now.is_archive and action.label_in_archive) or action.label),
            target + action.method,
            can_act=action.when(now),
        )
        for action in actions
        if action.id in bound and action.where(now)
    )


def _shown(action: Action, bound: list[Binding]) -> Binding:
    """The binding whose key is shown: of the usual keys the first, else the first that it has."""
    usual = action.keys.partition(",")[0]
    return next((binding for binding in bound if binding.key == usual), bound[0])
