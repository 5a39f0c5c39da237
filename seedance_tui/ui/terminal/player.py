"""Plays a video in this terminal with mpv, which has the terminal for itself meanwhile."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Mapping, Sequence

from textual.app import App, SuspendNotSupported

from ...core.settings.api_key import without_key
from ...core.settings.screen import PictureMode
from ...core.text.i18n import _
from ...core.text.sanitize import safe

_WITH_SIXEL = ("foot", "mlterm", "yaft", "contour")
"""How the names of terminals begin that draw sixels."""


def play(app: App[object], target: str, pictures: PictureMode) -> str:
    """Play a file or a link; return why it could not be played, empty if it was."""
    program = shutil.which("mpv")
    if program is None:
        return _("Playing here needs mpv, which is not installed.")
    command = player_command(program, target, pictures, os.environ)
    code, why = 0, ""
    try:
        with app.suspend():
            # An error that left this block would leave the terminal to nobody.
            try:
                code = subprocess.call(command, env=without_key(os.environ))  # noqa: S603
            except OSError as error:
                why = safe(error.strerror or str(error))
    except SuspendNotSupported:
        return _("This terminal cannot be handed to mpv.")
    if code and not why:
        why = _("exit status {code}").format(code=code)
    return _("mpv could not play it: {why}").format(why=why) if why else ""


def player_command(
    program: str, target: str, pictures: PictureMode, environ: Mapping[str, str]
) -> Sequence[str]:
    """Return what is run; nothing in `target` is taken for an option."""
    output = _output(pictures, environ)
    return [program, f"--vo={output}", "--really-quiet", "--", target]


def _output(pictures: PictureMode, environ: Mapping[str, str]) -> str:
    """How mpv draws: in pixels where the terminal is known to draw them, else in cells."""
    if environ.get("TMUX") or environ.get("STY") or pictures is PictureMode.BLOCKS:
        return "tct"
    term = environ.get("TERM", "")
    if pictures is PictureMode.KITTY or environ.get("KITTY_WINDOW_ID") or term == "xterm-kitty":
        return "kitty"
    return "sixel" if term.startswith(_WITH_SIXEL) else "tct"
