"""A response as indented JSON, each kind of token in its own look, and what is searched in it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence

from rich.cells import cell_len, get_character_cell_size
from textual.geometry import Region

from ...api.json_values import JSON
from ...core.model.entry import Entry
from ...core.text.i18n import _
from ...core.text.sanitize import safe
from ..drawing import format as fmt
from ..drawing.glyphs import glyphs
from ..drawing.spans import Line, Span
from .page import Match, Page

_MOST_LINES = 5000
_DEEPEST = 32
"""Objects within objects beyond this are cut: no response is like that."""


def json_page(entry: Entry, width: int, search: str = "") -> Page:
    """The name, then the whole response wrapped to `width` cells, at most 5,000 lines of it.

    A string that holds JSON is shown as what it holds, below its key, and said to be one. What is
    searched is found in any case, also where a line is wrapped within it.
    """
    page = Page([((" " + fmt.cut_middle(safe(entry.name), width - 2), "strong"),), ()])
    if entry.task is None:
        page.lines[1:] = [((" " + _("No response yet."), "dim"),)]
    else:
        _put(page, entry.task.raw, width, search)
    return page


def _put(page: Page, answer: JSON, width: int, search: str) -> None:
    pattern = re.compile(re.escape(safe(search)), re.IGNORECASE) if search else None
    for line in _written(answer, 0, (), ""):
        shown = tuple((safe(text), role) for text, role in line)
        text = "".join(text for text, role in shown)
        cuts = _cuts(text, max(2, width - 1))
        if pattern:
            found = (match.span() for match in pattern.finditer(text))
            page.matches += [_match(text, cuts, span, len(page.lines)) for span in found]
        page.lines += [((" ", "normal"), *piece) for piece in _split(shown, cuts)]
        if len(page.lines) > _MOST_LINES:
            page.lines[_MOST_LINES:] = [((" ", "normal"), (glyphs().ellipsis, "dim"))]
            page.matches = [m for m in page.matches if m[-1].y < _MOST_LINES]
            return


def _written(value: JSON, depth: int, head: Line, tail: str) -> Iterator[Line]:
    """The lines of a value after its key (`head`), `tail` being the comma after it or nothing."""
    pad: Span = ("  " * depth, "normal")
    if isinstance(value, dict | list) and value:
        if depth > _DEEPEST:
            yield pad, *head, (glyphs().ellipsis + tail, "dim")
            return
        opening, closing = "{}" if isinstance(value, dict) else "[]"
        yield pad, *head, (opening, "dim")
        yield from _members(value, depth + 1)
        yield pad, (closing + tail, "dim")
        return
    inner = _decoded(value)
    if inner is None or depth > _DEEPEST:
        yield pad, *head, (json.dumps(value, ensure_ascii=False), "bright"), (tail, "dim")
    else:
        yield pad, *head, (_("decoded from string:"), "warn")
        yield from _written(inner, depth + 1, (), tail)


def _members(value: dict[str, JSON] | list[JSON], depth: int) -> Iterator[Line]:
    last = len(value) - 1
    if isinstance(value, dict):
        for index, (key, inner) in enumerate(value.items()):
            name = json.dumps(key, ensure_ascii=False)
            head: Line = (name, "accent"), (": ", "dim")
            yield from _written(inner, depth, head, "," if index < last else "")
    else:
        for index, inner in enumerate(value):
            yield from _written(inner, depth, (), "," if index < last else "")


def _decoded(value: JSON) -> JSON:
    """What a string of JSON holds, if that is an object or a list with anything in it."""
    if not isinstance(value, str) or not value.lstrip().startswith(("{", "[")):
        return None
    try:
        inner: JSON = json.loads(value)
    except (ValueError, RecursionError):
        return None
    return inner if isinstance(inner, dict | list) and inner else None


def _cuts(text: str, width: int) -> list[int]:
    """Where a text is broken into lines of at most `width` cells, its end last.

    It is broken anywhere and nothing is left out: this is to be read exactly.
    """
    if text.isascii():
        return [*range(width, len(text), width), len(text)]
    cuts, used = [], 0
    for index, character in enumerate(text):
        size = get_character_cell_size(character)
        if used + size > width:
            cuts.append(index)
            used = 0
        used += size
    return [*cuts, len(text)]


def _split(line: Line, cuts: Sequence[int]) -> Iterator[Line]:
    """The spans of a line, parted at the cuts."""
    if len(cuts) == 1:
        yield line
        return
    begin = 0
    for cut in cuts:
        spans, at = [], 0
        for text, role in line:
            piece = text[max(0, begin - at) : max(0, cut - at)]
            if piece:
                spans.append((piece, role))
            at += len(text)
        yield tuple(spans)
        begin = cut


def _match(text: str, cuts: Sequence[int], span: tuple[int, int], line: int) -> Match:
    """The cells of a match, whose text may go on in the next line."""
    start, end = span
    begin, stretches = 0, []
    for row, cut in enumerate(cuts):
        first, last = max(start, begin), min(end, cut)
        if first < last:
            x = 1 + cell_len(text[begin:first])
            stretches.append(Region(x, line + row, cell_len(text[first:last]), 1))
        begin = cut
    return tuple(stretches)
