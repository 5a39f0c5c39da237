"""An answer as indented JSON, each kind of token in its own look."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

from ..api.values import JSON
from ..core.text import safe
from . import format as fmt
from .looks import Line, Span

_MOST_LINES = 5000
_KEY = re.compile(r'^(\s*)("(?:[^"\\]|\\.)*")(: ?)(.*)$', re.DOTALL)


def json_lines(answer: JSON, width: int) -> list[Line]:
    """The whole answer, wrapped to `width` cells; at most 5,000 lines of it."""
    text = json.dumps(answer, ensure_ascii=False, indent=2)
    lines: list[Line] = []
    for line in text.split("\n"):
        lines += _wrapped(safe(line), width)
        if len(lines) > _MOST_LINES:
            return [*lines[:_MOST_LINES], (("…", "dim"),)]
    return lines


def _wrapped(line: str, width: int) -> Iterator[Line]:
    first, *rest = fmt.wrap(line, width - 1)
    yield ((" ", "normal"), *_tokens(first))
    for piece in rest:
        yield ((" " + piece, "bright"),)


def _tokens(line: str) -> Iterator[Span]:
    if match := _KEY.match(line):
        indent, key, colon, value = match.groups()
        yield indent + key, "accent"
        yield colon, "dim"
        yield value, "bright"
    else:
        yield line, "dim" if not line.strip(" {}[],") else "bright"
