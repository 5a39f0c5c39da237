"""Whether the terminal's background is light: by its own answer to OSC 11, else by COLORFGBG.

xterm, kitty, VTE, Alacritty, foot, iTerm2, Windows Terminal and tmux from 3.4 on answer; rxvt and
Konsole set the variable, which SSH does not hand on. A terminal of which nothing is known is taken
for a dark one, as Vim does. An older tmux hands the question on where `allow-passthrough` is on.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Mapping

from ._sequences import through

_QUESTION = "\x1b]11;?\a"
"""Terminated by BEL: screen would take ST for the end of its own wrapping."""
_PRINTS_IT = ("linux", "dumb", "vt", "eterm", "cons25")
"""How the TERM of those begins that could print the question."""
_ANSWER = re.compile("\x1b\\]11;([^\x07\x1b]{0,60})(?:\x07|\x1b\\\\)")
_BEGUN = re.compile("\x1b(?:\\](?:1(?:1(?:;[^\x07\x1b]{0,60}\x1b?)?)?)?)?\\Z")
_RGB = re.compile(r"rgba?:([0-9a-f]+)/([0-9a-f]+)/([0-9a-f]+)", re.IGNORECASE)
_HEX = re.compile(r"#((?:[0-9a-f]{3}){1,4})\Z", re.IGNORECASE)
_WAITS = 5.0
"""Seconds until no answer is expected any more: a slow line may take one or two."""
_HALF = 0.5
_DARK_ONES = {*range(7), 8}
"""The colours of 16 that are dark (Vim's own rule for COLORFGBG)."""


def question(environ: Mapping[str, str]) -> str:
    """Return what asks for the background; empty where that could be seen on the screen."""
    if environ.get("TERM", "").startswith(_PRINTS_IT):
        return ""
    wrapped = through(_QUESTION, environ)
    return _QUESTION + wrapped if environ.get("TMUX") else wrapped


def light_by_variable(environ: Mapping[str, str]) -> bool | None:
    """Whether COLORFGBG, such as `0;15`, says that it is light; None where it does not say."""
    background = environ.get("COLORFGBG", "").rpartition(";")[2]
    if not (background.isascii() and background.isdigit()):
        return None
    number = int(background[:3])
    return number not in _DARK_ONES if number < 16 else None


def light_by_answer(colour: str) -> bool | None:
    """Whether a colour such as `rgb:ffff/ffff/ffff` is light; None where it is no colour."""
    parts: tuple[str, ...]
    if match := _RGB.match(colour):
        parts = match.groups()
    elif match := _HEX.match(colour):
        size = len(match[1]) // 3
        parts = tuple(match[1][at : at + size] for at in (0, size, 2 * size))
    else:
        return None
    red, green, blue = (int(part, 16) / int("f" * len(part), 16) for part in parts)
    return 0.299 * red + 0.587 * green + 0.114 * blue > _HALF


class AnswerFinder:
    """Parts the answer from the keys that come with it, however it is cut.

    `tell` gets whether the background is light, in the thread that reads; not what is no colour.
    """

    def __init__(
        self, tell: Callable[[bool], object], clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._tell = tell
        self._clock = clock
        self._until = clock() + _WAITS
        self._kept = ""
        self.is_over = False
        """Whether no answer is expected any more."""

    def keys_in(self, text: str) -> str:
        """Return what of one read is no part of the answer.

        What may be its beginning is kept for the next read, or until nothing comes.
        """
        seen, self._kept = self._kept + text, ""
        if match := _ANSWER.search(seen):
            self.is_over = True
            if (is_light := light_by_answer(match[1])) is not None:
                self._tell(is_light)
            return seen[: match.start()] + seen[match.end() :]
        self.is_over = self.is_over or self._clock() > self._until
        begun = _BEGUN.search(seen) if text and not self.is_over else None
        if begun is None:
            return seen
        self._kept = begun[0]
        return seen[: begun.start()]
