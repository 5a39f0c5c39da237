"""Which keys the actions have: the usual ones, those of a preset, and the user's own."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from itertools import product

from textual.binding import Binding
from textual.dom import DOMNode
from textual.keys import KEY_DISPLAY_ALIASES, format_key

from ...core.settings.screen import Preset, ScreenSettings
from ...core.text.i18n import _
from ._key_names import NoSuchKey, key_names
from .action import NO_KEY
from .monitor import MONITOR
from .widgets import DETAIL, MARKS

Keys = tuple[str, ...]
Place = Mapping[str, Keys]
"""The keys of all actions that work in one place, by action."""

PRESETS: Mapping[Preset, Mapping[str, Keys]] = {
    Preset.DEFAULT: {},
    Preset.VIM: {
        action.id: tuple(action.vim.split(","))
        for action in (*MONITOR, *MARKS, *DETAIL)
        if action.vim
    },
}
"""Beside the keys that there are anyway: no preset takes one away that is promised."""


@dataclass(frozen=True, slots=True)
class Keymap:
    """What `App.set_keymap` takes, and what of the user's own cannot be used."""

    keys: Mapping[str, str]
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Clash:
    action: str
    key: str
    other: str


def resolve(settings: ScreenSettings, places: Sequence[Iterable[Binding]]) -> Keymap:
    """Return the keys in force; `places` are the bindings that work together.

    An entry that cannot be used changes nothing and is warned of: Textual would pass over an
    unknown action or key, and take a key from whatever has it, without a word.
    """
    bound = [_bound(place) for place in places]
    preset = PRESETS[settings.keys]
    usual = {**{name: keys for place in bound for name, keys in place.items()}, **preset}
    warnings: list[str] = []

    def warn(action: str, text: str) -> None:
        warnings.append(settings.warning(f"keymap.{action}", text))

    own = dict(_readable(settings.keymap, usual, warn))
    while clash := next(_clashes(own, usual, bound), None):
        del own[clash.action]
        words = _("cannot use {key}: already bound to {action}.")
        has = words.format(key=_written(clash.key), action=clash.other)
        warn(clash.action, f"{has} {_kept(usual[clash.action])}")
    chosen = {
        action: ",".join(keys) or NO_KEY + action for action, keys in {**preset, **own}.items()
    }
    return Keymap(chosen, tuple(warnings))


def declared(*nodes: type[DOMNode]) -> list[Binding]:
    """Return the bindings that the classes declare, with those of what they build on."""
    bases = [base for node in nodes for base in node.__mro__]
    return [b for base in bases for b in Binding.make_bindings(vars(base).get("BINDINGS", ()))]


def _bound(bindings: Iterable[Binding]) -> Place:
    """Sort keys by action; one of Textual's own that has priority is in the way as well."""
    keys: dict[str, Keys] = {}
    for binding in bindings:
        if binding.id or binding.priority:
            name = binding.id or f'"{binding.description}"'
            keys[name] = (*keys.get(name, ()), binding.key)
    return keys


def _readable(
    keymap: Mapping[str, str], usual: Mapping[str, Keys], warn: Callable[[str, str], None]
) -> Iterator[tuple[str, Keys]]:
    """The entries that name an action and keys that there are."""
    for action, written in keymap.items():
        if action not in usual:
            warn(action, _no_action(action, usual))
            continue
        try:
            yield action, key_names(written)
        except NoSuchKey as error:
            end = "" if str(error).endswith(("?", "？")) else _(".")
            words = _("is invalid: {reason}").format(reason=error)
            warn(action, f"{words}{end} {_kept(usual[action])}")


def _clashes(
    own: Mapping[str, Keys], usual: Mapping[str, Keys], places: Sequence[Place]
) -> Iterator[_Clash]:
    """Keys that two actions would have in one place, the last entry of the user's first."""
    now = {**usual, **own}
    for action, place in product(reversed(list(own)), places):
        others = [other for other in place if action in place and other != action]
        for key, other in product(own[action], others):
            is_usual = key in usual[action] and key in usual[other]
            if key in now[other] and not is_usual:
                yield _Clash(action, key, other)


def _kept(keys: Keys) -> str:
    return _("Keeping {keys}.").format(keys=", ".join(map(_written, keys)))


def _written(key: str) -> str:
    """A key as it may be written in the settings: `/`, `down`."""
    return key if key in KEY_DISPLAY_ALIASES else format_key(key)


def _no_action(name: str, actions: Iterable[str]) -> str:
    near = get_close_matches(name, list(actions), n=1)
    words = (
        _("is not a known action; did you mean {nearest}?") if near else _("is not a known action")
    )
    return words.format(nearest=near[0] if near else "")
