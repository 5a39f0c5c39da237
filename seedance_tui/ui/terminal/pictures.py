"""Whether this terminal shows pictures."""

from __future__ import annotations

from collections.abc import Mapping

from ...core.media.preview import add_preview_sentence, has_preview
from ...core.settings.screen import PictureMode, ScreenSettings
from ...core.text.i18n import _

_SHADES = ("256", "truecolor")


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


def draws_in_pixels(settings: ScreenSettings, environ: Mapping[str, str]) -> bool:
    """Whether pictures are drawn in pixels: where that is wanted, and nothing is between.

    In tmux and screen they blink, fail, or stay on the screen.
    """
    is_wanted = settings.pictures is PictureMode.KITTY
    return is_wanted and not (environ.get("TMUX") or environ.get("STY") or is_far(environ))


def is_far(environ: Mapping[str, str]) -> bool:
    """Whether the terminal is at the other end of a network: each picture is 100 kB for it."""
    return bool(environ.get("SSH_CONNECTION") or environ.get("SSH_TTY"))
