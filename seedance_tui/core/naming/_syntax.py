"""How a name template is written: text with `{fields}`."""

from __future__ import annotations

import re
from difflib import get_close_matches

from ...api.file_types import EVERY_ENDING
from ..text.i18n import _
from ..text.sanitize import safe
from ._fields import FIELDS
from ._safe import FORBIDDEN, size

FIELD = re.compile(r"\{([^{}]*)\}")
ITEM = re.compile(r"((?:\{\w+\}|[^\W_])+)")
"""A field, a word, or both where they touch; what is between two of them is a separator."""
_MOST_OWN_TEXT = 80
"""Bytes of a template's own text, so that any task ID of a usual length fits beside it."""


def checked(text: str) -> str:
    """Return the template without the `{ext}` at its end; ValueError says what is wrong with it."""
    body = text.removesuffix("{ext}").removesuffix(".") if text.endswith("{ext}") else text
    own = FIELD.sub("", body)
    if "{" in own:
        raise ValueError(_("unclosed {"))
    if "}" in own:
        raise ValueError(_("unmatched }"))
    _check_fields(FIELD.findall(body))
    _check_own_text(own)
    if body.lower().endswith(EVERY_ENDING):
        raise ValueError(_("the extension is added automatically; or end with .{ext}"))
    return body


def _check_fields(names: list[str]) -> None:
    for name in names:
        if name not in FIELDS:
            raise ValueError(_unknown(name))
        if names.count(name) > 1:
            raise ValueError(_("{field} is used twice").format(field=f"{{{name}}}"))
    if "ext" in names:
        raise ValueError(_("{ext} is only allowed at the end"))
    if not set(names) - {"kind"}:
        raise ValueError(_("needs a field that makes names unique, e.g. task_id"))


def _check_own_text(own: str) -> None:
    for character in own:
        if FORBIDDEN.match(character) or safe(character) != character:
            words = _("{character!r} is not allowed in file names")
            raise ValueError(words.format(character=character))
    if size(own) > _MOST_OWN_TEXT:
        raise ValueError(_("the literal text is too long"))


def _unknown(name: str) -> str:
    near = get_close_matches(name, FIELDS, n=1, cutoff=0.7)
    if near:
        words = _("unknown field {field}, did you mean {others}?")
    else:
        words = _("unknown field {field}; available: {others}")
    field, *others = (f"{{{name}}}" for name in (name, *(near or FIELDS)))
    return words.format(field=field, others=" ".join(others))
