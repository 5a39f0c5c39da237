"""What a saved file is called."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Self

from ...api.links import SUFFIXES, Kind
from ..settings.values import text
from ..text.i18n import _
from ._fields import values_of
from ._safe import cut, digest, harmless, size, usable
from ._syntax import FIELD, ITEM, checked

if TYPE_CHECKING:
    from ..model.entry import Entry

_LONGEST = 240
"""Bytes of UTF-8; 255 is what file systems take, the rest is for `.part.json`."""
_BRACKETS = str.maketrans("", "", "()[]（）【】「」")


@dataclass(frozen=True, slots=True)
class NameTemplate:
    """How files are named: text with `{fields}`, such as `{label} - {seed}`; made by `parse`."""

    text: str
    separators: tuple[str, ...]
    """Before, between and behind the items; may be empty."""
    items: tuple[str, ...]

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read a template; ValueError says what is wrong with it.

        `{ext}` can only stand at the end, and may be left away.
        """
        pieces = ITEM.split(unicodedata.normalize("NFC", checked(text)))
        return cls(text, tuple(pieces[0::2]), tuple(pieces[1::2]))

    @classmethod
    def read(cls, value: object) -> Self:
        """Read a setting; the text of a ValueError goes behind its name."""
        try:
            return cls.parse(text(value))
        except ValueError as error:
            raise ValueError(_("is invalid: {reason}").format(reason=error)) from None

    @property
    def fields(self) -> frozenset[str]:
        """The names of its fields."""
        return frozenset(FIELD.findall(self.text))

    def name(self, entry: Entry, kind: Kind, extension: str, *, distinct: bool = False) -> str:
        """Return the name of one file; `extension` with its dot.

        An empty value goes, with a separator beside it; where no field has any, the name is the
        task's ID. Where it gets too long the values are cut, the longest first, the ID last.
        `distinct` adds a piece of the ID's hash: whoever saves asks for it when a file of another
        task has the name already, as may happen without `{task_id}`.
        """
        ending = ("" if "kind" in self.fields else kind.spec.suffix) + extension
        if distinct:
            ending = f"-{digest(entry.id)}{ending}"
        room = _LONGEST - size(ending)
        values = {n: value for n, value in values_of(entry, kind).items() if n in self.fields}
        if "task_id" in self.fields:
            values["task_id"] = _stem_of_id(entry.id, room - size(FIELD.sub("", self.text)))
        if not any(value for name, value in values.items() if name != "kind"):
            return DEFAULT.name(entry, kind, extension, distinct=distinct)
        return self._fitted(values, room) + ending

    def _fitted(self, values: Mapping[str, str], room: int) -> str:
        for most in range(room, -1, -1):
            shorter = {
                n: value if n == "task_id" else cut(value, most) for n, value in values.items()
            }
            stem = self._filled(shorter)
            if size(stem) <= room:
                break
        return stem

    def _filled(self, values: Mapping[str, str]) -> str:
        items = [_fill(item, values) for item in self.items]
        kept = [place for place, item in enumerate(items) if item]
        text = ""
        for before, place in pairwise((-1, *kept, len(items))):
            is_edge = before < 0 or place == len(items)
            text += _gap(self.separators[before + 1 : place + 1], is_edge=is_edge)
            text += items[place] if place < len(items) else ""
        return usable(unicodedata.normalize("NFC", text).strip(" ."))


def _fill(item: str, values: Mapping[str, str]) -> str:
    """Put the values in; a word that touches nothing but empty ones goes with them."""
    names = FIELD.findall(item)
    if names and not any(values[name] for name in names):
        return ""
    return FIELD.sub(lambda match: values[match[1]], item)


def _gap(separators: tuple[str, ...], *, is_edge: bool) -> str:
    """What stays of the separators around empty values: one, none at an edge.

    A bracket stays where its other half does.
    """
    if len(separators) == 1:
        return separators[0]
    text = "".join(separators)
    bare = text.translate(_BRACKETS)
    if (len(text) - len(bare)) % 2:
        one = next(s for s in separators if s != s.translate(_BRACKETS))
        return one.strip() if is_edge else one
    return "" if is_edge else next((b for s in separators if (b := s.translate(_BRACKETS))), "")


DEFAULT = NameTemplate.parse("{task_id}")
"""`<task_id>.mp4`, `<task_id>_original.mp4`, `<task_id>_last_frame.png`."""


def file_name(task_id: str, kind: Kind, extension: str, *, distinct: bool = False) -> str:
    """Return the default name, for which nothing but the ID needs to be known."""
    ending = kind.spec.suffix + extension
    if distinct:
        ending = f"-{digest(task_id)}{ending}"
    return _stem_of_id(task_id, _LONGEST - size(ending)) + ending


def _stem_of_id(task_id: str, room: int) -> str:
    """Where the ID cannot be the name as it is, a piece of its hash keeps two tasks apart."""
    stem = usable(cut(harmless(task_id), room - 7))
    if stem != task_id or stem.endswith(SUFFIXES):
        stem += f"-{digest(task_id)}"
    return stem
