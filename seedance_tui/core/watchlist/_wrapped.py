"""IDs that a terminal or a mail has broken at the end of a line."""

from __future__ import annotations

import re

_LENGTH = 32
"""Characters of the gateway's IDs after their prefix."""
_LEAST = 16
"""Characters from which an ID that is too short counts as cut: shorter ones are other people's."""
_MARGIN = r"[ \t>|│]*"
_PIECE = re.compile(rf"{_MARGIN}\r?\n{_MARGIN}([A-Za-z0-9]{{1,{_LENGTH}}})(?![\w\-])")
_BROKEN = re.compile(rf"(?<![A-Za-z0-9_])(asyntask_)([A-Za-z0-9]*)(?=[ \t|│]*\r?\n{_MARGIN}\w)")
_REST_OF_LINE = re.compile(r"[ \t|│]*(?:\r?\n|$)")


def unwrapped(text: str) -> str:
    """Join what makes an ID of the known length; put `…` behind what else looks cut.

    A broken ID is followed by lines that begin with nothing but letters and digits.
    """
    done: list[str] = []
    at = 0
    for match in _BROKEN.finditer(text):
        whole, end = _joined(text, match)
        done += text[at : match.start()], whole
        at = end
    return "".join((*done, text[at:]))


def _joined(text: str, match: re.Match[str]) -> tuple[str, int]:
    """Return what stands for a broken ID, and where the text goes on."""
    prefix, found = match.groups()
    end, is_alone = match.end(), False
    while len(found) < _LENGTH and (piece := _PIECE.match(text, end)):
        found, end = found + piece[1], piece.end()
        is_alone = _REST_OF_LINE.match(text, end) is not None
        if not is_alone:
            break
    if len(found) == _LENGTH:
        return prefix + found, end
    is_cut = is_alone and len(match[2]) >= _LEAST
    return match.group() + ("…" if is_cut else ""), match.end()
