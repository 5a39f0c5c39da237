"""Output whose encoding lacks a character shows a plain one for it, where there is one."""

from __future__ import annotations

import codecs
import unicodedata

NAME = "seedance-tui.plain"
"""The error handler that does it; registered with this module."""
_PLAIN = {
    **dict.fromkeys("‐‑‒–—―−·•–", "-"),
    **dict.fromkeys("‘’‚‛′", "'"),
    **dict.fromkeys("“”„‟″«»", '"'),
    "…": "...",
    "×": "x",
    "÷": "/",
    "→": "->",
    "←": "<-",
    "≤": "<=",
    "≥": ">=",
    "≈": "~",
    "●": "*",
    "○": "o",
    "◐": "o",
    "◌": ".",
    "✓": "+",
    "✕": "x",
    "⊘": "x",
    "、": ",",
    "。": ".",
}


def plain(text: str) -> str:
    """Return each character's plain form, `?` where there is none."""
    return "".join(map(_one, text))


def _one(character: str) -> str:
    if known := _PLAIN.get(character):
        return known
    taken_apart = unicodedata.normalize("NFKD", character)
    return taken_apart.encode("ascii", "ignore").decode() or "?"


def _handle(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeEncodeError):
        raise error
    return plain(error.object[error.start : error.end]), error.end


codecs.register_error(NAME, _handle)
