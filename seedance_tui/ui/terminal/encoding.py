"""Terminals whose encoding is not UTF-8: what cannot be said there is replaced, cell by cell."""

from __future__ import annotations

import codecs
import sys
from dataclasses import replace
from io import TextIOWrapper

from rich.cells import cell_len

from ...core.config import Config
from ...core.text import i18n
from ...core.text.i18n import _

_HANDLER = "seedance-cells"


def for_terminal(config: Config) -> Config:
    """Draw with ASCII where the terminal knows no UTF-8, and say so once."""
    # What the screen is drawn to.
    stream = sys.__stdout__ if sys.platform == "win32" else sys.__stderr__
    if not isinstance(stream, TextIOWrapper) or is_utf8(stream.encoding):
        return config
    replace_by_cells(stream)
    if not _can_write(stream.encoding, _("Done")):
        i18n.use("en")
    text = _("The terminal's encoding is {encoding}, not UTF-8: symbols are ASCII.")
    said = text.format(encoding=stream.encoding)
    screen = replace(config.screen, ascii=True)
    return replace(config, screen=screen, warnings=(*config.warnings, said))


def _can_write(encoding: str, text: str) -> bool:
    try:
        text.encode(encoding)
    except UnicodeEncodeError:
        return False
    return True


def is_utf8(encoding: str) -> bool:
    """Whether an encoding, under any of its names, is UTF-8."""
    try:
        return codecs.lookup(encoding).name == "utf-8"
    except LookupError:
        return False


def replace_by_cells(stream: TextIOWrapper) -> None:
    """Let characters that the stream cannot write be question marks, one for each cell."""
    codecs.register_error(_HANDLER, _replaced)
    stream.reconfigure(errors=_HANDLER)


def _replaced(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeEncodeError):
        raise error
    return "?" * cell_len(error.object[error.start : error.end]), error.end
