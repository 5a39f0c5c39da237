"""Whether this terminal shows pictures."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Mapping
from functools import cache

from textual.app import App

from ...core.media.preview import add_preview_sentence, has_preview
from ...core.settings.api_key import without_key
from ...core.settings.screen import PictureMode, ScreenSettings
from ...core.text.i18n import _

_SHADES = ("256", "truecolor")
_KITTY_KNOWS = 0, 28
"""The first version that shows a picture by cells; one before it shows nothing there."""
_TO_ANSWER = 2.0
"""Seconds."""


def why_no_pictures(
    settings: ScreenSettings, color_system: str | None, environ: Mapping[str, str]
) -> str:
    """Return why there can be no pictures; empty where there can.

    `color_system` is what Rich found of the terminal, None where it has no colours.
    """
    if settings.pictures is PictureMode.OFF:
        return _('Pictures are off: config.toml says pictures = "off".')
    if settings.ascii or settings.plain:
        return _("Pictures need more than ASCII.")
    if environ.get("NO_COLOR") or color_system not in _SHADES:
        return _("Pictures need a terminal with 256 colors.")
    return "" if has_preview() else add_preview_sentence()


def are_unwanted(settings: ScreenSettings, environ: Mapping[str, str]) -> bool:
    """Whether there are no pictures by choice: then nobody has to be told why."""
    is_off = settings.pictures is PictureMode.OFF
    return is_off or settings.ascii or settings.plain or bool(environ.get("NO_COLOR"))


def color_system(app: App[None]) -> str | None:
    """Return what Rich found of an app's terminal; where nobody looks there are all colours."""
    return "truecolor" if app.is_headless else app.console.color_system


def draws_in_pixels(settings: ScreenSettings, environ: Mapping[str, str]) -> bool:
    """Whether pictures are drawn in pixels: where that is wanted, and nothing is between.

    In tmux and screen they blink, fail, or stay on the screen. May start kitty, for its version.
    """
    if settings.pictures is not PictureMode.KITTY:
        return False
    if environ.get("TMUX") or environ.get("STY") or is_far(environ):
        return False
    program = shutil.which("kitty", path=environ.get("PATH"))
    is_kitty = environ.get("TERM") == "xterm-kitty"
    return not (is_kitty and program and _version(program) < _KITTY_KNOWS)


@cache
def _version(program: str) -> tuple[int, ...]:
    """Ask a kitty for its version; one that does not tell is new enough."""
    command, environ = [program, "--version"], without_key(os.environ)
    try:
        done = subprocess.run(  # noqa: S603
            command, env=environ, capture_output=True, timeout=_TO_ANSWER, check=False
        )
    except (OSError, subprocess.TimeoutExpired):
        return _KITTY_KNOWS
    found = re.match(rb"kitty (\d+)\.(\d+)", done.stdout)
    return tuple(map(int, found.groups())) if found else _KITTY_KNOWS


def is_far(environ: Mapping[str, str]) -> bool:
    """Whether the terminal is at the other end of a network: each picture is 100 kB for it."""
    return bool(environ.get("SSH_CONNECTION") or environ.get("SSH_TTY"))
