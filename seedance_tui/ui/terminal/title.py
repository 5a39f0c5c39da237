"""The title of the window: what runs and what is ready, to be seen from another tab."""

from __future__ import annotations

from collections.abc import Mapping

from ...core.listing.views import OF_LIST, Summary
from ...core.settings.choices import View
from ...core.text.i18n import plural
from ._sequences import POP_TITLE, PUSH_TITLE, has_title
from ._sequences import title as sequence

_NAME = "seedance"


def title_text(summary: Summary) -> str:
    """Say how many tasks run and how many are ready, leaving out what is none."""
    ready = summary.views[OF_LIST.index(View.READY)]
    parts = [
        plural("{n} running", "{n} running", summary.running) if summary.running else "",
        plural("{n} ready", "{n} ready", ready) if ready else "",
        _NAME,
    ]
    return " · ".join(filter(None, parts))


class Title:
    """Returns what to write to the terminal for its title; writes nothing itself.

    Everything it returns is empty where the title is not `wanted`, or the terminal has none.
    """

    def __init__(self, environ: Mapping[str, str], *, wanted: bool = True) -> None:
        self._wanted = wanted and has_title(environ)
        self._shown: str | None = None

    def show(self, summary: Summary) -> str:
        """Return what sets the title, empty if it is that already.

        The first time the terminal is told to remember the title that it has.
        """
        text = title_text(summary)
        if not self._wanted or text == self._shown:
            return ""
        before = PUSH_TITLE if self._shown is None else ""
        self._shown = text
        return before + sequence(text)

    def end(self) -> str:
        """Return what gives the terminal its title back; an empty one if it remembers none."""
        if self._shown is None:
            return ""
        self._shown = None
        return sequence("") + POP_TITLE
