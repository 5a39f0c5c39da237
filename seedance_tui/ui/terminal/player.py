"""Plays a video in this terminal with mpv, which has the terminal for itself meanwhile."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from textual.app import App, SuspendNotSupported

from ...core.settings.api_key import without_key
from ...core.settings.screen import PictureMode
from ...core.text.i18n import _
from ...core.text.sanitize import safe
from ...files.os_errors import described
from .given_away import given_away
from .pictures import is_far

_ERROR = re.compile(r"\[ *[\d.]+\]\[[ef]\]\[(?!ao|vo\])[^\]]*\] (.*)")
"""A line of mpv's log that tells of an error, unless it did without: sound, a way to draw."""
_INTERRUPTED = 4
"""The exit status of mpv after ctrl+c."""
_WITH_SIXEL = ("foot", "mlterm", "yaft", "contour")
"""How the names of terminals begin that draw sixels."""


def play(app: App[object], target: str, pictures: PictureMode) -> str:
    """Play a file or a link; return why it could not be played, empty if it was."""
    program = shutil.which("mpv")
    if program is None:
        return _("Playing here needs mpv, which is not installed.")
    code, why = 0, ""
    try:
        with given_away(app):
            try:
                code, why = _played(program, target, pictures)
            except OSError as error:
                why = described(error)
    except SuspendNotSupported:
        return _("This terminal cannot be handed to mpv.")
    if code and not why:
        why = _("exit status {code}").format(code=code)
    return _("mpv could not play it: {why}").format(why=safe(why)) if why else ""


def _played(program: str, target: str, pictures: PictureMode) -> tuple[int, str]:
    """Run it; return its exit status and the first error of which it told, without the link."""
    with TemporaryDirectory(prefix="seedance-tui-mpv-", ignore_cleanup_errors=True) as folder:
        log = Path(folder) / "log"
        command = player_command(program, target, pictures, os.environ, log)
        code = subprocess.call(command, env=without_key(os.environ))  # noqa: S603
        if code in (0, _INTERRUPTED) or not log.exists():
            return code % _INTERRUPTED, ""
        told = log.read_text("utf-8", "replace")
    errors = (match[1] for match in map(_ERROR.match, told.splitlines()) if match)
    return code, next(errors, "").replace(target, target.partition("?")[0])


def player_command(
    program: str, target: str, pictures: PictureMode, environ: Mapping[str, str], log: Path
) -> Sequence[str]:
    """Return what is run; nothing in `target` is taken for an option.

    A machine without sound is no error, and a link leads to a file, not to a page.
    """
    output = _output(pictures, environ)
    quietly = ("--really-quiet", "--audio-fallback-to-null=yes", "--ytdl=no", f"--log-file={log}")
    return [program, f"--vo={output}", *quietly, "--", target]


def _output(pictures: PictureMode, environ: Mapping[str, str]) -> str:
    """How mpv draws: in pixels where the terminal is known to draw them near by, else in cells.

    One that cannot draw in pixels takes what stands behind the comma.
    """
    is_between = environ.get("TMUX") or environ.get("STY") or is_far(environ)
    if is_between or pictures is PictureMode.BLOCKS:
        return "tct"
    term = environ.get("TERM", "")
    if pictures is PictureMode.KITTY or environ.get("KITTY_WINDOW_ID") or term == "xterm-kitty":
        return "kitty,tct"
    return "sixel,tct" if term.startswith(_WITH_SIXEL) else "tct"
