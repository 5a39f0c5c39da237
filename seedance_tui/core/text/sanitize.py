"""Text from outside made safe to show: the one function that every such text goes through."""

from __future__ import annotations

import re

_LONGEST = 200_000
_REMOVED = (
    "\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb"
    "\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e007f"
)
"""Soft hyphen, zero-width, line and paragraph marks, bidi controls, tags: nothing to see."""
_MARKS = (
    "\u0300-\u036f\u0483-\u0489\u0610-\u061a\u064b-\u065f\u0e31\u0e34-\u0e3a\u0e47-\u0e4e"
    "\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\u3099\u309a\ufe00-\ufe0f\ufe20-\ufe2f"
)
"""Marks that stand above or below a letter."""
_FLOOD = re.compile(f"([{_MARKS}]{{4}})[{_MARKS}]+")
"""More marks than any script puts on one letter: they would cover the lines around."""
_UNSAFE = re.compile(f"[\x00-\x1f\x7f-\x9f\ud800-\udfff{_REMOVED}]")
_PICTURES = {code: chr(0x2400 + code) for code in range(32)} | {127: "\u2421"}


def safe(text: str, *, lines: bool = False, whole: bool = False) -> str:
    r"""Make text harmless for a terminal: no control codes, no bidi, no halves of characters.

    Control codes become their pictures (`␛`), so that nothing is hidden; line ends and tabs
    become spaces unless `lines`, which keeps `\n`. At most four marks on one letter are kept, and
    200,000 characters unless `whole`, as lines are that have cells.
    """
    is_too_long = len(text) > _LONGEST and not whole
    if text.isascii() and text.isprintable() and not is_too_long:
        return text
    if is_too_long:
        text = text[:_LONGEST] + "…"
    text = text.replace("\r\n", "\n").replace("\t", " ")
    if lines:
        text = text.replace("\r", "\n")  # what a terminal sends for the line ends of a paste
    if not lines:
        text = text.replace("\n", " ")
    return _FLOOD.sub(r"\1", _UNSAFE.sub(_shown, text))


def _shown(match: re.Match[str]) -> str:
    code = ord(match.group())
    if code == 10:
        return "\n"
    if code < 32 or code == 127:
        return _PICTURES[code]
    return "\ufffd" if code < 160 or 0xD800 <= code <= 0xDFFF else ""
