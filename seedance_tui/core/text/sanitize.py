"""Text from outside made safe to show: the one function that every such text goes through."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

_LONGEST = 200_000
_REMOVED = (
    "\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb"
    "\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e007f"
)
"""Soft hyphen, zero-width, line and paragraph marks, bidi controls, tags: nothing to see."""
_MOST_MARKS = 4
"""On one letter: more than any script puts there; they would cover the lines around."""
_MAY_BE_MARKS = re.compile(
    "[\u0300-\u1fff\u20d0-\u20ff\u2c00-\u2dff\u302a-\u302f\u3099\u309a\ua600-\uabff"
    "\ud7b0-\ud7ff\ufb1e\ufe00-\ufe0f\ufe20-\ufe2f\U00010000-\U0001efff\U000e0100-\U000e01ef]"
    f"{{{_MOST_MARKS + 1},}}"
)
"""The blocks in which all marks stand, and letters too: so many in a row are looked at."""
_VIRAMA = 9
"""The combining class of marks that make one letter of two."""
_JAMO = ("\u1160", "\u11ff"), ("\ud7b0", "\ud7ff")
"""Halves of Korean syllables: they take no cell of their own, as marks do."""
_UNSAFE = re.compile(f"[\x00-\x1f\x7f-\x9f\ud800-\udfff{_REMOVED}]")
_UNSAFE_IN_JSON = re.compile(f"[\x7f-\x9f\ud800-\udfff{_REMOVED}]")
_PICTURES = {code: chr(0x2400 + code) for code in range(32)} | {127: "\u2421"}

_UNSTEADY = re.compile(
    "[\U0001f1e6-\U0001f1ff]{1,2}"  # flags, which are pairs of letters
    "|[\u115f-\u11ff\u3164\ua960-\ua97f\ud7b0-\ud7ff\uffa0]+"  # halves of Korean syllables
)
_NOT_IN_ROWS = re.compile(
    "[\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f"  # marks on any letter
    "\u180b-\u180f\ufe00-\ufe0f\U000e0100-\U000e01ef"  # which of its looks a character has
    "\U0001f3fb-\U0001f3ff]"  # colours of skin
)


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
    return _MAY_BE_MARKS.sub(_without_flood, _UNSAFE.sub(_shown, text))


@lru_cache(maxsize=4096)
def steady(text: str, instead: str = "?") -> str:
    """Make text safe for a row with columns: every terminal gives it the same cells.

    Terminals disagree about flags, signs made emoji by a selector, keycaps, colours of skin, marks,
    private characters and those newer than the tables. What only adds to a character is left out;
    `instead`, a character of one cell, stands for what is left.
    """
    if text.isascii() and text.isprintable():
        return text
    text = _NOT_IN_ROWS.sub("", unicodedata.normalize("NFC", safe(text)))
    text = _UNSTEADY.sub(instead, text)
    return "".join(_in_a_row(text, instead))


def _in_a_row(text: str, instead: str) -> Iterator[str]:
    """The characters; one that others change the width of goes with these."""
    before = ""
    for character in text:
        kind = unicodedata.category(character)
        if kind in ("Mc", "Me") or unicodedata.combining(character) == _VIRAMA:
            before = instead if before else ""
        elif kind == "Mn":
            before += character if before and before != instead else ""
        else:
            yield before
            before = instead if kind in ("Cn", "Co") else character
    yield before


def escaped(json_text: str) -> str:
    r"""JSON as it is, but for what is no text for a terminal or an editor: `\u202e` is escaped."""
    return _UNSAFE_IN_JSON.sub(_escape, json_text)


def _escape(match: re.Match[str]) -> str:
    units = match.group().encode("utf-16-be", "surrogatepass")
    return "".join(
        f"\\u{int.from_bytes(units[at : at + 2], 'big'):04x}" for at in range(0, len(units), 2)
    )


def _without_flood(match: re.Match[str]) -> str:
    """Keep so many marks in a row and no more."""
    kept, marks = [], 0
    for character in match.group():
        marks = marks + 1 if _is_mark(character) else 0
        if marks <= _MOST_MARKS:
            kept.append(character)
    return "".join(kept)


def _is_mark(character: str) -> bool:
    is_mark = unicodedata.category(character) in ("Mn", "Me") or unicodedata.combining(character)
    return bool(is_mark) or any(first <= character <= last for first, last in _JAMO)


def _shown(match: re.Match[str]) -> str:
    code = ord(match.group())
    if code == 10:
        return "\n"
    if code < 32 or code == 127:
        return _PICTURES[code]
    return "\ufffd" if code < 160 or 0xD800 <= code <= 0xDFFF else ""
