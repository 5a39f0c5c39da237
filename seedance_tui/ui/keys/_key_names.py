"""The names of keys, as people write them and as Textual calls them."""

from __future__ import annotations

from difflib import get_close_matches

from textual.keys import (
    KEY_DISPLAY_ALIASES,
    KEY_NAME_REPLACEMENTS,
    Keys,
    key_to_character,
)

from ...core.text.i18n import _
from ..textual_private import key_of

_MODIFIERS = frozenset({"alt", "ctrl", "hyper", "meta", "shift", "super"})
_NAMED = {key.value.rpartition("+")[2] for key in Keys if key.value.isidentifier() or "+" in key}
_NAMED = {name for name in _NAMED if len(name) > 1} | set(KEY_NAME_REPLACEMENTS.values())
_ALSO = {shown: key for key, shown in KEY_DISPLAY_ALIASES.items()}
_ALSO |= {"return": "enter", "ins": "insert", "pgdown": "pagedown", "spacebar": "space"}
"""Other names: how keys are shown, and what people say."""


class NoSuchKey(ValueError):
    """No key is called that; the text says so, and what may have been meant."""


def key_names(written: str) -> tuple[str, ...]:
    """Return what Textual calls the keys of a text with commas between them; may raise NoSuchKey.

    A comma alone is the key of that name.
    """
    if written in (",", " "):
        return (key_name(written),)
    parts = (part.strip() for part in written.split(","))
    return tuple(dict.fromkeys(key_name(part) for part in parts if part))


def key_name(written: str) -> str:
    """Return what Textual calls one key: `ctrl+x`, `f5`, `slash`; may raise NoSuchKey."""
    if len(written) > 1 and written.startswith("^"):
        written = f"ctrl+{written[1:]}"
    before, plus, key = written[:-1].rpartition("+")
    key += written[-1]
    modifiers = set(before.lower().split("+")) if plus else set()
    name = _named(key)
    if modifiers == {"shift"} and len(name) == 1:
        modifiers, name = set(), name.upper() if name.isalpha() else ""
    if not modifiers <= _MODIFIERS or not name:
        raise NoSuchKey(_unknown(written))
    return "+".join([*sorted(modifiers), name.lower() if modifiers else name])


def _named(key: str) -> str:
    """Return the name of a key without modifiers; empty for none."""
    name = _ALSO.get(key.lower(), key.lower())
    if name in _NAMED:
        return name
    character = key if len(key) == 1 else key_to_character(name)
    return key_of(character) if character else ""


def _unknown(written: str) -> str:
    near = get_close_matches(written.lower(), [*_NAMED, *_ALSO], n=1)
    words = (
        _("{key} is not a valid key; did you mean {nearest}?")
        if near
        else _("{key} is not a valid key")
    )
    return words.format(key=written, nearest=near[0] if near else "")
