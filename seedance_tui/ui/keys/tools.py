"""The keys of the user's own tools: actions like all others, where the keys are free."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from textual.binding import Binding

from ...core.hooks.tool_settings import Tool
from ...core.text.i18n import _
from ..drawing import format as fmt
from ._key_names import NoSuchKey, key_names
from .action import Action

_FOOTER = 45
"""The place in the footer: after what is done to every task."""
_LONGEST_LABEL = 16


def tool_actions(
    tools: Sequence[Tool], places: Sequence[Iterable[Binding]], keymap: Mapping[str, str]
) -> tuple[tuple[Action, ...], list[str]]:
    """Return the actions, and warnings about tools whose keys there are not, or that are taken.

    `places` are the bindings that work together, `keymap` the keys that actions have instead of
    their usual ones. A tool's number in its method is its place in `tools`.
    """
    taken = dict(_taken(places, keymap))
    actions, warnings = [], []
    for number, tool in enumerate(tools):
        try:
            keys = key_names(tool.key)
        except NoSuchKey as error:
            warnings.append(f"{tool.place} {_('is invalid: {reason}').format(reason=error)}")
            continue
        clash = next((key for key in keys if key in taken), None)
        if clash is not None:
            words = _("cannot use {key}: already bound to {action}.")
            warnings.append(f"{tool.place} {words.format(key=tool.key, action=taken[clash])}")
            continue
        taken |= dict.fromkeys(keys, f'"{tool.name}"')
        actions.append(_action(tool, number, keys))
    return tuple(actions), warnings


def _action(tool: Tool, number: int, keys: Sequence[str]) -> Action:
    return Action(
        f"tool.{number + 1}",
        ",".join(keys),
        f"tool({number})",
        fmt.cut_end(tool.name, _LONGEST_LABEL),
        tool.name,
        footer=_FOOTER,
    )


def _taken(
    places: Sequence[Iterable[Binding]], keymap: Mapping[str, str]
) -> Iterator[tuple[str, str]]:
    """The keys in force where tools work, with what has them."""
    for place in places:
        for binding in place:
            for key in keymap.get(binding.id or "", binding.key).split(","):
                yield key, binding.id or f'"{binding.description}"'
