"""Whether pictures can be decoded: that takes the extra `preview`."""

from __future__ import annotations

from functools import cache
from importlib.util import find_spec

from ..text.i18n import _

ADD_PREVIEW = "pip install 'seedance-tui[preview]'"
"""The one command that adds it."""


@cache
def has_preview() -> bool:
    """Whether the libraries are there; none of them is loaded for that."""
    return all(find_spec(name) for name in ("av", "PIL"))


def add_preview_sentence() -> str:
    """Say how pictures are had."""
    return _("Pictures need the extra preview: {command}").format(command=ADD_PREVIEW)
