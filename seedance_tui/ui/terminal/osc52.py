"""Ask the terminal to copy, by OSC 52."""

from __future__ import annotations

import base64
from collections.abc import Mapping

from ._sequences import in_pieces


def osc52(text: str, environ: Mapping[str, str]) -> str:
    """Return the sequence: tmux takes it for itself, screen has to hand it on."""
    coded = base64.b64encode(text.encode("utf-8", "replace")).decode("ascii")
    sequence = f"\x1b]52;c;{coded}\a"
    return in_pieces(sequence) if _in_screen(environ) else sequence


def _in_screen(environ: Mapping[str, str]) -> bool:
    """Whether screen stands between: here or, by its TERM, at the near end of SSH."""
    if environ.get("TMUX"):
        return False
    return bool(environ.get("STY")) or environ.get("TERM", "").startswith("screen")
